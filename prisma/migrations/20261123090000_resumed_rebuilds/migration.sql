SET lock_timeout = '5s';

-- a rebuild that was broken off goes on where it was
ALTER TABLE "search_alias" ADD COLUMN "shape" TEXT, ADD COLUMN "built_to" UUID, ADD COLUMN "run" UUID;
