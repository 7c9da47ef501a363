-- The register only grows: the tables refuse every change of what was once committed, whoever is connected.

CREATE TABLE comity.records (
    position bigint PRIMARY KEY CHECK (position >= 0),
    act text COLLATE "C" NOT NULL UNIQUE,
    command text COLLATE "C" NOT NULL,
    ordinal bigint NOT NULL CHECK (ordinal >= 0),
    at text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    blob bytea NOT NULL,
    UNIQUE (command, ordinal)
);

CREATE TABLE comity.commits (
    size bigint PRIMARY KEY CHECK (size > 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32)
);

CREATE FUNCTION comity.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the register refuses to % its %', lower(TG_OP), TG_TABLE_NAME;
END
$$;

CREATE TRIGGER records_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON comity.records
    FOR EACH STATEMENT EXECUTE FUNCTION comity.refuse_change();

CREATE TRIGGER commits_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON comity.commits
    FOR EACH STATEMENT EXECUTE FUNCTION comity.refuse_change();

-- Also for a session that calls itself a replica, which skips ordinary triggers.
ALTER TABLE comity.records ENABLE ALWAYS TRIGGER records_refuse_change;
ALTER TABLE comity.commits ENABLE ALWAYS TRIGGER commits_refuse_change;
