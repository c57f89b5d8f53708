-- By which rules the contacts stand where they stand; other rules make them stand elsewhere.
CREATE TABLE standing (
  rules  TEXT    NOT NULL,
  heat   TEXT    NOT NULL, -- those of them that heat is made of
  due    TEXT    NOT NULL, -- what the walk does with each contact: 'plans', 'heat', or '' when it is over
  walked INTEGER NOT NULL  -- the contact that it came to
);
