-- Times are unix milliseconds, 0 means none. Flags are 0 or 1. Lists and free fields are JSON.

CREATE TABLE contact (
  id               INTEGER PRIMARY KEY,
  created          INTEGER NOT NULL,
  name             TEXT    NOT NULL,
  folded           TEXT    NOT NULL, -- what People is ordered by: the name, else the address, without case and accents
  emails           TEXT    NOT NULL, -- one a line, the first is written to; the table email finds them
  tags             TEXT    NOT NULL, -- one a line; the table tag finds them
  company          TEXT    NOT NULL,
  title            TEXT    NOT NULL,
  phone            TEXT    NOT NULL,
  tz               TEXT    NOT NULL,
  country          TEXT    NOT NULL,
  language         TEXT    NOT NULL,
  fields           TEXT    NOT NULL,
  deal             INTEGER NOT NULL, -- whether there is one
  deal_title       TEXT    NOT NULL,
  deal_value       INTEGER NOT NULL,
  deal_stage       TEXT    NOT NULL,
  deal_close       INTEGER NOT NULL,
  deal_closed      TEXT    NOT NULL,

  sorted           INTEGER NOT NULL,
  heat             REAL    NOT NULL,
  pin_temperature  INTEGER NOT NULL,
  pin_until        INTEGER NOT NULL,
  warm_until       INTEGER NOT NULL,
  next_kind        TEXT    NOT NULL,
  next_since       INTEGER NOT NULL,
  next_ready       INTEGER NOT NULL,
  next_amber       INTEGER NOT NULL,
  next_due         INTEGER NOT NULL,
  next_sequence    TEXT    NOT NULL,
  next_step        INTEGER NOT NULL,
  next_of          INTEGER NOT NULL,
  next_channel     TEXT    NOT NULL,
  next_template    TEXT    NOT NULL,
  promise_at       INTEGER NOT NULL,
  promise_ready    INTEGER NOT NULL,
  promise_words    TEXT    NOT NULL,
  snooze_until     INTEGER NOT NULL,
  snooze_reply     INTEGER NOT NULL,
  retired_at       INTEGER NOT NULL,
  retired_reason   TEXT    NOT NULL,
  retired_until    INTEGER NOT NULL,
  enrol_sequence   TEXT    NOT NULL,
  enrol_done       INTEGER NOT NULL,
  enrol_since      INTEGER NOT NULL,
  attempts         INTEGER NOT NULL,
  warmest          INTEGER NOT NULL,
  opted_out        INTEGER NOT NULL,
  last_kind        TEXT    NOT NULL,
  last_direction   TEXT    NOT NULL,
  last_at          INTEGER NOT NULL,
  last_summary     TEXT    NOT NULL,
  last_asks        INTEGER NOT NULL,
  answer_id        INTEGER NOT NULL,
  unread           INTEGER NOT NULL,

  place_view       TEXT    NOT NULL,
  place_group      INTEGER NOT NULL,
  place_class      INTEGER NOT NULL,
  place_order      INTEGER NOT NULL,
  place_cool       REAL    NOT NULL, -- minus the heat, so that one row comparison walks a list
  place_kind       TEXT    NOT NULL,
  place_due        INTEGER NOT NULL,
  place_amber      INTEGER NOT NULL,
  place_ready      INTEGER NOT NULL,
  place_changes    INTEGER NOT NULL,
  touched          TEXT    NOT NULL  -- when the rep touched the contact in the last weeks, for the touch budget of a row
);
CREATE INDEX contact_place   ON contact (place_view, place_group, place_class, place_order, place_cool, id);
CREATE INDEX contact_people  ON contact (folded, id);
CREATE INDEX contact_changes ON contact (place_changes) WHERE place_changes > 0;
CREATE INDEX contact_due     ON contact (place_view, place_due);
CREATE INDEX contact_phone   ON contact (phone) WHERE phone <> '';

-- How many contacts stand in each list, kept by the contacts themselves: counting 100,000 rows takes longer than a frame.
CREATE TABLE tally (
  place_view  TEXT    NOT NULL,
  place_group INTEGER NOT NULL,
  contacts    INTEGER NOT NULL,
  PRIMARY KEY (place_view, place_group)
);
CREATE TRIGGER tally_come AFTER INSERT ON contact BEGIN
  INSERT INTO tally VALUES (new.place_view, new.place_group, 1) ON CONFLICT (place_view, place_group) DO UPDATE SET contacts = contacts + 1;
END;
CREATE TRIGGER tally_go AFTER DELETE ON contact BEGIN
  UPDATE tally SET contacts = contacts - 1 WHERE place_view = old.place_view AND place_group = old.place_group;
END;
CREATE TRIGGER tally_move AFTER UPDATE OF place_view, place_group ON contact
  WHEN new.place_view <> old.place_view OR new.place_group <> old.place_group
