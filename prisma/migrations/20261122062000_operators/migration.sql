SET lock_timeout = '5s';

-- what a worker says of itself every few seconds, so that a page shows the workers of all machines
CREATE TABLE "worker_beat" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),
    "queue_kind" TEXT NOT NULL,
    "queues" JSONB NOT NULL,
    "listening" BOOLEAN NOT NULL,

    CONSTRAINT "worker_beat_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "worker_beat_seen_at_idx" ON "worker_beat"("seen_at");

-- the last run of every sweep, by whichever worker did it
CREATE TABLE "sweep_run" (
    "name" TEXT NOT NULL,
    "every_ms" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "succeeded_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,
    "found" INTEGER NOT NULL DEFAULT 0,
    "found_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sweep_run_pkey" PRIMARY KEY ("name")
);

-- which version of a listing the search index holds: tells how far the index is behind, on any engine
CREATE TABLE "listing_indexed" (
    "listing_id" UUID NOT NULL,
    "row_version" BIGINT NOT NULL,
    "indexed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "listing_indexed_pkey" PRIMARY KEY ("listing_id")
);
ALTER TABLE "listing_indexed" ADD CONSTRAINT "listing_indexed_listing_id_fkey" FOREIGN KEY ("listing_id") REFERENCES "listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;
-- an exchange that runs already was indexed by its jobs
INSERT INTO "listing_indexed" SELECT "id", "row_version", "updated_at" FROM "listing" WHERE "published_version_id" IS NOT NULL;

-- figures of the last hour and day
CREATE INDEX "outbox_event_relayed_at_idx" ON "outbox_event"("relayed_at");
CREATE INDEX "mail_sent_at_idx" ON "mail"("sent_at");
-- the request that led to a mail, so that one search in the logs shows its whole way
ALTER TABLE "mail" ADD COLUMN "request_id" TEXT;
-- how often a job was tried before it was given up
ALTER TABLE "dead_letter" ADD COLUMN "attempts" INTEGER;
