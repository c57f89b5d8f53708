-- What a deleted contact was, for the undo; one row of a table a line, in the order in which they can come back.
CREATE TABLE deleted (
  change  INTEGER PRIMARY KEY REFERENCES change (id) ON DELETE CASCADE,
  contact INTEGER NOT NULL,
  emails  TEXT    NOT NULL, -- one a line, so that an erasure finds what was deleted before
  rows    TEXT    NOT NULL,
  at      INTEGER NOT NULL
);

-- Addresses of people who were erased, as salted hashes: they are never mailed again and cannot be read here.
CREATE TABLE erased (
  hash TEXT    PRIMARY KEY,
  at   INTEGER NOT NULL
);
CREATE TABLE salt (
  value TEXT NOT NULL
);
