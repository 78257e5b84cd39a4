/** Weights of the first nine digits of a Vietnamese tax code. */
const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3] as const;

export type TaxCodeProblem = "form" | "checkDigit" | "neverIssued" | "branch";
export type TaxCode = { ok: true; code: string; parent: string | null } | { ok: false; problem: TaxCodeProblem };

/**
 * The tenth digit of a tax code: 10 − (Σ wᵢ·dᵢ mod 11). Null when that gives 10: such a number is never issued.
 * @param nine the first nine digits
 */
export function checkDigit(nine: string): number | null {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(nine[index]), 0);
  const digit = 10 - (sum % 11);
  return digit === 10 ? null : digit;
}

/**
 * Normalises what a person typed (blanks, dots, any dash, the letters "MST") and checks it.
 * Ten digits, or thirteen for a branch, stored as NNNNNNNNNN-NNN with branch 001–999. The first two digits are the tax
 * province of former times and tell nothing about today's place.
 */
export function parseTaxCode(typed: string): TaxCode {
  const bare = typed
    .normalize("NFKC")
    .replace(/^\s*(mst|mã số thuế|ma so thue)\s*[:.]?/i, "")
    .replace(/[\s.\-‐‑‒–—−_/]/g, "");
  if (!/^(\d{10}|\d{13})$/.test(bare)) return { ok: false, problem: "form" };
  const main = bare.slice(0, 10);
  if (main.slice(2, 9) === "0000000") return { ok: false, problem: "neverIssued" };
  const expected = checkDigit(main.slice(0, 9));
  if (expected === null) return { ok: false, problem: "neverIssued" };
  if (expected !== Number(main[9])) return { ok: false, problem: "checkDigit" };
  if (bare.length === 10) return { ok: true, code: main, parent: null };
  const branch = bare.slice(10);
  if (branch === "000") return { ok: false, problem: "branch" };
  return { ok: true, code: `${main}-${branch}`, parent: main };
}
