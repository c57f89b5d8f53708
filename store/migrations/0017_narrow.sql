-- Lists narrowed by an open deal's value or by a sequence: who fits is found without a walk over everybody.
CREATE INDEX contact_value ON contact (deal_value) WHERE deal AND deal_closed = '';
CREATE INDEX contact_sequence ON contact (enrol_sequence COLLATE NOCASE) WHERE enrol_sequence <> '';