BEGIN
  UPDATE tally SET contacts = contacts - 1 WHERE place_view = old.place_view AND place_group = old.place_group;
  INSERT INTO tally VALUES (new.place_view, new.place_group, 1) ON CONFLICT (place_view, place_group) DO UPDATE SET contacts = contacts + 1;
END;

CREATE TABLE email (
  address TEXT    PRIMARY KEY,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE
);
CREATE INDEX email_contact ON email (contact);

CREATE TABLE tag (
  tag     TEXT    NOT NULL,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  PRIMARY KEY (tag, contact)
);
CREATE INDEX tag_contact ON tag (contact);

CREATE TABLE interaction (
  id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused: a draft remembers the answer it is based on
  contact     INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  kind        TEXT    NOT NULL,
  direction   TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  asks        INTEGER NOT NULL,
  guessed     INTEGER NOT NULL,
  account     TEXT    NOT NULL,
  message_id  TEXT    NOT NULL,
  hash        TEXT    NOT NULL, -- identity of a mail that has no Message-ID
  in_reply_to TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  summary     TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  quoted      TEXT    NOT NULL
);
CREATE INDEX interaction_happened ON interaction (contact, at, kind, direction, asks);
CREATE UNIQUE INDEX interaction_message ON interaction (message_id) WHERE message_id <> '';
CREATE UNIQUE INDEX interaction_hash ON interaction (hash) WHERE hash <> '';

CREATE TABLE draft (
  contact INTEGER PRIMARY KEY REFERENCES contact (id) ON DELETE CASCADE,
  draft   TEXT    NOT NULL
);

CREATE TABLE outgoing (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  account     TEXT    NOT NULL,
  contact     INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  message_id  TEXT    NOT NULL UNIQUE,
  stoke_id    TEXT    NOT NULL UNIQUE,
  sender      TEXT    NOT NULL,
  rcpt_to     TEXT    NOT NULL,
  rcpt_cc     TEXT    NOT NULL,
  subject     TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  in_reply_to TEXT    NOT NULL,
  refs        TEXT    NOT NULL,
  based_on    INTEGER NOT NULL,
  forced      INTEGER NOT NULL,
  single      INTEGER NOT NULL,
  answer      INTEGER NOT NULL,
  sequence    TEXT    NOT NULL,
  step        INTEGER NOT NULL,
  state       TEXT    NOT NULL,
  approved    INTEGER NOT NULL,
  send_after  INTEGER NOT NULL,
  next_at     INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  owner       TEXT    NOT NULL,
  date        INTEGER NOT NULL,
  sent_next   INTEGER NOT NULL,
  dot_at      INTEGER NOT NULL,
  settled     INTEGER NOT NULL,
  looks       INTEGER NOT NULL,
  reply       TEXT    NOT NULL,
  error       TEXT    NOT NULL,
  copied      INTEGER NOT NULL,
  draft       TEXT,   -- the draft that it came from, to come back to; NULL once it is sent
  raw         BLOB    -- the bytes of every attempt, once there was one
);
CREATE INDEX outgoing_state ON outgoing (state, account, next_at);
CREATE INDEX outgoing_uncopied ON outgoing (account, settled) WHERE state = 'sent' AND copied = 0;
CREATE INDEX outgoing_settled ON outgoing (settled);
CREATE INDEX outgoing_contact ON outgoing (contact);

-- Ids under which a provider delivered a mail of ours after it had rewritten the Message-ID.
CREATE TABLE alias (
  message_id TEXT    PRIMARY KEY,
  outgoing   INTEGER NOT NULL REFERENCES outgoing (id) ON DELETE CASCADE
);

-- Addresses and whole domains ("@example.test") that are never mailed. It knows no contact: it outlives them.
CREATE TABLE suppression (
  what TEXT    PRIMARY KEY,
  why  TEXT    NOT NULL,
  at   INTEGER NOT NULL
);

CREATE TABLE change (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  verb   TEXT    NOT NULL,
  says   TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  undone INTEGER NOT NULL,
  mail   INTEGER NOT NULL -- the outgoing mail of a send, else 0
);
CREATE INDEX change_mail ON change (mail) WHERE mail > 0;

CREATE TABLE change_step (
  change  INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,
  rank    INTEGER NOT NULL,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  step    TEXT    NOT NULL,
  PRIMARY KEY (change, rank)
);
CREATE INDEX change_step_contact ON change_step (contact);

CREATE TABLE cursor (
  account      TEXT    NOT NULL,
  mailbox      TEXT    NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid_next     INTEGER NOT NULL,
  synced       INTEGER NOT NULL,
  PRIMARY KEY (account, mailbox)
);

-- The words by which a contact is found; rowid is the contact's id.
CREATE VIRTUAL TABLE find USING fts5 (words, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 2');
