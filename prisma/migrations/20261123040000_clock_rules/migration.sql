SET lock_timeout = '5s';

-- the beginning that this side was reminded of an hour before; a meeting that moves is reminded of anew
ALTER TABLE "meeting_participant" ADD COLUMN "soon_reminded_for" TIMESTAMPTZ(3);

-- a royalty of the contract's plan: it comes again each period, with a rule of its own for its reminders
ALTER TABLE "deal_milestone" ADD COLUMN "royalty" BOOLEAN NOT NULL DEFAULT false;
