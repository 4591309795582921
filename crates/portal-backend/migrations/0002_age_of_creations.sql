-- What is older than a day is deleted whenever a new one is noted.
CREATE INDEX creations_by_age ON creations (created_at);
