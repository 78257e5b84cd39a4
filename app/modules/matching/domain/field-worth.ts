import { WEIGHTS, type Weights } from "./weights";

/** Fields of the listing form by what the engine reads of them. */
const WORD_FIELDS = {
  need: {
    title: "title",
    summary: "summary",
    keywords: "keywords",
    description: "body",
    currentTechnology: "body",
    tried: "body",
  },
  offering: {
    title: "title",
    summary: "summary",
    keywords: "keywords",
    description: "body",
    problemSolved: "body",
    principle: "body",
    advantages: "body",
  },
} as const;

/**
 * Points (0–100) that each field of a form can bring a match, for advice to whoever fills it in. Facts bring what the
 * weights say. Of words no single field's worth is fixed: all together they have to bring `grip` points before sector and
 * facts count in full, and each place brings its share of that by its weight.
 */
export function fieldWorth(kind: "need" | "offering", weights: Weights = WEIGHTS): Record<string, number> {
  const { facts, scale, text, sector } = weights;
  const words = Object.entries(WORD_FIELDS[kind]);
  const total = words.reduce((sum, [, place]) => sum + text[place], 0);
  const inWords = Object.fromEntries(words.map(([field, place]) => [field, (scale.grip * text[place]) / total]));
  const both = {
    ...inWords,
    sectorMain: sector / scale.point,
    lines: facts.mostLines,
    scaleMin: facts.meets,
    trl: facts.trlEnough,
    moneyMin: facts.priceWithin,
    provinceCode: facts.province,
  };
  return kind === "need"
    ? { ...both, needTypes: facts.formFits }
    : { ...both, forms: facts.formFits, ipStatus: facts.granted };
}
