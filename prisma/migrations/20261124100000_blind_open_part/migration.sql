SET lock_timeout = '5s';

-- Blind listings show their open part only (docs/decisions/0045): what was made of the whole is made anew. A higher row version has
-- the sweeps write their index entries and readings; without a run their matches are computed.
UPDATE "listing" SET "row_version" = "row_version" + 1
WHERE "visibility" = 'blind' AND "published_version_id" IS NOT NULL;

DELETE FROM "match_run" r USING "listing" l WHERE l."id" = r."listing_id" AND l."visibility" = 'blind';

DELETE FROM "listing_vector" v USING "listing" l WHERE l."id" = v."listing_id" AND l."visibility" = 'blind';

-- Until then no reason is shown: it may rest on words that are closed now.
UPDATE "match" m SET "evidence" = jsonb_build_object('score', m."score", 'contributions', '[]'::jsonb, 'missing', '[]'::jsonb)
FROM "listing" l
WHERE l."id" IN (m."need_id", m."offering_id") AND l."visibility" = 'blind';
