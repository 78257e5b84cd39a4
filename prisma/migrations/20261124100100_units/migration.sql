SET lock_timeout = '5s';

-- CreateTable
CREATE TABLE "measure_unit" (
    "code" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "factor" DOUBLE PRECISION NOT NULL,
    "offset" DOUBLE PRECISION NOT NULL,
    "aliases" TEXT[],
    "retired_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL,

    CONSTRAINT "measure_unit_pkey" PRIMARY KEY ("code")
);
