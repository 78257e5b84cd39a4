SET lock_timeout = '5s';

-- Folding of diacritics happens in the app (platform/text.ts), so that both search engines fold alike; trigrams forgive typos.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "Locale" AS ENUM ('vi', 'en');

-- CreateEnum
CREATE TYPE "OrganisationType" AS ENUM ('state_enterprise', 'private_enterprise', 'fdi_enterprise', 'st_enterprise', 'high_tech_enterprise', 'startup', 'cooperative', 'household_business', 'research_institute', 'university', 'other_st_organisation', 'intermediary', 'innovation_centre', 'investment_fund', 'association', 'state_body', 'individual', 'international_organisation');

-- CreateEnum
CREATE TYPE "OrganisationState" AS ENUM ('pending', 'verified', 'rejected', 'merged');

-- CreateEnum
CREATE TYPE "RecordOrigin" AS ENUM ('member', 'broker', 'imported', 'exchange');

-- CreateEnum
CREATE TYPE "ClaimState" AS ENUM ('pending', 'approved', 'rejected');

-- CreateEnum
CREATE TYPE "MembershipRole" AS ENUM ('member', 'manager');

-- CreateEnum
CREATE TYPE "MembershipState" AS ENUM ('requested', 'active', 'declined', 'ended');

-- CreateEnum
CREATE TYPE "GrantRole" AS ENUM ('broker', 'registrar', 'leader', 'administrator');

-- CreateEnum
CREATE TYPE "OneTimePurpose" AS ENUM ('confirm_email', 'reset_password');

-- CreateEnum
CREATE TYPE "FileKind" AS ENUM ('picture', 'pdf');

-- CreateEnum
CREATE TYPE "ListingKind" AS ENUM ('need', 'offering');

-- CreateEnum
CREATE TYPE "ListingState" AS ENUM ('draft', 'submitted', 'changes_requested', 'published', 'rejected', 'withdrawn', 'expired');

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('public', 'blind', 'brokers', 'invited');

-- CreateEnum
CREATE TYPE "TransferObject" AS ENUM ('know_how', 'process_solution', 'improvement', 'equipment_with_technology', 'data_model_algorithm', 'design', 'equipment_only');

-- CreateEnum
CREATE TYPE "TransferForm" AS ENUM ('standalone', 'in_investment_project', 'capital_contribution', 'franchise', 'with_ip_transfer', 'with_equipment_sale', 'other');

-- CreateEnum
CREATE TYPE "TransferMethod" AS ENUM ('documents', 'training', 'experts', 'equipment', 'other');

-- CreateEnum
CREATE TYPE "TransferRight" AS ENUM ('assignment', 'exclusive_licence', 'non_exclusive_licence', 'sub_licence');

-- CreateEnum
CREATE TYPE "NeedType" AS ENUM ('buy_technology', 'buy_line_with_technology', 'licence', 'commissioned_research', 'joint_development', 'consulting', 'testing', 'upgrade');

-- CreateEnum
CREATE TYPE "FundingSource" AS ENUM ('own', 'enterprise_st_fund', 'loan', 'state_budget', 'provincial_st_fund', 'other');

-- CreateEnum
CREATE TYPE "IpType" AS ENUM ('patent', 'utility_solution', 'industrial_design', 'trademark', 'circuit_layout', 'geographical_indication', 'plant_variety', 'trade_secret', 'software_copyright', 'none');

-- CreateEnum
CREATE TYPE "IpStatus" AS ENUM ('not_filed', 'filed', 'accepted', 'published', 'examining', 'granted', 'expired', 'refused', 'withdrawn', 'cancelled');

-- CreateEnum
CREATE TYPE "PriceModel" AS ENUM ('fixed', 'range', 'negotiable', 'royalty', 'free');

-- CreateEnum
CREATE TYPE "TrlBasis" AS ENUM ('self_declared', 'estimated', 'confirmed');

-- CreateEnum
CREATE TYPE "Comparison" AS ENUM ('eq', 'gte', 'lte', 'between', 'text');

-- CreateEnum
CREATE TYPE "ReviewState" AS ENUM ('open', 'approved', 'changes_requested', 'rejected', 'cancelled');

