SET lock_timeout = '5s';

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- CreateEnum
CREATE TYPE "ReferenceKind" AS ENUM ('need', 'offering', 'deal');

-- CreateEnum
CREATE TYPE "ConnectionSessionState" AS ENUM ('draft', 'inviting', 'confirmed', 'held', 'closed', 'cancelled');

-- CreateEnum
CREATE TYPE "MeetingState" AS ENUM ('planned', 'held', 'no_show', 'cancelled');

-- CreateEnum
CREATE TYPE "ParticipantResponse" AS ENUM ('none', 'confirmed', 'declined');

-- CreateEnum
CREATE TYPE "MinutesState" AS ENUM ('draft', 'sent', 'confirmed', 'disputed');

-- CreateEnum
CREATE TYPE "MeetingOutcome" AS ENUM ('continue_talks', 'site_visit', 'trial', 'negotiate', 'not_suitable');

-- CreateEnum
CREATE TYPE "StepOwner" AS ENUM ('need', 'offering', 'broker');

-- CreateEnum
CREATE TYPE "DealStage" AS ENUM ('negotiation', 'mou', 'drafting', 'signed', 'registration_filed', 'registered', 'performing', 'accepted', 'liquidated');

-- CreateEnum
CREATE TYPE "DealStatus" AS ENUM ('active', 'paused', 'lost', 'terminated', 'closed');

-- CreateEnum
CREATE TYPE "DealOrigin" AS ENUM ('meeting', 'introduction', 'fair', 'phone', 'other');

-- CreateEnum
CREATE TYPE "PaymentKind" AS ENUM ('lump_sum', 'instalments', 'equity', 'royalty_net_price', 'royalty_net_revenue', 'royalty_pretax_profit', 'other');

-- CreateEnum
CREATE TYPE "RegistrationDuty" AS ENUM ('mandatory', 'voluntary', 'licence');

-- CreateEnum
CREATE TYPE "DealDocumentKind" AS ENUM ('mou', 'draft_contract', 'signed_contract', 'registration_file', 'certificate', 'handover', 'acceptance_record', 'liquidation_record', 'other');

-- CreateEnum
CREATE TYPE "ChaseAnswer" AS ENUM ('talking', 'agreed', 'signed', 'stopped');

-- CreateEnum
CREATE TYPE "ChaseSubject" AS ENUM ('introduction', 'meeting');

-- references of deals come from the same counters; the numbers already given stay
ALTER TABLE "reference_counter" ALTER COLUMN "kind" TYPE "ReferenceKind" USING "kind"::text::"ReferenceKind";

