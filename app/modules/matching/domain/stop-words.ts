/**
 * Words of grammar, folded, in both languages: they carry no subject. They count nothing alone; within a pair ("nước sạch cho")
 * their partner keeps its own weight. What every listing says of itself ("công nghệ", "solution") is not listed here: its rarity
 * takes care of that.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    "va cua cho cac co duoc trong la voi de tu theo tai khong bang nhu mot hai ba den ve hoac the se da o ra vao nay do khi nhieu nhung moi hon con bi can phai dang sau truoc tren duoi giua qua lai thi ma gi nao rat chi cung",
    "and of the for in with to from on by a an as at or is are that this be it its which can will not",
  ].flatMap((line) => line.split(" ")),
);
