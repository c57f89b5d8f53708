-- Which template a mail was made from, for what can be said of the answers to it.
ALTER TABLE outgoing ADD COLUMN template TEXT NOT NULL DEFAULT '';
CREATE INDEX outgoing_template ON outgoing (template, dot_at) WHERE state = 'sent' AND template <> '';
