SET lock_timeout = '5s';

-- AlterTable
ALTER TABLE "saved_search" ADD COLUMN     "marks" TEXT[] DEFAULT ARRAY[]::TEXT[];
