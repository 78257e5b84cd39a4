SET lock_timeout = '5s';
-- The whole need and offering form. Null (or an empty list) = not stated: imported listings and older versions stay as they are.
CREATE TYPE "Urgency" AS ENUM ('under_3_months', 'months_3_6', 'months_6_12', 'over_12_months');
CREATE TYPE "SupplyOrigin" AS ENUM ('domestic', 'foreign', 'any');
CREATE TYPE "HelpWanted" AS ENUM ('find_supply', 'expert', 'appraisal', 'ip', 'finance', 'legal');
CREATE TYPE "OriginFunding" AS ENUM ('own', 'state_task', 'other_state', 'foreign');

ALTER TABLE "listing_version"
  ADD COLUMN "urgency" "Urgency",
  ADD COLUMN "supply_origin" "SupplyOrigin",
  ADD COLUMN "help_wanted" "HelpWanted"[],
  ADD COLUMN "scale_min" DECIMAL(20,6),
  ADD COLUMN "scale_max" DECIMAL(20,6),
  ADD COLUMN "scale_unit" TEXT,
  ADD COLUMN "owners" JSONB,
  ADD COLUMN "ip_titles" JSONB,
  ADD COLUMN "sites" JSONB,
  ADD COLUMN "tests" JSONB,
  ADD COLUMN "unit_cost" BIGINT,
  ADD COLUMN "unit_cost_per" TEXT,
  ADD COLUMN "payback_months" INTEGER,
  ADD COLUMN "transfer_months" INTEGER,
  ADD COLUMN "warranty_months" INTEGER,
  ADD COLUMN "origin_funding" "OriginFunding",
  ADD COLUMN "origin_accepted_year" INTEGER,
  ADD COLUMN "ownership_decision" TEXT,
  ADD COLUMN "result_certificate" TEXT,
  ADD COLUMN "picture_ids" UUID[],
  ADD COLUMN "picture_alts" TEXT[];
ALTER TABLE "listing_version"
  ADD CONSTRAINT listing_version_scale CHECK (scale_min IS NULL OR scale_max IS NULL OR scale_min <= scale_max),
  ADD CONSTRAINT listing_version_months CHECK (
    (payback_months IS NULL OR payback_months BETWEEN 0 AND 1200) AND
    (transfer_months IS NULL OR transfer_months BETWEEN 0 AND 1200) AND
    (warranty_months IS NULL OR warranty_months BETWEEN 0 AND 1200)),
  ADD CONSTRAINT listing_version_unit_cost CHECK (unit_cost IS NULL OR unit_cost >= 0),
  ADD CONSTRAINT listing_version_pictures CHECK (cardinality(picture_ids) = cardinality(picture_alts));

ALTER TABLE "listing_text"
  ADD COLUMN "tried" TEXT,
  ADD COLUMN "ip_wishes" TEXT,
  ADD COLUMN "principle" TEXT,
  ADD COLUMN "operating_conditions" TEXT,
  ADD COLUMN "trl_evidence" TEXT,
  ADD COLUMN "support" TEXT;

-- readiness is self-declared until a broker confirms the level of one version; a problem of the province is marked by staff
ALTER TABLE "listing"
  ADD COLUMN "trl_confirmed" INTEGER,
  ADD COLUMN "trl_confirmed_at" TIMESTAMPTZ(3),
  ADD COLUMN "trl_confirmed_by_id" UUID,
  ADD COLUMN "trl_confirmed_note" TEXT,
  ADD COLUMN "challenge_since" TIMESTAMPTZ(3),
  ADD COLUMN "challenge_by_id" UUID,
  ADD COLUMN "approval_asked_at" TIMESTAMPTZ(3),
  ADD COLUMN "approval_asked_by_id" UUID,
  ADD COLUMN "approval_note" TEXT;
ALTER TABLE "listing"
  ADD CONSTRAINT listing_trl_confirmed CHECK (trl_confirmed IS NULL OR
    (trl_confirmed BETWEEN 1 AND 9 AND trl_confirmed_at IS NOT NULL AND trl_confirmed_by_id IS NOT NULL AND trl_confirmed_note IS NOT NULL)),
  ADD CONSTRAINT listing_challenge_need CHECK (challenge_since IS NULL OR (kind = 'need' AND challenge_by_id IS NOT NULL)),
  ADD CONSTRAINT listing_approval_signed CHECK (approval_asked_at IS NULL OR approval_asked_by_id IS NOT NULL);
CREATE INDEX "listing_challenge_since_idx" ON "listing"("challenge_since");

-- an institute's office looks at what its researchers draft before it goes to the Department
ALTER TABLE "organisation" ADD COLUMN "office_approval" BOOLEAN NOT NULL DEFAULT false;
