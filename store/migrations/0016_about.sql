-- What a contact who waits did, and whether they ask: a call that reaches nobody, or a purchase, changes neither.
ALTER TABLE contact ADD COLUMN next_about TEXT NOT NULL DEFAULT '';
ALTER TABLE contact ADD COLUMN next_asks INTEGER NOT NULL DEFAULT 0;
UPDATE contact SET next_about = last_kind, next_asks = last_asks WHERE next_kind IN ('reply', 'inquiry') AND last_direction = 'in';
UPDATE contact SET next_about = 'inquiry' WHERE next_kind = 'inquiry' AND next_about = '';
UPDATE contact SET next_about = 'mail' WHERE next_kind = 'reply' AND next_about = '';
