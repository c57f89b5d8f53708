-- What a change of the history put on the list of addresses that are never mailed, or took off it.
CREATE TABLE suppression_change (
  change INTEGER PRIMARY KEY REFERENCES change (id) ON DELETE CASCADE,
  what   TEXT    NOT NULL,
  why    TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  lifted INTEGER NOT NULL
);
