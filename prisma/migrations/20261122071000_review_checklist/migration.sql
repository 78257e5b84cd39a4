SET lock_timeout = '5s';

-- What the broker answered before approving (domain/review-checklist.ts), and the first of two approvals where two are needed.
ALTER TABLE "review" ADD COLUMN "checklist" JSONB;
ALTER TABLE "review" ADD COLUMN "first_approved_by_id" UUID;
ALTER TABLE "review" ADD COLUMN "first_approved_at" TIMESTAMPTZ(3);
