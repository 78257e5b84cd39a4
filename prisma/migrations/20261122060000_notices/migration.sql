SET lock_timeout = '5s';

-- CreateEnum
CREATE TYPE "MailMode" AS ENUM ('immediate', 'daily', 'weekly', 'off');

-- CreateEnum
CREATE TYPE "RefusalSource" AS ENUM ('smtp', 'report');

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "batch_id" UUID,
ADD COLUMN     "send_after" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "notice" ADD COLUMN     "digest_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "digest_mail_id" UUID;

-- CreateTable
CREATE TABLE "notice_settings" (
    "person_id" UUID NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Ho_Chi_Minh',
    "quiet_from" INTEGER,
    "quiet_until" INTEGER,
    "digest_hour" INTEGER NOT NULL,
    "digest_weekday" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_settings_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "notice_preference" (
    "person_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "mode" "MailMode" NOT NULL,

    CONSTRAINT "notice_preference_pkey" PRIMARY KEY ("person_id","topic")
);

-- CreateTable
CREATE TABLE "mail_refusal" (
    "id" UUID NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "mail_id" UUID,
    "address" TEXT NOT NULL,
    "source" "RefusalSource" NOT NULL,
    "status" TEXT NOT NULL,
    "said" TEXT NOT NULL,
    "of_address" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_refusal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_suppression" (
    "id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "source" "RefusalSource" NOT NULL,
    "status" TEXT NOT NULL,
    "said" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by_id" UUID,
    "lift_note" TEXT,

    CONSTRAINT "mail_suppression_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "mail_refusal_dedupe_key_key" ON "mail_refusal"("dedupe_key");

-- CreateIndex
CREATE INDEX "mail_refusal_address_at_idx" ON "mail_refusal"("address", "at");

-- CreateIndex
CREATE INDEX "mail_suppression_address_idx" ON "mail_suppression"("address");

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_digest_mail_id_fkey" FOREIGN KEY ("digest_mail_id") REFERENCES "mail"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_settings" ADD CONSTRAINT "notice_settings_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_preference" ADD CONSTRAINT "notice_preference_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail_refusal" ADD CONSTRAINT "mail_refusal_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "mail"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- what Prisma cannot say
CREATE INDEX notice_digest_due ON notice (digest_due_at) WHERE digest_due_at IS NOT NULL;
CREATE INDEX notice_digest_mail ON notice (digest_mail_id) WHERE digest_mail_id IS NOT NULL;
CREATE INDEX notice_unread ON notice (person_id) WHERE read_at IS NULL;
CREATE INDEX mail_held ON mail (send_after) WHERE state = 'queued' AND send_after IS NOT NULL;
CREATE INDEX mail_batch ON mail (batch_id) WHERE state IN ('queued', 'sending') AND batch_id IS NOT NULL;
CREATE UNIQUE INDEX mail_suppression_one_live ON mail_suppression (address) WHERE lifted_at IS NULL;
ALTER TABLE notice_settings ADD CONSTRAINT notice_settings_quiet CHECK (
  (quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439
  AND quiet_from <> quiet_until
);
ALTER TABLE notice_settings ADD CONSTRAINT notice_settings_digest CHECK (
  digest_hour BETWEEN 0 AND 23 AND digest_weekday BETWEEN 1 AND 7
);
