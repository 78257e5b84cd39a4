SET lock_timeout = '5s';

-- Notices that wait for a digest, by their reader: digests are made of all that waits for one person.
CREATE INDEX notice_digest_person ON notice (person_id) WHERE digest_due_at IS NOT NULL;
