SET lock_timeout = '5s';

-- Words without marks, for comparing titles however they were typed. Stored text is NFC, so every letter is one character;
-- capitals are in the table because lower() of a database in the C locale knows ASCII only.
CREATE FUNCTION fold_vi(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(translate(words, 'àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ', 'aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyydaaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd')) $$;

CREATE INDEX "listing_text_title_trgm" ON "listing_text" USING GIN (fold_vi("title") gin_trgm_ops);

-- What a broker said of two listings that look alike. The pair is stored once, the smaller id first.
CREATE TABLE "duplicate_mark" (
    "id" UUID NOT NULL,
    "office_id" UUID NOT NULL,
    "first_id" UUID NOT NULL,
    "second_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason_code" TEXT NOT NULL,
    "decided_by_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "duplicate_mark_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "duplicate_mark_first_id_second_id_key" ON "duplicate_mark"("first_id", "second_id");
CREATE INDEX "duplicate_mark_second_id_idx" ON "duplicate_mark"("second_id");
ALTER TABLE "duplicate_mark" ADD CONSTRAINT "duplicate_mark_order" CHECK ("first_id" < "second_id");
ALTER TABLE "duplicate_mark" ADD CONSTRAINT "duplicate_mark_verdict" CHECK ("verdict" IN ('distinct', 'duplicate'));
ALTER TABLE "duplicate_mark" ADD CONSTRAINT "duplicate_mark_first_id_fkey" FOREIGN KEY ("first_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "duplicate_mark" ADD CONSTRAINT "duplicate_mark_second_id_fkey" FOREIGN KEY ("second_id") REFERENCES "listing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
