-- What one database needs before its first migration; may be run again. As superuser, connected
-- to that database, or to template1 so that every later database (the tests', too) has it.
CREATE EXTENSION IF NOT EXISTS vector;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Everything that shop_owner will make can be used by shop_app, and by nobody else.
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO shop_app;
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner
    GRANT USAGE, SELECT ON SEQUENCES TO shop_app;
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner
    REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE shop_owner
    GRANT EXECUTE ON FUNCTIONS TO shop_app;
