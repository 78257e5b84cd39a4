SET lock_timeout = '5s';

-- a question to the broker may come from a search that found nothing, and from a person without an organisation
ALTER TABLE "interest" ALTER COLUMN "listing_id" DROP NOT NULL;
ALTER TABLE "interest" ALTER COLUMN "organisation_id" DROP NOT NULL;
ALTER TABLE "interest" ADD COLUMN "broker_id" UUID;
ALTER TABLE "interest" ADD COLUMN "asked" JSONB;
ALTER TABLE "interest" ADD COLUMN "result" TEXT;
-- "we can solve this" is said by an organisation about a listing
ALTER TABLE "interest" ADD CONSTRAINT "interest_can_solve" CHECK (
    "kind" <> 'can_solve' OR ("listing_id" IS NOT NULL AND "organisation_id" IS NOT NULL));
ALTER TABLE "interest" ADD CONSTRAINT "interest_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "interest_person_id_idx" ON "interest" ("person_id");
