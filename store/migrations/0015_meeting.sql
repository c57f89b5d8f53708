-- When the meeting begins that was booked last: whatever happens before it, it is followed up.
ALTER TABLE contact ADD COLUMN meets_at INTEGER NOT NULL DEFAULT 0;
UPDATE contact SET meets_at = next_since WHERE next_kind = 'first' AND next_since > last_at;
