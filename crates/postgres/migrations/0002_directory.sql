-- People by the opaque ids that acts name. Unlike the register these rows change and go.

CREATE TABLE comity.persons (
    id text COLLATE "C" PRIMARY KEY CHECK (length(id) = 26),
    name text NOT NULL,
    email text
);
