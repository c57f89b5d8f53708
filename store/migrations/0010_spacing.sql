-- What the touch limits go by: the rep's last mail, and the attempt that used up the limit.
ALTER TABLE contact ADD COLUMN last_mail INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN spent INTEGER NOT NULL DEFAULT 0;

-- How many nurture touches are planned on a day, and how many stand in the queue.
CREATE INDEX contact_nurture ON contact (next_ready, id) WHERE next_kind = 'nurture';
CREATE INDEX contact_nurturing ON contact (place_view, place_kind, id) WHERE next_kind = 'nurture';

-- The last mails of an account, for the share of them that bounced.
CREATE INDEX outgoing_left ON outgoing (account, dot_at) WHERE state = 'sent';
UPDATE contact SET last_mail = coalesce((SELECT max(at) FROM interaction WHERE contact = contact.id AND kind = 'mail' AND direction = 'out'), 0);
