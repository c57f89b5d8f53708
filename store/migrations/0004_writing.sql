-- Who wrote a mail and who got it, for an answer to all.
ALTER TABLE interaction ADD COLUMN sender TEXT NOT NULL DEFAULT '';
ALTER TABLE interaction ADD COLUMN rcpt_to TEXT NOT NULL DEFAULT '';
ALTER TABLE interaction ADD COLUMN rcpt_cc TEXT NOT NULL DEFAULT '';
ALTER TABLE interaction ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';

-- The files of a mail as it was approved, until they are part of its bytes.
ALTER TABLE outgoing ADD COLUMN attached TEXT NOT NULL DEFAULT '';
CREATE TABLE attachment (
  outgoing INTEGER NOT NULL REFERENCES outgoing (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  body     BLOB    NOT NULL,
  PRIMARY KEY (outgoing, position)
);
