-- Types of Redshift's that PostgreSQL lacks. A domain is reported to clients as its base type: text keeps
-- the drivers content, where jsonb (OID 3802) is unknown to the Redshift driver.
create schema pg_redshift;
create domain pg_catalog.super as text constraint super_is_json check (value is json);
create domain pg_catalog.varbyte as bytea;
create domain pg_catalog.hllsketch as text;
create domain pg_catalog.nvarchar as character varying(256);
