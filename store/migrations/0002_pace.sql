-- The order in which sequence mail leaves when the pace holds it back.
ALTER TABLE outgoing ADD COLUMN rank INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outgoing_paced ON outgoing (account, dot_at) WHERE single = 0;