-- CreateEnum
CREATE TYPE "AccessScope" AS ENUM ('view', 'contacts', 'annex');

-- CreateEnum
CREATE TYPE "MatchDecision" AS ENUM ('none', 'shortlisted', 'dismissed');

-- CreateEnum
CREATE TYPE "InterestKind" AS ENUM ('can_solve', 'ask_broker');

-- CreateEnum
CREATE TYPE "InterestState" AS ENUM ('open', 'answered', 'closed');

-- CreateEnum
CREATE TYPE "MailState" AS ENUM ('queued', 'sending', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "DueState" AS ENUM ('open', 'done', 'cancelled');

-- CreateTable
CREATE TABLE "office" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "province_code" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "phone" TEXT,
    "position" TEXT,
    "locale" "Locale" NOT NULL DEFAULT 'vi',
    "password_hash" TEXT,
    "email_confirmed_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "type" "OrganisationType",
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT,
    "short_name" TEXT,
    "name_folded" TEXT NOT NULL,
    "tax_code" TEXT,
    "parent_id" UUID,
    "merged_into_id" UUID,
    "anonymous" BOOLEAN NOT NULL DEFAULT false,
    "country_code" TEXT NOT NULL DEFAULT 'VN',
    "province_code" TEXT,
    "commune_code" TEXT,
    "address" TEXT,
    "website" TEXT,
    "about" TEXT,
    "state" "OrganisationState" NOT NULL DEFAULT 'pending',
    "verified_at" TIMESTAMPTZ(3),
    "verified_by_id" UUID,
    "reject_reason" TEXT,
    "reject_note" TEXT,
    "broker_id" UUID,
    "origin" "RecordOrigin" NOT NULL,
    "source_url" TEXT,
    "external_id" TEXT,
    "home_exchange" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_claim" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "evidence" TEXT NOT NULL,
    "state" "ClaimState" NOT NULL DEFAULT 'pending',
    "reason_code" TEXT,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,

    CONSTRAINT "organisation_claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "role" "MembershipRole" NOT NULL DEFAULT 'member',
    "state" "MembershipState" NOT NULL,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "MembershipRole" NOT NULL DEFAULT 'member',
    "invited_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grant" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "role" "GrantRole" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,

    CONSTRAINT "login_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "purpose" "OneTimePurpose" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stored_file" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "kind" "FileKind" NOT NULL,
    "mime" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "thumbnail_key" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "original_name" TEXT NOT NULL,
    "uploaded_by_id" UUID,
    "organisation_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sector" (
    "code" TEXT NOT NULL,
    "parent_code" TEXT,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "keywords_vi" TEXT[],
    "keywords_en" TEXT[],
    "related_codes" TEXT[],
    "position" INTEGER NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "sector_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "listing" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "kind" "ListingKind" NOT NULL,
    "reference" TEXT,
    "organisation_id" UUID,
    "state" "ListingState" NOT NULL DEFAULT 'draft',
    "visibility" "Visibility" NOT NULL DEFAULT 'public',
    "draft" JSONB,
    "draft_revision" INTEGER NOT NULL DEFAULT 0,
    "published_version_id" UUID,
    "broker_id" UUID,
    "created_by_id" UUID,
    "on_behalf" BOOLEAN NOT NULL DEFAULT false,
    "on_behalf_confirmed_at" TIMESTAMPTZ(3),
    "on_behalf_confirmed_by_id" UUID,
    "origin" "RecordOrigin" NOT NULL,
    "source_url" TEXT,
    "source_note" TEXT,
    "external_id" TEXT,
    "home_exchange" TEXT,
    "sector_main" TEXT,
    "sector_codes" TEXT[],
    "province_code" TEXT,
    "expires_on" DATE,
    "last_confirmed_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "row_version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "listing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "listing_version" (
    "id" UUID NOT NULL,
    "listing_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "visibility" "Visibility" NOT NULL,
    "sector_main" TEXT,
    "sector_codes" TEXT[],
    "sector_text" TEXT,
    "sector_guessed" BOOLEAN NOT NULL DEFAULT false,
    "keywords" TEXT[],
    "trl" INTEGER,
    "trl_basis" "TrlBasis",
    "need_types" "NeedType"[],
    "funding" "FundingSource"[],
    "money_min" BIGINT,
    "money_max" BIGINT,
    "money_negotiable" BOOLEAN,
    "price_model" "PriceModel",
    "money_text" TEXT,
    "needed_by" DATE,
    "province_code" TEXT,
    "commune_code" TEXT,
    "objects" "TransferObject"[],
    "forms" "TransferForm"[],
    "methods" "TransferMethod"[],
    "rights" "TransferRight"[],
    "ip_type" "IpType",
    "ip_status" "IpStatus",
    "ip_number" TEXT,
    "ip_text" TEXT,
    "origin_task_code" TEXT,
    "contact_name" TEXT,
    "contact_phone" TEXT,
    "contact_email" TEXT,
    "expires_on" DATE,
    "picture_id" UUID,
    "pdf_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,

    CONSTRAINT "listing_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "listing_text" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "lang" "Locale" NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT,
    "description" TEXT,
    "current_technology" TEXT,
    "problem_solved" TEXT,
    "advantages" TEXT,
    "reference_sites" TEXT,
    "standards" TEXT,

    CONSTRAINT "listing_text_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "requirement_line" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "comparison" "Comparison" NOT NULL,
    "min_value" DECIMAL(20,6),
    "max_value" DECIMAL(20,6),
    "text_value" TEXT,
    "unit" TEXT,
    "must" BOOLEAN,
    "condition" TEXT,

    CONSTRAINT "requirement_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review" (
    "id" UUID NOT NULL,
    "listing_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "state" "ReviewState" NOT NULL DEFAULT 'open',
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,
    "reason_code" TEXT,
    "note" TEXT,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_grant" (
    "id" UUID NOT NULL,
    "person_id" UUID,
    "organisation_id" UUID,
    "listing_id" UUID,
    "file_id" UUID,
    "scope" "AccessScope" NOT NULL,
    "reason" TEXT NOT NULL,
    "reason_id" UUID,
    "granted_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reference_counter" (
    "kind" "ListingKind" NOT NULL,
    "province_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "reference_counter_pkey" PRIMARY KEY ("kind","province_code","year")
);

-- CreateTable
CREATE TABLE "match" (
    "id" UUID NOT NULL,
    "need_id" UUID NOT NULL,
    "offering_id" UUID NOT NULL,
    "need_version_id" UUID NOT NULL,
    "offering_version_id" UUID NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "below_threshold" BOOLEAN NOT NULL,
    "evidence" JSONB NOT NULL,
    "engine_version" TEXT NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,
    "decision" "MatchDecision" NOT NULL DEFAULT 'none',
    "reason_code" TEXT,
    "note" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" UUID,

    CONSTRAINT "match_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "match_run" (
    "listing_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "engine_version" TEXT NOT NULL,
    "candidates" INTEGER NOT NULL,
    "kept" INTEGER NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "match_run_pkey" PRIMARY KEY ("listing_id")
);

-- CreateTable
CREATE TABLE "interest" (
    "id" UUID NOT NULL,
    "listing_id" UUID NOT NULL,
    "organisation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "match_id" UUID,
    "kind" "InterestKind" NOT NULL,
    "message" TEXT NOT NULL,
    "state" "InterestState" NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by_id" UUID,
    "answer" TEXT,

    CONSTRAINT "interest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "params" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "person_id" UUID,
    "to_address" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "locale" "Locale" NOT NULL,
    "subject_kind" TEXT,
    "subject_id" UUID,
    "params" JSONB NOT NULL,
    "message_id" TEXT NOT NULL,
    "state" "MailState" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "payload" JSONB NOT NULL,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "relayed_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "seq" BIGSERIAL NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "on_behalf_of_id" UUID,
    "request_id" TEXT,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "prev_hash" TEXT NOT NULL DEFAULT '',
    "hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "due" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "person_id" UUID,
    "due_on" DATE NOT NULL,
    "rule_key" TEXT NOT NULL,
    "rule_version" INTEGER NOT NULL,
    "state" "DueState" NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "reminded_on" DATE,

    CONSTRAINT "due_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_parameter" (
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "value" JSONB NOT NULL,
    "valid_from" DATE NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "rule_parameter_pkey" PRIMARY KEY ("key","version")
);

-- CreateTable
CREATE TABLE "calendar_day" (
    "day" DATE NOT NULL,
    "working" BOOLEAN NOT NULL,
    "name_vi" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "calendar_day_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "id" UUID NOT NULL,
    "queue" TEXT NOT NULL,
    "job_name" TEXT NOT NULL,
    "job_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "error_code" TEXT NOT NULL,
    "error" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolution" TEXT,
    "resolved_by_id" UUID,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "search_alias" (
    "alias" TEXT NOT NULL,
    "index_name" TEXT NOT NULL,

    CONSTRAINT "search_alias_pkey" PRIMARY KEY ("alias")
);

-- CreateTable
CREATE TABLE "search_document" (
    "index_name" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "row_version" BIGINT NOT NULL,
    "removed" BOOLEAN NOT NULL DEFAULT false,
    "kind" TEXT NOT NULL,
    "visibility" TEXT NOT NULL,
    "sectors" TEXT[],
    "province" TEXT,
    "lang" TEXT NOT NULL,
    "organisation" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "document" JSONB NOT NULL,
    "title_folded" TEXT NOT NULL,
    "body_folded" TEXT NOT NULL,
    "title_exact" TEXT NOT NULL,
    "body_exact" TEXT NOT NULL,
    "vector" tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple'::regconfig, title_folded), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, body_folded), 'C'::"char")) STORED,
    "exact_vector" tsvector GENERATED ALWAYS AS (setweight(to_tsvector('simple'::regconfig, title_exact), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, body_exact), 'C'::"char")) STORED,

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("index_name","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "office_code_key" ON "office"("code");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE INDEX "person_office_id_idx" ON "person"("office_id");

-- CreateIndex
CREATE UNIQUE INDEX "organisation_tax_code_key" ON "organisation"("tax_code");

-- CreateIndex
CREATE INDEX "organisation_office_id_state_idx" ON "organisation"("office_id", "state");

-- CreateIndex
CREATE INDEX "organisation_name_folded_idx" ON "organisation"("name_folded");

-- CreateIndex
CREATE UNIQUE INDEX "organisation_home_exchange_external_id_key" ON "organisation"("home_exchange", "external_id");

-- CreateIndex
CREATE INDEX "organisation_claim_state_created_at_idx" ON "organisation_claim"("state", "created_at");

-- CreateIndex
CREATE INDEX "organisation_claim_organisation_id_idx" ON "organisation_claim"("organisation_id");

-- CreateIndex
CREATE INDEX "membership_organisation_id_state_idx" ON "membership"("organisation_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "membership_person_id_organisation_id_key" ON "membership"("person_id", "organisation_id");

-- CreateIndex
CREATE INDEX "invitation_organisation_id_idx" ON "invitation"("organisation_id");

-- CreateIndex
CREATE INDEX "grant_person_id_idx" ON "grant"("person_id");

-- CreateIndex
CREATE INDEX "grant_office_id_role_idx" ON "grant"("office_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "login_token_hash_key" ON "login"("token_hash");

-- CreateIndex
CREATE INDEX "login_person_id_idx" ON "login"("person_id");

-- CreateIndex
CREATE INDEX "one_time_link_person_id_purpose_idx" ON "one_time_link"("person_id", "purpose");

-- CreateIndex
CREATE INDEX "consent_person_id_purpose_idx" ON "consent"("person_id", "purpose");

-- CreateIndex
CREATE UNIQUE INDEX "stored_file_storage_key_key" ON "stored_file"("storage_key");

-- CreateIndex
CREATE UNIQUE INDEX "listing_reference_key" ON "listing"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "listing_published_version_id_key" ON "listing"("published_version_id");

-- CreateIndex
CREATE INDEX "listing_state_kind_published_at_idx" ON "listing"("state", "kind", "published_at");

-- CreateIndex
CREATE INDEX "listing_organisation_id_idx" ON "listing"("organisation_id");

-- CreateIndex
CREATE INDEX "listing_broker_id_idx" ON "listing"("broker_id");

-- CreateIndex
CREATE INDEX "listing_sector_main_idx" ON "listing"("sector_main");

-- CreateIndex
CREATE UNIQUE INDEX "listing_home_exchange_external_id_key" ON "listing"("home_exchange", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "listing_version_listing_id_number_key" ON "listing_version"("listing_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "listing_text_version_id_lang_key" ON "listing_text"("version_id", "lang");

-- CreateIndex
CREATE UNIQUE INDEX "requirement_line_version_id_position_key" ON "requirement_line"("version_id", "position");

-- CreateIndex
CREATE INDEX "review_state_submitted_at_idx" ON "review"("state", "submitted_at");

-- CreateIndex
CREATE INDEX "review_listing_id_idx" ON "review"("listing_id");

-- CreateIndex
CREATE INDEX "access_grant_listing_id_scope_idx" ON "access_grant"("listing_id", "scope");

-- CreateIndex
CREATE INDEX "access_grant_organisation_id_idx" ON "access_grant"("organisation_id");

-- CreateIndex
CREATE INDEX "access_grant_person_id_idx" ON "access_grant"("person_id");

-- CreateIndex
CREATE INDEX "match_need_id_score_idx" ON "match"("need_id", "score" DESC);

-- CreateIndex
CREATE INDEX "match_offering_id_score_idx" ON "match"("offering_id", "score" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "match_need_id_offering_id_key" ON "match"("need_id", "offering_id");

-- CreateIndex
CREATE INDEX "interest_state_created_at_idx" ON "interest"("state", "created_at");

-- CreateIndex
CREATE INDEX "interest_listing_id_idx" ON "interest"("listing_id");

-- CreateIndex
CREATE INDEX "notice_person_id_created_at_idx" ON "notice"("person_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notice_event_id_person_id_key" ON "notice"("event_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "mail_dedupe_key_key" ON "mail"("dedupe_key");

-- CreateIndex
CREATE UNIQUE INDEX "mail_message_id_key" ON "mail"("message_id");

-- CreateIndex
CREATE INDEX "mail_state_created_at_idx" ON "mail"("state", "created_at");

-- CreateIndex
CREATE INDEX "mail_subject_kind_subject_id_idx" ON "mail"("subject_kind", "subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_seq_key" ON "outbox_event"("seq");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_id_key" ON "audit_entry"("id");

-- CreateIndex
CREATE INDEX "audit_entry_subject_kind_subject_id_idx" ON "audit_entry"("subject_kind", "subject_id");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_idx" ON "audit_entry"("actor_id");

-- CreateIndex
CREATE INDEX "due_state_due_on_idx" ON "due"("state", "due_on");

-- CreateIndex
CREATE UNIQUE INDEX "due_kind_subject_kind_subject_id_key" ON "due"("kind", "subject_kind", "subject_id");

-- CreateIndex
CREATE INDEX "dead_letter_resolved_at_created_at_idx" ON "dead_letter"("resolved_at", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_queue_job_id_key" ON "dead_letter"("queue", "job_id");

-- CreateIndex
CREATE INDEX "search_document_vector" ON "search_document" USING GIN ("vector");

-- CreateIndex
CREATE INDEX "search_document_trgm" ON "search_document" USING GIN ("title_folded" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_claim" ADD CONSTRAINT "organisation_claim_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_claim" ADD CONSTRAINT "organisation_claim_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "login" ADD CONSTRAINT "login_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sector" ADD CONSTRAINT "sector_parent_code_fkey" FOREIGN KEY ("parent_code") REFERENCES "sector"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing" ADD CONSTRAINT "listing_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing" ADD CONSTRAINT "listing_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing" ADD CONSTRAINT "listing_broker_id_fkey" FOREIGN KEY ("broker_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing" ADD CONSTRAINT "listing_published_version_id_fkey" FOREIGN KEY ("published_version_id") REFERENCES "listing_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing_version" ADD CONSTRAINT "listing_version_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing_text" ADD CONSTRAINT "listing_text_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "listing_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "requirement_line" ADD CONSTRAINT "requirement_line_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "listing_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "listing_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_grant" ADD CONSTRAINT "access_grant_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_need_id_fkey" FOREIGN KEY ("need_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match" ADD CONSTRAINT "match_offering_id_fkey" FOREIGN KEY ("offering_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "match_run" ADD CONSTRAINT "match_run_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interest" ADD CONSTRAINT "interest_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interest" ADD CONSTRAINT "interest_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interest" ADD CONSTRAINT "interest_match_id_fkey" FOREIGN KEY ("match_id") REFERENCES "match"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- ───────────── Audit: append-only and hash-linked from row 1 ─────────────
-- hash = sha256 of the previous hash and this row's facts. The advisory lock makes writers queue until the earlier one
-- commits, so that the chain has no forks.
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE previous text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('audit_entry'));
  SELECT hash INTO previous FROM audit_entry ORDER BY seq DESC LIMIT 1;
  NEW.seq := nextval(pg_get_serial_sequence('audit_entry', 'seq'));
  NEW.prev_hash := COALESCE(previous, '');
  NEW.hash := encode(sha256(convert_to(audit_digest_text(NEW), 'UTF8')), 'hex');
  RETURN NEW;
END $$;

CREATE FUNCTION audit_digest_text(entry audit_entry) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT concat_ws('|', entry.prev_hash, entry.seq, entry.id,
    to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'), entry.actor_kind, coalesce(entry.actor_id::text, ''),
    coalesce(entry.on_behalf_of_id::text, ''), coalesce(entry.request_id, ''), entry.action, entry.subject_kind,
    entry.subject_id, coalesce(entry.before::text, ''), coalesce(entry.after::text, ''))
$$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER audit_entry_link BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_link();
CREATE TRIGGER audit_entry_immutable BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ───────────── Published words never change ─────────────
CREATE TRIGGER listing_version_immutable BEFORE UPDATE OR DELETE ON listing_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER listing_text_immutable BEFORE UPDATE OR DELETE ON listing_text FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER requirement_line_immutable BEFORE UPDATE OR DELETE ON requirement_line FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- ───────────── What must hold whatever code runs ─────────────
ALTER TABLE listing
  ADD CONSTRAINT listing_published_has_reference CHECK (state <> 'published' OR (reference IS NOT NULL AND published_version_id IS NOT NULL)),
  ADD CONSTRAINT listing_at_most_three_sectors CHECK (cardinality(sector_codes) <= 3);
ALTER TABLE match
  ADD CONSTRAINT match_two_listings CHECK (need_id <> offering_id),
  ADD CONSTRAINT match_score_range CHECK (score >= 0 AND score <= 100),
  ADD CONSTRAINT match_decision_signed CHECK (decision = 'none' OR (decided_at IS NOT NULL AND decided_by_id IS NOT NULL)),
  ADD CONSTRAINT match_dismissal_reasoned CHECK (decision <> 'dismissed' OR reason_code IS NOT NULL);
ALTER TABLE listing_version
  ADD CONSTRAINT version_trl_range CHECK (trl BETWEEN 1 AND 9),
  ADD CONSTRAINT version_money_order CHECK (money_min IS NULL OR money_max IS NULL OR money_min <= money_max);
ALTER TABLE access_grant
  ADD CONSTRAINT access_grant_one_subject CHECK (num_nonnulls(person_id, organisation_id) = 1),
  ADD CONSTRAINT access_grant_one_thing CHECK (num_nonnulls(listing_id, file_id) = 1);
ALTER TABLE organisation
  ADD CONSTRAINT organisation_tax_code_form CHECK (tax_code ~ '^[0-9]{10}(-[0-9]{3})?$');
-- one open review per listing, one open claim per person and organisation, one live grant per person and role
CREATE UNIQUE INDEX review_one_open ON review (listing_id) WHERE state = 'open';
CREATE UNIQUE INDEX claim_one_pending ON organisation_claim (organisation_id, person_id) WHERE state = 'pending';
CREATE UNIQUE INDEX grant_one_live ON "grant" (person_id, role) WHERE ended_at IS NULL;
-- the relay's work list stays small whatever the table's size
CREATE INDEX outbox_waiting ON outbox_event (seq) WHERE relayed_at IS NULL;
CREATE INDEX mail_waiting ON mail (created_at) WHERE state IN ('queued', 'sending');
