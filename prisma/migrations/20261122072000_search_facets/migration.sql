SET lock_timeout = '5s';

-- what a document counts under ("kinds=need", "trl=7-9"), for filters and counts in one pass
ALTER TABLE "search_document" ADD COLUMN "codes" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "search_document" ADD COLUMN "price" BIGINT;
-- "what costs least first"
CREATE INDEX search_document_price ON search_document (index_name, price, published_at DESC, id DESC) WHERE NOT removed;

-- words that stand in any document, to find those spelt like a mistyped one
CREATE TABLE "search_word" (
    "word" TEXT NOT NULL,

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("word")
);
CREATE INDEX "search_word_trgm" ON "search_word" USING GIN ("word" gin_trgm_ops);
