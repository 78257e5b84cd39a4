SET lock_timeout = '5s';

-- CreateTable
CREATE TABLE "listing_vector" (
    "listing_id" UUID NOT NULL,
    "space" TEXT NOT NULL,
    "version_id" UUID NOT NULL,
    "kind" "ListingKind" NOT NULL,
    "vector" BYTEA NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "listing_vector_pkey" PRIMARY KEY ("listing_id","space")
);

-- numbers hardly compress, and are read far more often than written
ALTER TABLE "listing_vector" ALTER COLUMN "vector" SET STORAGE EXTERNAL;

-- CreateIndex
CREATE INDEX "listing_vector_space_kind_listing_id_idx" ON "listing_vector"("space", "kind", "listing_id");

-- AddForeignKey
ALTER TABLE "listing_vector" ADD CONSTRAINT "listing_vector_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;
