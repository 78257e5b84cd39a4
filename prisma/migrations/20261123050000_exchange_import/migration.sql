SET lock_timeout = '5s';

CREATE TYPE "ImportState" AS ENUM ('columns', 'checked', 'done');

-- A spreadsheet that somebody sent to enter many listings at once. Nothing of it is a listing before it is confirmed.
CREATE TABLE "import_upload" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "organisation_id" UUID,
    "kind" "ListingKind" NOT NULL,
    "state" "ImportState" NOT NULL,
    "file_name" TEXT NOT NULL,
    "storage_key" TEXT,
    "columns" JSONB NOT NULL,
    "mapping_name" TEXT,
    "report" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "entered" INTEGER NOT NULL DEFAULT 0,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_upload_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "import_upload_person_id_created_at_idx" ON "import_upload"("person_id", "created_at");
CREATE INDEX "import_upload_organisation_id_created_at_idx" ON "import_upload"("organisation_id", "created_at");

-- A row of a file that became a listing; its hash is how the same words are known when they come again.
CREATE TABLE "import_row" (
    "upload_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "listing_id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("upload_id", "row")
);
CREATE UNIQUE INDEX "import_row_listing_id_key" ON "import_row"("listing_id");
CREATE INDEX "import_row_owner_id_hash_idx" ON "import_row"("owner_id", "hash");
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "import_upload"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- How the columns of somebody's sheet were matched, kept under a name and used again for the same headings.
CREATE TABLE "import_mapping" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "head_key" TEXT NOT NULL,
    "kind" "ListingKind" NOT NULL,
    "columns" JSONB NOT NULL,
    "created_by_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_mapping_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "import_mapping_owner_id_head_key_key" ON "import_mapping"("owner_id", "head_key");
