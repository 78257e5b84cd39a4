SET lock_timeout = '5s';

-- derived from the listings: filled in by the next sweep; until then a listing is read from its texts as before
-- AlterTable
ALTER TABLE "listing_terms" ADD COLUMN "reading" TEXT,
ADD COLUMN "sector_names" TEXT,
ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "listing_place" ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0;
