SET lock_timeout = '5s';

-- CreateTable
CREATE TABLE "listing_terms" (
    "listing_id" UUID NOT NULL,
    "row_version" BIGINT NOT NULL,
    "engine_version" TEXT NOT NULL,
    "kind" "ListingKind" NOT NULL,
    "office_id" UUID NOT NULL,
    "owner_key" UUID,
    "sectors" TEXT[],
    "expires_on" DATE,
    "length" DOUBLE PRECISION NOT NULL,
    "facts" JSONB NOT NULL,
    "terms" INTEGER[],
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "listing_terms_pkey" PRIMARY KEY ("listing_id")
);

-- CreateTable
CREATE TABLE "corpus_term" (
    "term" INTEGER NOT NULL,
    "listings" INTEGER NOT NULL,

    CONSTRAINT "corpus_term_pkey" PRIMARY KEY ("term")
);

-- CreateTable
CREATE TABLE "corpus_count" (
    "engine_version" TEXT NOT NULL,
    "listings" INTEGER NOT NULL,
    "average_length" DOUBLE PRECISION NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "corpus_count_pkey" PRIMARY KEY ("engine_version")
);

-- CreateIndex
CREATE INDEX "listing_terms_terms" ON "listing_terms" USING GIN ("terms");

-- AddForeignKey
ALTER TABLE "listing_terms" ADD CONSTRAINT "listing_terms_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;
