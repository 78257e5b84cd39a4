SET lock_timeout = '5s';

-- CreateEnum
CREATE TYPE "CaseOrigin" AS ENUM ('match', 'interest', 'fair', 'phone', 'other');

-- CreateEnum
CREATE TYPE "CaseState" AS ENUM ('open', 'closed');

-- CreateEnum
CREATE TYPE "Side" AS ENUM ('need', 'offering');

-- CreateEnum
CREATE TYPE "CaseNoteKind" AS ENUM ('call', 'email', 'visit', 'note', 'hand_over');

-- CreateEnum
CREATE TYPE "IntroductionState" AS ENUM ('proposed', 'accepted', 'declined', 'expired', 'withdrawn');

-- CreateEnum
CREATE TYPE "AnswerState" AS ENUM ('asked', 'accepted', 'declined');

-- CreateEnum
CREATE TYPE "AnswerChannel" AS ENUM ('page', 'link', 'phone');

-- CreateTable
CREATE TABLE "broker_case" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "origin" "CaseOrigin" NOT NULL,
    "origin_note" TEXT,
    "match_id" UUID,
    "interest_id" UUID,
    "need_id" UUID,
    "offering_id" UUID,
    "broker_id" UUID NOT NULL,
    "province_code" TEXT,
    "commune_code" TEXT,
    "state" "CaseState" NOT NULL DEFAULT 'open',
    "close_reason" TEXT,
    "next_action" TEXT,
    "next_action_on" DATE,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "broker_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_party" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "side" "Side" NOT NULL,
    "contact_name" TEXT,
    "contact_phone" TEXT,
    "contact_email" TEXT,

    CONSTRAINT "case_party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_note" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "kind" "CaseNoteKind" NOT NULL,
    "body" TEXT NOT NULL,
    "by_id" UUID NOT NULL,
    "to_broker_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "case_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "introduction" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "need_id" UUID,
    "offering_id" UUID,
    "need_version_id" UUID,
    "offering_version_id" UUID,
    "state" "IntroductionState" NOT NULL DEFAULT 'proposed',
    "reply_by" DATE NOT NULL,
    "message" TEXT,
    "proposed_by_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "introduction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "introduction_side" (
    "id" UUID NOT NULL,
    "introduction_id" UUID NOT NULL,
    "side" "Side" NOT NULL,
    "organisation_id" UUID NOT NULL,
    "state" "AnswerState" NOT NULL DEFAULT 'asked',
    "cooperation" TEXT,
    "unclear" TEXT,
    "about" TEXT,
    "reason_code" TEXT,
    "note" TEXT,
    "channel" "AnswerChannel",
    "answered_by_id" UUID,
    "answered_at" TIMESTAMPTZ(3),
    "reminded_on" DATE,

    CONSTRAINT "introduction_side_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "broker_case_interest_id_key" ON "broker_case"("interest_id");

-- CreateIndex
CREATE INDEX "broker_case_office_id_state_next_action_on_idx" ON "broker_case"("office_id", "state", "next_action_on");

-- CreateIndex
CREATE INDEX "broker_case_broker_id_state_next_action_on_idx" ON "broker_case"("broker_id", "state", "next_action_on");

-- CreateIndex
CREATE INDEX "case_party_organisation_id_idx" ON "case_party"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "case_party_case_id_side_key" ON "case_party"("case_id", "side");

-- CreateIndex
CREATE INDEX "case_note_case_id_at_idx" ON "case_note"("case_id", "at");

-- CreateIndex
CREATE INDEX "introduction_case_id_idx" ON "introduction"("case_id");

-- CreateIndex
CREATE INDEX "introduction_state_reply_by_idx" ON "introduction"("state", "reply_by");

-- CreateIndex
CREATE INDEX "introduction_side_organisation_id_state_idx" ON "introduction_side"("organisation_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "introduction_side_introduction_id_side_key" ON "introduction_side"("introduction_id", "side");

-- AddForeignKey
ALTER TABLE "broker_case" ADD CONSTRAINT "broker_case_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broker_case" ADD CONSTRAINT "broker_case_need_id_fkey" FOREIGN KEY ("need_id") REFERENCES "listing"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broker_case" ADD CONSTRAINT "broker_case_offering_id_fkey" FOREIGN KEY ("offering_id") REFERENCES "listing"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broker_case" ADD CONSTRAINT "broker_case_match_id_fkey" FOREIGN KEY ("match_id") REFERENCES "match"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "broker_case" ADD CONSTRAINT "broker_case_interest_id_fkey" FOREIGN KEY ("interest_id") REFERENCES "interest"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_party" ADD CONSTRAINT "case_party_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "broker_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_party" ADD CONSTRAINT "case_party_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_note" ADD CONSTRAINT "case_note_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "broker_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_note" ADD CONSTRAINT "case_note_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "introduction" ADD CONSTRAINT "introduction_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "broker_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "introduction_side" ADD CONSTRAINT "introduction_side_introduction_id_fkey" FOREIGN KEY ("introduction_id") REFERENCES "introduction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "introduction_side" ADD CONSTRAINT "introduction_side_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- an open case always has a next action with its date; a closed one a reason
ALTER TABLE broker_case
  ADD CONSTRAINT case_open_has_next_action CHECK (state <> 'open' OR (next_action IS NOT NULL AND next_action_on IS NOT NULL)),
  ADD CONSTRAINT case_closed_has_reason CHECK (state <> 'closed' OR (close_reason IS NOT NULL AND closed_at IS NOT NULL));
-- an answer is signed and says how it came; a refusal has its coded reason
ALTER TABLE introduction_side
  ADD CONSTRAINT answer_signed CHECK (state = 'asked' OR (answered_at IS NOT NULL AND channel IS NOT NULL)),
  ADD CONSTRAINT refusal_reasoned CHECK (state <> 'declined' OR reason_code IS NOT NULL);
-- one live introduction per case; one open case per match
CREATE UNIQUE INDEX introduction_one_live ON introduction (case_id) WHERE state = 'proposed';
CREATE UNIQUE INDEX case_one_open_per_match ON broker_case (match_id) WHERE state = 'open' AND match_id IS NOT NULL;
-- the call log is never rewritten
CREATE TRIGGER case_note_immutable BEFORE UPDATE OR DELETE ON case_note FOR EACH ROW EXECUTE FUNCTION refuse_change();
