import { fold } from "~/platform/text";

/** Words that say what kind of holder it is and tell two holders apart badly. */
const KINDS = [
  "cong ty trach nhiem huu han mot thanh vien",
  "cong ty tnhh mot thanh vien",
  "cong ty tnhh mtv",
  "cong ty trach nhiem huu han",
  "cong ty tnhh",
  "cong ty co phan",
  "cong ty cp",
  "tnhh mtv",
  "tnhh",
  "mtv",
  "co phan",
  "cp",
  "tong cong ty",
  "tap doan",
  "doanh nghiep tu nhan",
  "dntn",
  "hop tac xa",
  "htx",
  "cong ty",
  "cty",
  "truong dai hoc",
  "dai hoc",
  "dh",
  "truong cao dang",
  "cao dang",
  "vien nghien cuu",
  "vien",
  "trung tam",
  "chi nhanh",
];

/**
 * Key that likely duplicates share: folded, without punctuation and without the leading words for the kind of holder.
 * "Công ty TNHH MTV Môi trường – TKV" and "CTY Môi Trường TKV" meet at "moi truong tkv".
 */
export function nameKey(name: string): string {
  let key = fold(name)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  for (let again = true; again; ) {
    again = false;
    for (const kind of KINDS) {
      if (key.startsWith(`${kind} `)) {
        key = key.slice(kind.length + 1);
        again = true;
        break;
      }
    }
  }
  return key;
}
