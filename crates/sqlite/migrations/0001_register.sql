-- The register only grows: the tables refuse every change of what was once committed, whoever holds the file.

-- Leaf stands before blob so that the tree is rebuilt without reading the long rows to their end.
CREATE TABLE records (
    position INTEGER PRIMARY KEY CHECK (position >= 0),
    act TEXT NOT NULL UNIQUE,
    command TEXT NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    leaf BLOB NOT NULL CHECK (length(leaf) = 32),
    blob BLOB NOT NULL,
    UNIQUE (command, ordinal)
) STRICT;

CREATE TABLE commits (
    size INTEGER PRIMARY KEY CHECK (size > 0),
    root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;

CREATE TRIGGER records_refuse_update BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'the register refuses to change a record'); END;

CREATE TRIGGER records_refuse_delete BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'the register refuses to delete a record'); END;

CREATE TRIGGER commits_refuse_update BEFORE UPDATE ON commits
BEGIN SELECT RAISE(ABORT, 'the register refuses to change a commit'); END;

CREATE TRIGGER commits_refuse_delete BEFORE DELETE ON commits
BEGIN SELECT RAISE(ABORT, 'the register refuses to delete a commit'); END;

-- INSERT OR REPLACE deletes without asking the triggers above, so an insert that would replace is refused here.
CREATE TRIGGER records_refuse_replace BEFORE INSERT ON records
WHEN NEW.position <> (SELECT coalesce(max(position) + 1, 0) FROM records)
    OR EXISTS (SELECT 1 FROM records WHERE act = NEW.act)
    OR EXISTS (SELECT 1 FROM records WHERE command = NEW.command AND ordinal = NEW.ordinal)
BEGIN SELECT RAISE(ABORT, 'the register refuses a record that is not new and next'); END;

CREATE TRIGGER commits_refuse_replace BEFORE INSERT ON commits
WHEN NEW.size <> (SELECT coalesce(max(position) + 1, 0) FROM records)
    OR NEW.size <= (SELECT coalesce(max(size), 0) FROM commits)
BEGIN SELECT RAISE(ABORT, 'the register refuses a commit that is not at its end'); END;
