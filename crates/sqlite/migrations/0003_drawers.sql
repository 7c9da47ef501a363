-- What is known of people beside name and address, and what they sign in with. Instants are milliseconds since 1970.

ALTER TABLE persons ADD COLUMN phone TEXT;
ALTER TABLE persons ADD COLUMN language TEXT;
ALTER TABLE persons ADD COLUMN zone TEXT;
ALTER TABLE persons ADD COLUMN confirmed_at INTEGER;

CREATE TABLE kept (
    drawer TEXT NOT NULL,
    key TEXT NOT NULL,
    person TEXT CHECK (length(person) = 26),
    until INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (drawer, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX kept_of ON kept (person, drawer, key);
