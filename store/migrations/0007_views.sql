-- People to sort stand by heat, then by the newest reply; whoever had the last attempt is asked about for some days.
UPDATE contact SET place_changes = 1 WHERE place_view IN ('unsorted', 'nurture');

-- By what lists are narrowed. Sequence and kind come in the order of the lists, because they have thousands of people each.
CREATE INDEX contact_company  ON contact (company COLLATE NOCASE) WHERE company <> '';
CREATE INDEX contact_value    ON contact (deal_value) WHERE deal_value > 0;
CREATE INDEX contact_enrolled ON contact (enrol_sequence, place_view, place_group, place_class, place_order, place_cool, id) WHERE enrol_sequence <> '';
CREATE INDEX tag_named        ON tag (tag COLLATE NOCASE, contact);

-- What the rep narrowed a list to and kept under a name.
CREATE TABLE filter (
  name TEXT PRIMARY KEY COLLATE NOCASE,
  text TEXT NOT NULL
);

-- Small things to remember from one start to the next, as the day on which the morning list was shown.
CREATE TABLE memo (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
