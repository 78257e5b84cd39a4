SET lock_timeout = '5s';

-- AlterTable
ALTER TABLE "sector" ADD COLUMN     "replaced_by_code" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "list_change" (
    "seq" SERIAL NOT NULL,
    "id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "entry_key" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB NOT NULL,
    "note" TEXT,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "list_change_pkey" PRIMARY KEY ("seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "list_change_id_key" ON "list_change"("id");

-- CreateIndex
CREATE INDEX "list_change_list_entry_key_seq_idx" ON "list_change"("list", "entry_key", "seq");

-- AddForeignKey
ALTER TABLE "sector" ADD CONSTRAINT "sector_replaced_by_code_fkey" FOREIGN KEY ("replaced_by_code") REFERENCES "sector"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_change" ADD CONSTRAINT "list_change_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- history is kept: what an entry was is never written over
CREATE FUNCTION keep_list_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'list_change is append-only';
END $$;
CREATE TRIGGER list_change_kept BEFORE UPDATE OR DELETE ON "list_change"
  FOR EACH ROW EXECUTE FUNCTION keep_list_change();
