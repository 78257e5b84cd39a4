SET lock_timeout = '5s';

-- CreateTable
CREATE TABLE "dictionary_change" (
    "seq" SERIAL NOT NULL,
    "id" UUID NOT NULL,
    "entry_key" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL,
    "en" TEXT[],
    "vi" TEXT[],
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "sectors" TEXT[],
    "note" TEXT,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "dictionary_change_pkey" PRIMARY KEY ("seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "dictionary_change_id_key" ON "dictionary_change"("id");

-- CreateIndex
CREATE INDEX "dictionary_change_entry_key_seq_idx" ON "dictionary_change"("entry_key", "seq");

-- AddForeignKey
ALTER TABLE "dictionary_change" ADD CONSTRAINT "dictionary_change_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- history is kept: what an entry was is never written over
CREATE FUNCTION keep_dictionary_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'settled_at' = to_jsonb(OLD) - 'settled_at' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'dictionary_change is append-only';
END $$;
CREATE TRIGGER dictionary_change_kept BEFORE UPDATE OR DELETE ON "dictionary_change"
  FOR EACH ROW EXECUTE FUNCTION keep_dictionary_change();
