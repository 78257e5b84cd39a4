/**
 * Words that carry no subject, folded: grammar, and what every need or offering says of itself. They count nothing alone;
 * within a pair ("nước sạch cho") their partner keeps its own weight.
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    "va cua cho cac co duoc trong la voi de tu theo tai khong bang nhu mot hai ba den ve hoac the se da o ra vao nay do khi nhieu nhung moi hon con bi can phai dang sau truoc tren duoi giua qua lai thi ma gi nao rat chi cung",
    "and of the for in with to from on by a an as at or is are that this be it its which can will not",
    "cong nghe he thong giai phap ung dung san pham don vi technology system solution",
  ].flatMap((line) => line.split(" ")),
);
