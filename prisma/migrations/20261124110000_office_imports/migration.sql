SET lock_timeout = '5s';

-- A file whose rows belong to many organisations, entered by a broker on their behalf, and how many of them were made for it.
ALTER TABLE "import_upload" ADD COLUMN "for_office" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "import_upload" ADD COLUMN "made" INTEGER NOT NULL DEFAULT 0;
-- each row names its organisation, the file none
ALTER TABLE "import_upload" ADD CONSTRAINT "import_upload_for_office_check" CHECK (NOT "for_office" OR "organisation_id" IS NULL);
CREATE INDEX "import_upload_office_id_created_at_idx" ON "import_upload" ("office_id", "created_at") WHERE "for_office";
