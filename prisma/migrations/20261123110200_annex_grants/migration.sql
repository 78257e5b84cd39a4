SET lock_timeout = '5s';

-- Introductions accepted before there were annexes opened contacts only: the other side is let in to annexes as today
-- (docs/decisions/0034). Whom an owner has let in or closed out since stays as the owner left it.
WITH let_in AS (
    INSERT INTO "access_grant" ("id", "organisation_id", "listing_id", "scope", "reason", "reason_id", "granted_by_id", "created_at", "until")
    SELECT
        -- UUIDv7 as the app makes them: 48 bits of milliseconds, version 7, the rest random
        encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
            substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid,
        c."organisation_id", c."listing_id", 'annex', c."reason", c."reason_id", c."granted_by_id", now(), c."until"
    FROM "access_grant" c
    WHERE c."scope" = 'contacts' AND c."reason" = 'introduction.accepted' AND c."revoked_at" IS NULL
        AND c."organisation_id" IS NOT NULL AND c."listing_id" IS NOT NULL
        AND NOT EXISTS (
            SELECT 1 FROM "access_grant" a
            WHERE a."scope" = 'annex' AND a."organisation_id" = c."organisation_id" AND a."listing_id" = c."listing_id")
    RETURNING "id", "listing_id", "organisation_id"
)
INSERT INTO "audit_entry" ("id", "at", "actor_kind", "action", "subject_kind", "subject_id", "after")
SELECT
    encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
        substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid,
    now(), 'system', 'access.granted', 'listing', "listing_id",
    jsonb_build_object('grantId', "id", 'scope', 'annex', 'reason', 'introduction.accepted', 'organisationId', "organisation_id")
FROM let_in;
