SET lock_timeout = '5s';

-- searches people keep, asked about every listing that is published or changed
CREATE TABLE "saved_search" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "mode" "MailMode" NOT NULL,
    "asked" JSONB NOT NULL,
    "query" TEXT NOT NULL,
    "kind" TEXT,
    "sector" TEXT,
    "province" TEXT,
    "trl" TEXT[] NOT NULL DEFAULT '{}',
    "ip" TEXT[] NOT NULL DEFAULT '{}',
    "prices" TEXT[] NOT NULL DEFAULT '{}',
    "forms" TEXT[] NOT NULL DEFAULT '{}',
    "rights" TEXT[] NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "tell_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "saved_search_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "saved_search_person_id_created_at_idx" ON "saved_search" ("person_id", "created_at");
CREATE INDEX "saved_search_tell_at_idx" ON "saved_search" ("tell_at");
ALTER TABLE "saved_search" ADD CONSTRAINT "saved_search_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- what each found: the key keeps a listing from being told twice
CREATE TABLE "saved_search_hit" (
    "search_id" UUID NOT NULL,
    "listing_id" UUID NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "batch_id" UUID,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "saved_search_hit_pkey" PRIMARY KEY ("search_id", "listing_id")
);
CREATE INDEX "saved_search_hit_batch_id_idx" ON "saved_search_hit" ("batch_id");
CREATE INDEX "saved_search_hit_listing_id_idx" ON "saved_search_hit" ("listing_id");
ALTER TABLE "saved_search_hit" ADD CONSTRAINT "saved_search_hit_search_id_fkey" FOREIGN KEY ("search_id") REFERENCES "saved_search" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "saved_search_hit" ADD CONSTRAINT "saved_search_hit_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
