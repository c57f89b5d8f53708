-- What the rep narrowed a list to and kept under a name.
CREATE TABLE filter (
  name TEXT PRIMARY KEY COLLATE NOCASE,
  text TEXT NOT NULL
);
CREATE INDEX tag_named ON tag (tag COLLATE NOCASE, contact);
