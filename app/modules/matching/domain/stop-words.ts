/**
 * Words of grammar, folded, in both languages: they carry no subject. They count nothing alone. What every listing says of itself ("công nghệ", "solution") is not listed here: its rarity
 * takes care of that.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    "va cua cho cac co duoc trong la voi de tu theo tai khong bang nhu mot hai ba den ve hoac the se da o ra vao nay do khi nhieu nhung moi hon con bi can phai dang sau truoc tren duoi giua qua lai thi ma gi nao rat chi cung",
    "and of the for in with to from on by a an as at or is are that this be it its which can will not",
  ].flatMap((line) => line.split(" ")),
);

/**
 * The same as they are written, without those that are a syllable of other words as they stand ("an toàn", "không khí"): two words
 * of which one is one of these are no compound ("mỏ và", "của hộ").
 */
const ENGLISH_JOINS = new Set("and of the for with from by or is are that this its which will not".split(" "));
const JOINS: ReadonlySet<string> = new Set([
  ..."và của cho các có được là với để từ theo tại như về hoặc sẽ đã vào này đó khi nhiều những hơn bị cần phải đang thì mà gì nào rất chỉ cũng".split(
    " ",
  ),
  ...ENGLISH_JOINS,
]);

/** Is this word grammar as it stands? Without accents a Vietnamese one may be another word ("khi" for "khí"), so it is not. */
export const isJoin = (surface: string, accented: boolean): boolean =>
  (accented ? JOINS : ENGLISH_JOINS).has(surface.toLowerCase());