-- CreateTable
CREATE TABLE "connection_session" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "state" "ConnectionSessionState" NOT NULL DEFAULT 'draft',
    "place" TEXT,
    "online_url" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "tables" INTEGER NOT NULL,
    "slot_minutes" INTEGER NOT NULL,
    "agenda" TEXT,
    "owner_id" UUID NOT NULL,
    "cancel_reason" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID NOT NULL,

    CONSTRAINT "connection_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "introduction_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "state" "MeetingState" NOT NULL DEFAULT 'planned',
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "table_number" INTEGER,
    "uid" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "cancel_reason" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "invited_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting_participant" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "side" "Side" NOT NULL,
    "organisation_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "response" "ParticipantResponse" NOT NULL DEFAULT 'none',
    "decline_reason" TEXT,
    "response_note" TEXT,
    "channel" "AnswerChannel",
    "responded_at" TIMESTAMPTZ(3),
    "responded_by_id" UUID,
    "reminded_on" DATE,
    "attended" BOOLEAN,
    "checked_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "meeting_participant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "minutes" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "state" "MinutesState" NOT NULL DEFAULT 'draft',
    "outcome" "MeetingOutcome" NOT NULL,
    "decisions" TEXT NOT NULL,
    "next_step" TEXT,
    "next_owner" "StepOwner",
    "next_on" DATE,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "written_by_id" UUID NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "step_done_at" TIMESTAMPTZ(3),
    "step_done_by_id" UUID,

    CONSTRAINT "minutes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "minutes_confirmation" (
    "id" UUID NOT NULL,
    "minutes_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "side" "Side" NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "remark" TEXT,
    "channel" "AnswerChannel" NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "minutes_confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting_feedback" (
    "id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "side" "Side" NOT NULL,
    "score" INTEGER NOT NULL,
    "comment" TEXT,
    "channel" "AnswerChannel" NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "origin" "DealOrigin" NOT NULL,
    "case_id" UUID,
    "introduction_id" UUID,
    "meeting_id" UUID,
    "need_id" UUID,
    "offering_id" UUID,
    "transferor_id" UUID,
    "transferee_id" UUID,
    "broker_id" UUID NOT NULL,
    "stage" "DealStage" NOT NULL DEFAULT 'negotiation',
    "status" "DealStatus" NOT NULL DEFAULT 'active',
    "reason_code" TEXT,
    "reason_note" TEXT,
    "technology_name" TEXT,
    "objects" "TransferObject"[],
    "form" "TransferForm",
    "methods" "TransferMethod"[],
    "right" "TransferRight",
    "scope" TEXT,
    "sector_main" TEXT,
    "value" BIGINT,
    "currency" TEXT NOT NULL DEFAULT 'VND',
    "payment_kinds" "PaymentKind"[],
    "royalty_basis_points" INTEGER,
    "royalty_years" INTEGER,
    "royalty_minimum" BIGINT,
    "royalty_cap" BIGINT,
    "improvement_rights" TEXT,
    "checklist" INTEGER[],
    "transferor_country" TEXT,
    "transferee_country" TEXT,
    "state_money" BOOLEAN,
    "task_certificate" BOOLEAN,
    "restricted_list" BOOLEAN,
    "signed_on" DATE,
    "contract_number" TEXT,
    "registration_duty" "RegistrationDuty",
    "registration_reason" TEXT,
    "registration_rule_version" INTEGER,
    "filed_on" DATE,
    "certificate_number" TEXT,
    "certificate_on" DATE,
    "certificate_file_id" UUID,
    "effective_on" DATE,
    "transferor_accepted_at" TIMESTAMPTZ(3),
    "transferee_accepted_at" TIMESTAMPTZ(3),
    "liquidated_on" DATE,
    "next_action" TEXT,
    "next_action_on" DATE,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID NOT NULL,

    CONSTRAINT "deal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal_event" (
    "id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "command" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "stage" "DealStage" NOT NULL,
    "status" "DealStatus" NOT NULL,
    "by_id" UUID,
    "by_role" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deal_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal_document" (
    "id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "stage" "DealStage" NOT NULL,
    "kind" "DealDocumentKind" NOT NULL,
    "title" TEXT,
    "file_id" UUID NOT NULL,
    "uploaded_by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deal_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deal_milestone" (
    "id" UUID NOT NULL,
    "deal_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "due_on" DATE,
    "amount" BIGINT,
    "done_on" DATE,
    "done_by_id" UUID,
    "waived_on" DATE,
    "waived_note" TEXT,

    CONSTRAINT "deal_milestone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outcome_question" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "subject_kind" "ChaseSubject" NOT NULL,
    "subject_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "days" INTEGER NOT NULL,
    "side" "Side" NOT NULL,
    "organisation_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" "ChaseAnswer",
    "note" TEXT,
    "channel" "AnswerChannel",
    "answered_at" TIMESTAMPTZ(3),
    "answered_by_id" UUID,
    "conflict" BOOLEAN NOT NULL DEFAULT false,
    "resolution" "ChaseAnswer",
    "resolved_note" TEXT,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,

    CONSTRAINT "outcome_question_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "connection_session_office_id_state_starts_at_idx" ON "connection_session"("office_id", "state", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_uid_key" ON "meeting"("uid");

-- CreateIndex
CREATE INDEX "meeting_session_id_starts_at_idx" ON "meeting"("session_id", "starts_at");

-- CreateIndex
CREATE INDEX "meeting_introduction_id_idx" ON "meeting"("introduction_id");

-- CreateIndex
CREATE INDEX "meeting_case_id_idx" ON "meeting"("case_id");

-- CreateIndex
CREATE INDEX "meeting_participant_organisation_id_starts_at_idx" ON "meeting_participant"("organisation_id", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_participant_meeting_id_side_key" ON "meeting_participant"("meeting_id", "side");

-- CreateIndex
CREATE UNIQUE INDEX "minutes_meeting_id_key" ON "minutes"("meeting_id");

-- CreateIndex
CREATE INDEX "minutes_state_sent_at_idx" ON "minutes"("state", "sent_at");

-- CreateIndex
CREATE UNIQUE INDEX "minutes_confirmation_minutes_id_revision_side_key" ON "minutes_confirmation"("minutes_id", "revision", "side");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_feedback_meeting_id_side_key" ON "meeting_feedback"("meeting_id", "side");

-- CreateIndex
CREATE UNIQUE INDEX "deal_reference_key" ON "deal"("reference");

-- CreateIndex
CREATE INDEX "deal_office_id_status_stage_idx" ON "deal"("office_id", "status", "stage");

-- CreateIndex
CREATE INDEX "deal_transferor_id_idx" ON "deal"("transferor_id");

-- CreateIndex
CREATE INDEX "deal_transferee_id_idx" ON "deal"("transferee_id");

-- CreateIndex
CREATE INDEX "deal_case_id_idx" ON "deal"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "deal_event_deal_id_number_key" ON "deal_event"("deal_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "deal_document_file_id_key" ON "deal_document"("file_id");

-- CreateIndex
CREATE INDEX "deal_document_deal_id_at_idx" ON "deal_document"("deal_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "deal_milestone_deal_id_number_key" ON "deal_milestone"("deal_id", "number");

-- CreateIndex
CREATE INDEX "outcome_question_office_id_conflict_resolved_at_idx" ON "outcome_question"("office_id", "conflict", "resolved_at");

-- CreateIndex
CREATE INDEX "outcome_question_organisation_id_answered_at_idx" ON "outcome_question"("organisation_id", "answered_at");

-- CreateIndex
CREATE INDEX "outcome_question_case_id_idx" ON "outcome_question"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "outcome_question_subject_kind_subject_id_days_side_key" ON "outcome_question"("subject_kind", "subject_id", "days", "side");

-- CreateIndex
CREATE INDEX "audit_entry_action_subject_id_idx" ON "audit_entry"("action", "subject_id");

-- AddForeignKey
ALTER TABLE "connection_session" ADD CONSTRAINT "connection_session_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "connection_session"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_introduction_id_fkey" FOREIGN KEY ("introduction_id") REFERENCES "introduction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "broker_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_participant" ADD CONSTRAINT "meeting_participant_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_participant" ADD CONSTRAINT "meeting_participant_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "minutes_confirmation" ADD CONSTRAINT "minutes_confirmation_minutes_id_fkey" FOREIGN KEY ("minutes_id") REFERENCES "minutes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_feedback" ADD CONSTRAINT "meeting_feedback_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "broker_case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_introduction_id_fkey" FOREIGN KEY ("introduction_id") REFERENCES "introduction"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_transferor_id_fkey" FOREIGN KEY ("transferor_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_transferee_id_fkey" FOREIGN KEY ("transferee_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal" ADD CONSTRAINT "deal_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal_event" ADD CONSTRAINT "deal_event_deal_id_fkey" FOREIGN KEY ("deal_id") REFERENCES "deal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal_document" ADD CONSTRAINT "deal_document_deal_id_fkey" FOREIGN KEY ("deal_id") REFERENCES "deal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deal_milestone" ADD CONSTRAINT "deal_milestone_deal_id_fkey" FOREIGN KEY ("deal_id") REFERENCES "deal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outcome_question" ADD CONSTRAINT "outcome_question_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- a session that has left the draft says where it is; its times and tables make sense
ALTER TABLE connection_session
  ADD CONSTRAINT session_times CHECK (starts_at < ends_at),
  ADD CONSTRAINT session_tables CHECK (tables BETWEEN 0 AND 200),
  ADD CONSTRAINT session_slot CHECK (slot_minutes BETWEEN 5 AND 240),
  ADD CONSTRAINT session_has_a_where CHECK (state IN ('draft', 'cancelled') OR place IS NOT NULL OR online_url IS NOT NULL),
  ADD CONSTRAINT session_cancel_reasoned CHECK (state <> 'cancelled' OR cancel_reason IS NOT NULL);
ALTER TABLE meeting
  ADD CONSTRAINT meeting_times CHECK (starts_at < ends_at),
  ADD CONSTRAINT meeting_table CHECK (table_number IS NULL OR table_number >= 1),
  ADD CONSTRAINT meeting_cancel_reasoned CHECK (state <> 'cancelled' OR cancel_reason IS NOT NULL),
  -- one meeting at a table at a time
  ADD CONSTRAINT meeting_table_free EXCLUDE USING gist
    (session_id WITH =, table_number WITH =, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (state <> 'cancelled' AND table_number IS NOT NULL);
-- one live meeting of an introduction
CREATE UNIQUE INDEX meeting_one_planned ON meeting (introduction_id) WHERE state = 'planned';
ALTER TABLE meeting_participant
  ADD CONSTRAINT participant_times CHECK (starts_at < ends_at),
  ADD CONSTRAINT participant_response_signed CHECK (response = 'none' OR (responded_at IS NOT NULL AND channel IS NOT NULL)),
  ADD CONSTRAINT participant_refusal_reasoned CHECK (response <> 'declined' OR decline_reason IS NOT NULL),
  -- an organisation sits in one meeting at a time, whatever the session
  ADD CONSTRAINT participant_free EXCLUDE USING gist
    (organisation_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (active);
ALTER TABLE minutes
  ADD CONSTRAINT minutes_sent_dated CHECK (state = 'draft' OR sent_at IS NOT NULL),
  ADD CONSTRAINT minutes_next_step CHECK
    (outcome = 'not_suitable' OR (next_step IS NOT NULL AND next_owner IS NOT NULL AND next_on IS NOT NULL));
ALTER TABLE minutes_confirmation
  ADD CONSTRAINT minutes_dispute_reasoned CHECK (confirmed OR remark IS NOT NULL);
CREATE TRIGGER minutes_confirmation_immutable BEFORE UPDATE OR DELETE ON minutes_confirmation
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE meeting_feedback ADD CONSTRAINT feedback_range CHECK (score BETWEEN 1 AND 5);

ALTER TABLE deal
  ADD CONSTRAINT deal_two_parties CHECK (transferor_id IS NULL OR transferee_id IS NULL OR transferor_id <> transferee_id),
  ADD CONSTRAINT deal_value_positive CHECK (value IS NULL OR value > 0),
  ADD CONSTRAINT deal_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT deal_royalty_range CHECK (royalty_basis_points IS NULL OR royalty_basis_points BETWEEN 1 AND 10000),
  -- what the law and the house ask of each stage holds for the row too, whoever writes it
  ADD CONSTRAINT deal_signed_complete CHECK (stage < 'signed' OR
    (transferor_id IS NOT NULL AND transferee_id IS NOT NULL AND value IS NOT NULL AND signed_on IS NOT NULL
     AND registration_duty IS NOT NULL AND registration_reason IS NOT NULL AND registration_rule_version IS NOT NULL)),
  ADD CONSTRAINT deal_filed_dated CHECK (stage <> 'registration_filed' OR filed_on IS NOT NULL),
  ADD CONSTRAINT deal_registered_complete CHECK (stage <> 'registered' OR
    (certificate_number IS NOT NULL AND certificate_on IS NOT NULL AND certificate_file_id IS NOT NULL AND effective_on IS NOT NULL)),
  -- a contract that must be registered takes effect with its certificate (Luật 07/2017 Điều 31)
  ADD CONSTRAINT deal_effective_by_certificate CHECK (registration_duty IS DISTINCT FROM 'mandatory' OR effective_on IS NULL OR
    (certificate_number IS NOT NULL AND certificate_on IS NOT NULL AND certificate_file_id IS NOT NULL)),
  ADD CONSTRAINT deal_performing_registered CHECK (stage < 'performing' OR registration_duty <> 'mandatory' OR certificate_on IS NOT NULL),
  ADD CONSTRAINT deal_accepted_by_both CHECK (stage < 'accepted' OR (transferor_accepted_at IS NOT NULL AND transferee_accepted_at IS NOT NULL)),
  ADD CONSTRAINT deal_exit_reasoned CHECK (status NOT IN ('paused', 'lost', 'terminated') OR reason_code IS NOT NULL),
  ADD CONSTRAINT deal_closed_when_liquidated CHECK ((status = 'closed') = (stage = 'liquidated')),
  -- a deal is lost before signing and terminated after it
  ADD CONSTRAINT deal_lost_before_signing CHECK (status <> 'lost' OR stage < 'signed'),
  ADD CONSTRAINT deal_terminated_after_signing CHECK (status <> 'terminated' OR stage >= 'signed');
ALTER TABLE deal_milestone
  ADD CONSTRAINT milestone_done_or_waived CHECK (done_on IS NULL OR waived_on IS NULL),
  ADD CONSTRAINT milestone_waiver_reasoned CHECK (waived_on IS NULL OR waived_note IS NOT NULL),
  ADD CONSTRAINT milestone_amount_positive CHECK (amount IS NULL OR amount > 0);
-- one live deal per case
CREATE UNIQUE INDEX deal_one_live_per_case ON deal (case_id) WHERE case_id IS NOT NULL AND status IN ('active', 'paused');
CREATE TRIGGER deal_event_immutable BEFORE UPDATE OR DELETE ON deal_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER deal_event_no_truncate BEFORE TRUNCATE ON deal_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE outcome_question
  ADD CONSTRAINT question_answer_signed CHECK (answer IS NULL OR (answered_at IS NOT NULL AND channel IS NOT NULL)),
  ADD CONSTRAINT question_resolution_signed CHECK (resolution IS NULL OR (resolved_at IS NOT NULL AND resolved_by_id IS NOT NULL));
