-- First steps by day: who is enrolled later begins on days that have room.
CREATE INDEX contact_opener ON contact (next_ready) WHERE next_kind = 'step' AND enrol_done = 0;
