-- What a template may speak of and few contacts have.
CREATE INDEX interaction_rare ON interaction (kind, contact) WHERE kind IN ('event', 'met', 'purchase', 'download');
