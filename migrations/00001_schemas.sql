-- The house has five rooms with a wall between the cooperative and individual support: each schema has one role that may enter.
-- +goose Up
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA account;
CREATE SCHEMA coop;
CREATE SCHEMA bond;
CREATE SCHEMA support;
CREATE SCHEMA study;
CREATE SCHEMA jobs;

-- New functions are not everybody's: each grant below is written out.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

GRANT USAGE ON SCHEMA account TO lien_account;
GRANT USAGE ON SCHEMA coop TO lien_coop, lien_bond;
GRANT USAGE ON SCHEMA support TO lien_support, lien_bond;
GRANT USAGE ON SCHEMA study TO lien_study;
GRANT USAGE ON SCHEMA jobs TO lien_jobs;
GRANT USAGE ON SCHEMA bond TO lien_bond, lien_account, lien_support;

-- A server asks as one of its own roles whether the database is behind it.
GRANT SELECT ON public.goose_db_version TO lien_account, lien_coop, lien_support, lien_study, lien_jobs;

-- +goose Down
DROP SCHEMA jobs, study, support, bond, coop, account CASCADE;
