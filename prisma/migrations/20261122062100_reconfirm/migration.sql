SET lock_timeout = '5s';

-- hidden from searching until its owner says that it still holds; nothing is deleted
ALTER TABLE "listing" ADD COLUMN "unconfirmed_at" TIMESTAMPTZ(3);

-- one question "does it still hold?" of a listing; its one-click link is good for this question only
CREATE TABLE "listing_confirmation" (
    "id" UUID NOT NULL,
    "listing_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "hidden_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "confirmed_by_id" UUID,
    "channel" "AnswerChannel",

    CONSTRAINT "listing_confirmation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "listing_confirmation_listing_id_due_on_key" ON "listing_confirmation"("listing_id", "due_on");
ALTER TABLE "listing_confirmation" ADD CONSTRAINT "listing_confirmation_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
