SET lock_timeout = '5s';

-- how often a listing's page was opened, by day: nothing about who opened it
CREATE TABLE "listing_view" (
    "listing_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "views" INTEGER NOT NULL,

    CONSTRAINT "listing_view_pkey" PRIMARY KEY ("listing_id", "day")
);
ALTER TABLE "listing_view" ADD CONSTRAINT "listing_view_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
