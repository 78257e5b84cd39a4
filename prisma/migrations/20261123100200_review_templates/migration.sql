SET lock_timeout = '5s';

-- CreateTable
CREATE TABLE "review_template" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "reason_code" TEXT,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "body_vi" TEXT NOT NULL,
    "body_en" TEXT NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL,

    CONSTRAINT "review_template_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "review_template_office_id_purpose_idx" ON "review_template"("office_id", "purpose");

-- AddForeignKey
ALTER TABLE "review_template" ADD CONSTRAINT "review_template_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "review_template" ADD CONSTRAINT review_template_purpose CHECK (purpose IN ('changes', 'reject'));
