package database_test

import (
	"testing"

	"lien/database/dbtest"
)

// walls are questions to the catalogue, each with the promise that nothing answers it.
var walls = []struct{ promise, query string }{
	{
		"only lien_owner owns things, and lien_bond the functions of the door",
		`SELECT kind || ' ' || name || ' is owned by ' || owner::regrole FROM (
  SELECT 'relation', c.oid::regclass::text, c.relowner, c.relnamespace::regnamespace::text FROM pg_class c WHERE c.relkind <> 't'
  UNION ALL SELECT 'function', p.oid::regprocedure::text, p.proowner, p.pronamespace::regnamespace::text FROM pg_proc p
  UNION ALL SELECT 'type', t.oid::regtype::text, t.typowner, t.typnamespace::regnamespace::text FROM pg_type t
  UNION ALL SELECT 'schema', n.nspname, n.nspowner, n.nspname FROM pg_namespace n
  UNION ALL SELECT 'database', d.datname, d.datdba, '' FROM pg_database d
) AS owned (kind, name, owner, schema)
WHERE owner::regrole::text LIKE 'lien\_%' AND owner <> 'lien_owner'::regrole
    AND NOT (owner = 'lien_bond'::regrole AND kind = 'function' AND schema = 'bond')
  OR schema IN ` + ourSchemas + ` AND owner <> 'lien_owner'::regrole
    AND NOT (owner = 'lien_bond'::regrole AND kind = 'function' AND schema = 'bond')`,
	},
	{
		"no role is above the rules",
		`SELECT rolname || ' is too strong' FROM pg_roles WHERE rolname LIKE 'lien\_%'
AND (rolsuper OR rolbypassrls OR rolcreatedb OR rolreplication OR rolcreaterole AND rolname <> 'lien_owner' OR rolcanlogin AND rolname = 'lien_bond')`,
	},
	{
		"no login role may become another role",
		`SELECT member::regrole || ' is a member of ' || roleid::regrole FROM pg_auth_members
WHERE member::regrole::text LIKE 'lien\_%' AND member <> 'lien_owner'::regrole`,
	},
	{
		"a function with its owner's rights looks only where it says",
		`SELECT p.oid::regprocedure || ' has no fixed search_path' FROM pg_proc p
WHERE p.pronamespace::regnamespace::text IN ` + ourSchemas + ` AND p.prosecdef
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS setting WHERE setting LIKE 'search_path=%' AND setting NOT LIKE '%$user%'
    AND (setting NOT LIKE '%pg_temp%' OR setting LIKE '%pg_temp') AND setting NOT LIKE '%public%')`,
	},
	{
		"nothing is everybody's",
		`SELECT name || ' is open to PUBLIC: ' || acl.privilege_type FROM (
  SELECT c.oid::regclass::text, c.relnamespace, coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)) FROM pg_class c
  UNION ALL SELECT p.oid::regprocedure::text, p.pronamespace, coalesce(p.proacl, acldefault('f', p.proowner)) FROM pg_proc p
  UNION ALL SELECT 'schema ' || n.nspname, n.oid, coalesce(n.nspacl, acldefault('n', n.nspowner)) FROM pg_namespace n
) AS things (name, schema, acl_of_it), aclexplode(acl_of_it) AS acl
WHERE schema::regnamespace::text IN ` + ourSchemas + ` AND acl.grantee = 0`,
	},
	{
		"this database lets nobody in but the login roles",
		`SELECT datname || ' is open to PUBLIC: ' || acl.privilege_type FROM pg_database d,
  aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS acl
WHERE d.datname = current_database() AND acl.grantee = 0`,
	},
	{
		"row-level security is forced on every table of individual support",
		`SELECT c.oid::regclass || ' lets its owner through' FROM pg_class c
WHERE c.relnamespace = 'support'::regnamespace AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
	},
	{
		"every table of individual support that its role may use says whose rows",
		`SELECT c.oid::regclass || ' has no policy for lien_support' FROM pg_class c
WHERE c.relnamespace = 'support'::regnamespace AND c.relkind IN ('r', 'p') AND has_any_column_privilege('lien_support', c.oid, 'SELECT')
  AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND 'lien_support'::regrole = ANY (p.polroles))`,
	},
	{
		"a view shows no more than its reader may see",
		`SELECT c.oid::regclass || ' is a view with its owner''s rights' FROM pg_class c
WHERE c.relnamespace::regnamespace::text IN ` + ourSchemas + ` AND c.relkind = 'v'
  AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'] OR c.reloptions @> ARRAY['security_invoker=on'], false)`,
	},
	{
		"only the owner makes things, in any schema",
		`SELECT r.rolname || ' may make things in ' || n.nspname FROM pg_roles r, pg_namespace n
WHERE r.rolname LIKE 'lien\_%' AND r.rolname <> 'lien_owner' AND n.nspname NOT LIKE 'pg\_%temp%'
  AND has_schema_privilege(r.oid, n.oid, 'CREATE')`,
	},
	{
		"no role leaves temporary tables in this database",
		`SELECT r.rolname || ' may make temporary tables' FROM pg_roles r
WHERE r.rolname LIKE 'lien\_%' AND r.rolname <> 'lien_owner' AND has_database_privilege(r.oid, current_database(), 'TEMPORARY')`,
	},
}

func TestTheWallsStand(t *testing.T) {
	h := dbtest.Open(t)
	for _, wall := range walls {
		t.Run(wall.promise, func(t *testing.T) {
			var holes []string
			if err := h.Owner.NewRaw(wall.query).Scan(t.Context(), &holes); err != nil {
				t.Fatal(err)
			}
			for _, hole := range holes {
				t.Error(hole)
			}
		})
	}
}
