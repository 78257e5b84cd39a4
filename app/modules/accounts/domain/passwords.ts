import { fold } from "~/platform/text";

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

/** Words that make up most guessed passwords here; a password that is little more than one of them is refused. */
const COMMON = [
  "password",
  "matkhau",
  "qwertyuiop",
  "qwerty",
  "asdfghjkl",
  "zxcvbnm",
  "iloveyou",
  "anhyeuem",
  "emyeuanh",
  "yeuem",
  "vietnam",
  "hanoi",
  "quangninh",
  "halong",
  "saigon",
  "hochiminh",
  "cungcau",
  "congnghe",
  "khoahoc",
  "sokhcn",
  "admin",
  "administrator",
  "welcome",
  "letmein",
  "football",
  "baseball",
  "dragon",
  "monkey",
  "sunshine",
  "princess",
  "superman",
  "1234567890",
  "0123456789",
  "123456789",
  "987654321",
  "0987654321",
  "12345678",
  "123456",
  "123123",
  "112233",
  "111111",
  "000000",
  "abc123",
  "qwe123",
  "1q2w3e4r",
  "1qaz2wsx",
  "abcdef",
  "abcdefghij",
];

export type PasswordProblem = "short" | "long" | "common";

/**
 * Ten characters or more, and not one everybody tries first: the person's own e-mail or name, one of the common words
 * with a few digits or signs around it, one character or one short pattern repeated, or a run of the keyboard.
 */
export function passwordProblem(
  password: string,
  own: { email?: string; fullName?: string } = {},
): PasswordProblem | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN) return "short";
  if (length > PASSWORD_MAX) return "long";
  const plain = fold(password).replace(/\s/g, "");
  const core = plain.replace(/[^a-z0-9]/g, "");
  const spelt = plain
    .replace(/[@4]/g, "a")
    .replace(/0/g, "o")
    .replace(/[$5]/g, "s")
    .replace(/[^a-z0-9]/g, "");
  const mine = [own.email, own.email?.split("@")[0], own.fullName].flatMap((text) =>
    text ? [fold(text).replace(/[^a-z0-9]/g, "")] : [],
  );
  const known = [...COMMON, ...mine.filter((text) => text.length >= 5)];
  // what is left beside the word must be worth something by itself
  const worthless = (text: string) =>
    known.some((word) => text.includes(word) && text.replaceAll(word, "").replace(/(19|20)\d\d/, "").length < 4);
  if (worthless(core) || worthless(spelt)) return "common";
  if (/^(.{1,4})\1+.{0,3}$/.test(plain)) return "common";
  if (isRun(core)) return "common";
  return null;
}

/** "abcdefghij", "9876543210": every step is the same, up or down. */
function isRun(text: string): boolean {
  if (text.length < 6) return false;
  const step = text.charCodeAt(1) - text.charCodeAt(0);
  if (Math.abs(step) !== 1) return false;
  for (let at = 1; at < text.length; at++) {
    const wraps = text[at - 1] === "9" && text[at] === "0";
    if (!wraps && text.charCodeAt(at) - text.charCodeAt(at - 1) !== step) return false;
  }
  return true;
}
