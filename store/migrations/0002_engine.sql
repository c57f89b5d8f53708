-- What the rep is asked to decide about a contact, as its row says it.
ALTER TABLE contact ADD COLUMN question TEXT NOT NULL DEFAULT '';

-- When the mail of a sequence that runs by itself leaves.
ALTER TABLE contact ADD COLUMN next_goes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX contact_goes ON contact (next_goes) WHERE next_goes > 0;

-- The order in which sequence mail leaves when the pace holds it back.
ALTER TABLE outgoing ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outgoing_paced ON outgoing (account, dot_at) WHERE single = 0;

-- Who works at the same company.
ALTER TABLE email ADD COLUMN domain TEXT GENERATED ALWAYS AS (substr(address, instr(address, '@') + 1)) VIRTUAL;
CREATE INDEX email_domain ON email (domain);

-- The rep lets the mail go although the inbox cannot be read.
ALTER TABLE outgoing ADD COLUMN unsynced INTEGER NOT NULL DEFAULT 0;
