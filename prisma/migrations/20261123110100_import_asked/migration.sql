SET lock_timeout = '5s';

-- complete rows of an import that waited for the organisation's own office
ALTER TABLE "import_upload" ADD COLUMN "asked" INTEGER NOT NULL DEFAULT 0;
-- what the office's queue asks for
CREATE INDEX "listing_approval_asked_idx" ON "listing" ("organisation_id", "approval_asked_at") WHERE "approval_asked_at" IS NOT NULL;
