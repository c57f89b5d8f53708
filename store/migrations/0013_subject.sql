-- What the newest mail with a subject was about: a row names it.
ALTER TABLE contact ADD COLUMN last_subject TEXT NOT NULL DEFAULT '';
UPDATE contact SET last_subject = coalesce((SELECT subject FROM interaction WHERE interaction.contact = contact.id AND subject <> '' ORDER BY at DESC LIMIT 1), '');
