-- The roles of the house, made once per PostgreSQL cluster by a superuser or by
-- lien_owner when it may create roles. Running it again changes nothing.
--
-- Login roles own nothing and are granted table by table in the migrations. Passwords
-- and client certificates are given by whoever runs the cluster, never here.
DO $roles$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['lien_account', 'lien_coop', 'lien_support', 'lien_study', 'lien_jobs'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOCREATEDB NOCREATEROLE NOINHERIT', name);
            -- A forgotten transaction must not hold rows, and no page takes so long.
            EXECUTE format('ALTER ROLE %I SET statement_timeout = ''30s''', name);
            EXECUTE format('ALTER ROLE %I SET lock_timeout = ''10s''', name);
            EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''60s''', name);
            EXECUTE format('ALTER ROLE %I SET timezone = ''UTC''', name);
        END IF;
    END LOOP;

    -- Owns the functions of the door and nobody is it: ALTER FUNCTION … OWNER TO
    -- lien_bond needs lien_owner to be a member (and lien_bond to have CREATE on the
    -- schema, which the migrations grant).
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lien_bond') THEN
        CREATE ROLE lien_bond NOLOGIN NOCREATEDB NOCREATEROLE;
    END IF;
    IF NOT pg_has_role('lien_owner', 'lien_bond', 'USAGE') THEN
        GRANT lien_bond TO lien_owner;
    END IF;
END
$roles$;
