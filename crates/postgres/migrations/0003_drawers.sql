-- What is known of people beside name and address, and what they sign in with. Instants are milliseconds since 1970.

ALTER TABLE comity.persons
    ADD COLUMN phone text,
    ADD COLUMN language text,
    ADD COLUMN zone text,
    ADD COLUMN confirmed_at bigint;

CREATE TABLE comity.kept (
    drawer text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    person text COLLATE "C" CHECK (length(person) = 26),
    until bigint,
    body text NOT NULL,
    PRIMARY KEY (drawer, key)
);

CREATE INDEX kept_of ON comity.kept (person, drawer, key);
