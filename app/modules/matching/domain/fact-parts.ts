import type { Contribution, Missing } from "./evidence";
import type { InputFacts, InputLine, LineVerdict } from "./listing-input";
import { type CompareLine, pairLines } from "./pair-lines";
import { type SectorAffinity, sectorAgreement } from "./sector-affinity";
import type { Weights } from "./weights";

/** A reason and its strength, before points are known. */
export type Part = { strength: number; make: (points: number) => Contribution };
export type Facts = { parts: Part[]; missing: Missing[] };

type Sides = { mine: InputFacts; theirs: InputFacts; weights: Weights };

/** Above the budget by no more than this share, a price is worth a talk. */
const PRICE_NEAR = 1.25;
const MOST_LEVELS_SHORT = 3;

function lineParts({ mine, theirs, weights: { facts } }: Sides, compareLine: CompareLine): Facts {
  const parts: Part[] = [];
  const missing: Missing[] = [];
  let room = facts.mostLines;
  const worth: Record<Exclude<LineVerdict, "unknown">, number> = {
    meets: facts.meets,
    near: facts.near,
    fails: facts.fails,
  };
  for (const { asked, given, verdict } of pairLines(mine.lines, theirs.lines, compareLine)) {
    if (!given || verdict === "unknown") {
      missing.push({ kind: "line", asked, why: "unknown" });
      continue;
    }
    const strength = Math.min(worth[verdict] * (asked.must === false ? 0.5 : 1), room);
    room -= Math.max(strength, 0);
    parts.push({ strength, make: (points) => ({ kind: "line", verdict, asked, given: given as InputLine, points }) });
    if (verdict === "fails") missing.push({ kind: "line", asked, why: "fails" });
  }
  return { parts, missing };
}

function trlPart({ mine, theirs, weights: { facts } }: Sides): Facts {
  const asked = mine.trl;
  const given = theirs.trl;
  if (asked === null) return { parts: [], missing: [] };
  if (given === null) return { parts: [], missing: [{ kind: "trl", asked }] };
  const enough = given >= asked;
  const strength = enough ? facts.trlEnough : facts.trlShort * Math.min(asked - given, MOST_LEVELS_SHORT);
  return { parts: [{ strength, make: (points) => ({ kind: "trl", enough, asked, given, points }) }], missing: [] };
}

/** The lowest price asked against the highest sum the need can pay, both in đồng. */
function pricePart({ mine, theirs, weights: { facts } }: Sides): Part[] {
  const budget = mine.moneyMax ?? mine.moneyMin;
  const price = theirs.moneyMin ?? theirs.moneyMax;
  if (budget === null || price === null || budget <= 0) return [];
  const verdict = price <= budget ? "within" : price <= budget * PRICE_NEAR ? "near" : "above";
  const strength = { within: facts.priceWithin, near: facts.priceNear, above: facts.priceAbove }[verdict];
  return [{ strength, make: (points) => ({ kind: "price", verdict, budget, price, points }) }];
}

const LICENCES = ["exclusive_licence", "non_exclusive_licence", "sub_licence"];
/** What serves each kind of need: a form (Law on Technology Transfer, art. 5) or a right (art. 7). Other kinds exclude nothing. */
const SERVES: Record<string, { forms: readonly string[]; rights: readonly string[] }> = {
  buy_technology: { forms: ["standalone", "with_ip_transfer"], rights: ["assignment", ...LICENCES] },
  licence: { forms: ["with_ip_transfer", "franchise"], rights: LICENCES },
  buy_line_with_technology: { forms: ["with_equipment_sale", "in_investment_project"], rights: [] },
  joint_development: { forms: ["capital_contribution", "in_investment_project"], rights: [] },
};

/** What the need wants to get against the forms and rights the offering states. Silent when either side states none. */
function formPart({ mine, theirs, weights: { facts } }: Sides): Part[] {
  const wanted = mine.needTypes.filter((type) => SERVES[type]);
  if (wanted.length === 0 || wanted.length < mine.needTypes.length || theirs.forms.length + theirs.rights.length === 0)
    return [];
  const served = wanted.find(
    (type) =>
      SERVES[type]?.forms.some((form) => theirs.forms.includes(form)) ||
      SERVES[type]?.rights.some((right) => theirs.rights.includes(right)),
  );
  const type = served ?? wanted[0] ?? "";
  const fits = served !== undefined;
  return [
    { strength: fits ? facts.formFits : facts.formUnlike, make: (points) => ({ kind: "form", fits, type, points }) },
  ];
}

/** Everything but words: soft preferences, never filters. Strengths before the words' grip. */
export function factParts(
  sides: Sides,
  rules: { affinity: SectorAffinity; compareLine: CompareLine; now: Date },
): Facts {
  const { mine, theirs, weights } = sides;
  const { facts } = weights;
  const lines = lineParts(sides, rules.compareLine);
  const trl = trlPart(sides);
  const inPoints = [...lines.parts, ...trl.parts, ...pricePart(sides), ...formPart(sides)];
  if (theirs.ipStatus === "granted")
    inPoints.push({ strength: facts.granted, make: (points) => ({ kind: "granted", points }) });
  const province = mine.provinceCode;
  if (province !== null && province === theirs.provinceCode)
    inPoints.push({ strength: facts.province, make: (points) => ({ kind: "province", code: province, points }) });
  const age = (rules.now.getTime() - theirs.publishedAt.getTime()) / 86_400_000;
  if (age <= facts.freshDays) inPoints.push({ strength: facts.fresh, make: (points) => ({ kind: "fresh", points }) });
  const parts = inPoints.map((part) => ({ ...part, strength: part.strength * weights.scale.point }));
  const sector = sectorAgreement(mine.sectorCodes, theirs.sectorCodes, rules.affinity);
  if (sector) {
    const { level, code, affinity } = sector;
    parts.push({ strength: weights.sector * affinity, make: (points) => ({ kind: "sector", level, code, points }) });
  }
  return { parts, missing: [...lines.missing, ...trl.missing] };
}
