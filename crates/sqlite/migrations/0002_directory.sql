-- People by the opaque ids that acts name. It is a file of its own, so that forgetting somebody can rewrite all of it.

CREATE TABLE persons (
    id TEXT PRIMARY KEY CHECK (length(id) = 26),
    name TEXT NOT NULL,
    email TEXT
) STRICT, WITHOUT ROWID;
