SET lock_timeout = '5s';

-- what the store of files held when it was last counted against the rows that know its objects
CREATE TABLE "file_census" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "objects" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "young" INTEGER NOT NULL,
    "orphans" INTEGER NOT NULL,
    "missing" INTEGER NOT NULL,
    "pruned" INTEGER NOT NULL,
    "pruned_ever" INTEGER NOT NULL,

    CONSTRAINT "file_census_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "file_census_one" CHECK ("id" = 1),
    CONSTRAINT "file_census_verdict" CHECK ("verdict" IN ('fine', 'missing', 'foreign', 'moved'))
);

-- an object is asked for by its key
CREATE INDEX "stored_file_thumbnail_key_idx" ON "stored_file" ("thumbnail_key");
CREATE INDEX "import_upload_storage_key_idx" ON "import_upload" ("storage_key");
