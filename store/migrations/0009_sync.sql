-- The first look into a mailbox goes from the newest mail to the oldest: those below this UID are still to be read, 0 means
-- that none are.
ALTER TABLE cursor ADD COLUMN below INTEGER NOT NULL DEFAULT 0;
