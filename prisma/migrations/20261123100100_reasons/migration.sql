SET lock_timeout = '5s';

-- CreateTable
CREATE TABLE "coded_reason" (
    "list" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "label_vi" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "retired_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL,

    CONSTRAINT "coded_reason_pkey" PRIMARY KEY ("list","code")
);
