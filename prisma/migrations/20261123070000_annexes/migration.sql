SET lock_timeout = '5s';

-- confidential annexes hang on the listing, never on a version
CREATE TABLE "listing_annex" (
    "id" UUID NOT NULL,
    "listing_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "file_id" UUID NOT NULL,
    "added_by_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_by_id" UUID,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "listing_annex_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "listing_annex_file_id_key" ON "listing_annex"("file_id");
CREATE UNIQUE INDEX "listing_annex_listing_id_number_key" ON "listing_annex"("listing_id", "number");
ALTER TABLE "listing_annex" ADD CONSTRAINT "listing_annex_removed" CHECK (("removed_at" IS NULL) = ("removed_by_id" IS NULL));
ALTER TABLE "listing_annex" ADD CONSTRAINT "listing_annex_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- an organisation asks to be let in; one question at a time
CREATE TABLE "annex_request" (
    "id" UUID NOT NULL,
    "listing_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by_id" UUID,

    CONSTRAINT "annex_request_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "annex_request_listing_id_organisation_id_idx" ON "annex_request"("listing_id", "organisation_id");
CREATE UNIQUE INDEX annex_request_one_open ON annex_request (listing_id, organisation_id) WHERE state = 'asked';
ALTER TABLE "annex_request" ADD CONSTRAINT "annex_request_state" CHECK ("state" IN ('asked', 'granted', 'declined'));
ALTER TABLE "annex_request" ADD CONSTRAINT "annex_request_answered" CHECK (("state" = 'asked') = ("answered_at" IS NULL));
ALTER TABLE "annex_request" ADD CONSTRAINT "annex_request_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- who undertook what, and each time an annex was handed out: kept as they were
CREATE TABLE "annex_acceptance" (
    "id" UUID NOT NULL,
    "listing_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "organisation_id" UUID,
    "name" TEXT NOT NULL,
    "position" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "lang" "Locale" NOT NULL,
    "annex_ids" UUID[],
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "annex_acceptance_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "annex_acceptance_listing_id_person_id_idx" ON "annex_acceptance"("listing_id", "person_id");
ALTER TABLE "annex_acceptance" ADD CONSTRAINT "annex_acceptance_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER annex_acceptance_immutable BEFORE UPDATE OR DELETE ON annex_acceptance FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER annex_acceptance_no_truncate BEFORE TRUNCATE ON annex_acceptance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE "annex_opening" (
    "id" UUID NOT NULL,
    "annex_id" UUID NOT NULL,
    "acceptance_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "annex_opening_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "annex_opening_acceptance_id_opened_at_idx" ON "annex_opening"("acceptance_id", "opened_at");
CREATE INDEX "annex_opening_annex_id_idx" ON "annex_opening"("annex_id");
ALTER TABLE "annex_opening" ADD CONSTRAINT "annex_opening_annex_id_fkey" FOREIGN KEY ("annex_id") REFERENCES "listing_annex"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "annex_opening" ADD CONSTRAINT "annex_opening_acceptance_id_fkey" FOREIGN KEY ("acceptance_id") REFERENCES "annex_acceptance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER annex_opening_immutable BEFORE UPDATE OR DELETE ON annex_opening FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER annex_opening_no_truncate BEFORE TRUNCATE ON annex_opening FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
