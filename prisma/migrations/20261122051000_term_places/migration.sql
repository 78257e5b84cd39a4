SET lock_timeout = '5s';

-- derived from the listings: read and counted anew in the new form by the next sweep
TRUNCATE "listing_terms", "corpus_term", "corpus_count";

-- AlterTable
ALTER TABLE "corpus_count" ADD COLUMN "generation" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "listing_terms" ADD COLUMN "uses" SMALLINT[];

-- CreateTable
CREATE TABLE "listing_place" (
    "generation" INTEGER NOT NULL,
    "office_id" UUID NOT NULL,
    "kind" "ListingKind" NOT NULL,
    "place" INTEGER NOT NULL,
    "listing_id" UUID NOT NULL,
    "row_version" BIGINT NOT NULL,
    "owner_key" UUID,
    "expires_on" DATE,
    "sectors" TEXT NOT NULL,
    "length" REAL NOT NULL,
    "facts" TEXT NOT NULL,

    CONSTRAINT "listing_place_pkey" PRIMARY KEY ("generation","office_id","kind","place")
);

-- CreateTable
CREATE TABLE "term_places" (
    "generation" INTEGER NOT NULL,
    "office_id" UUID NOT NULL,
    "kind" "ListingKind" NOT NULL,
    "term" INTEGER NOT NULL,
    "places" BYTEA NOT NULL,

    CONSTRAINT "term_places_pkey" PRIMARY KEY ("generation","office_id","kind","term")
);

-- numbers hardly compress, and are read far more often than written
ALTER TABLE "term_places" ALTER COLUMN "places" SET STORAGE EXTERNAL;

-- CreateIndex
CREATE INDEX "listing_place_listing_id_idx" ON "listing_place"("listing_id");

-- CreateIndex
CREATE INDEX "listing_terms_read_at_idx" ON "listing_terms"("read_at");

-- DropIndex
DROP INDEX "listing_terms_terms";
