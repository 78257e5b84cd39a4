SET lock_timeout = '5s';

-- Which jobs of an event are not done yet, so that they can be queued again when the queue lost them.
ALTER TABLE "outbox_event" ADD COLUMN "waiting" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "outbox_event" ADD COLUMN "queued_at" TIMESTAMPTZ(3);

-- what the sweep reads: few rows, the longest unseen first
CREATE INDEX outbox_undone ON outbox_event (queued_at) WHERE waiting <> '{}';
-- what an event of the same subject looks for: an earlier one that is still to be told
CREATE INDEX outbox_subject_undone ON outbox_event (subject_id, seq) WHERE relayed_at IS NULL OR waiting <> '{}';
