-- People to sort stand by heat, then by the newest reply; whoever had the last attempt is asked about for some days.
UPDATE contact SET place_changes = 1 WHERE place_view IN ('unsorted', 'nurture');

-- Everybody at a company.
CREATE INDEX contact_company ON contact (company COLLATE NOCASE) WHERE company <> '';

-- Small things to remember from one start to the next, as the day on which the morning list was shown.
CREATE TABLE memo (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
