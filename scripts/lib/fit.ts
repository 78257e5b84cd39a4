/** Fits the engine's text and sector weights, and the strength of a point, on judged needs. Deterministic. */
import { measuring } from "~/modules/matching/index.server";
import { type Features, strengthsOf } from "./fit-features";
import { seeded } from "./random";
import { auc, isAnswerable, mean, ndcg10 } from "./run-score";

type Weights = measuring.Weights;
type Grades = ReadonlyMap<string, ReadonlyMap<string, number>>;
type Seen = { ndcg: number; top: number; topWithout: number };
export type Fit = {
  weights: Weights /** of the training needs, by the fitted weights */;
  objective: number;
  tried: number;
};

/** Where every fit begins: textbook BM25F, all fields but the title alike. */
const START = {
  title: 2,
  summary: 1,
  keywords: 1,
  body: 1,
  sector: 1,
  k1: 1.2,
  b: 0.75,
  k3: 4,
  word: 1,
  pair: 1,
  common: 0,
  otherAccents: 0.25,
  title2: 0,
  concept: 1,
  general: 1,
} as const;
/** Values tried one parameter at a time, in this order. `body` and `pair` stay 1: only shares matter. */
const GRID: { [K in keyof typeof START]?: readonly number[] } = {
  concept: [0.5, 1, 1.5, 2, 2.5, 3],
  general: [0, 0.25, 0.5, 1],
  sector: [0, 0.5, 1, 1.5, 2],
  word: [0.5, 0.7, 0.85, 1, 1.25],
  common: [0, 0.3, 0.6, 0.9, 1.2],
  title: [1, 1.5, 2, 2.5, 3],
  summary: [0.7, 1, 1.5],
  keywords: [0.7, 1, 1.5, 2],
  k1: [0.8, 1.2, 1.6, 2],
  b: [0.3, 0.45, 0.6, 0.75],
  k3: [1, 2, 4, 8],
  otherAccents: [0.1, 0.25, 0.5],
  title2: [0, 0.1, 0.25],
};
const SECTORS = [20, 40, 60, 80, 100];
const START_SECTOR = 40;
const ROUNDS = 2;
/** A step must gain this much, so that chance does not lead. */
const LEAST_GAIN = 0.0015;
/** What telling an answer from none counts beside ranking. */
const AUC_SHARE = 0.5;

/** Values of one weighing for every judged need, kept so that fits on other needs cost nothing. */
export class Trials {
  private readonly kept = new Map<string, Map<string, Seen>>();
  constructor(
    private readonly features: Features,
    private readonly grades: Grades,
  ) {}

  get size(): number {
    return this.kept.size;
  }

  see(weights: Weights): Map<string, Seen> {
    const key = JSON.stringify([weights.text, weights.sector]);
    const known = this.kept.get(key);
    if (known) return known;
    const seen = new Map<string, Seen>();
    for (const { needId, pairs } of this.features.needs) {
      const grades = this.grades.get(needId);
      if (!grades || !isAnswerable(grades)) continue;
      const strengths = strengthsOf(this.features, pairs, weights);
      const ranked = pairs
        .map(({ offeringId }, at) => ({ id: offeringId, strength: strengths[at] ?? 0 }))
        .sort((a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1));
      seen.set(needId, {
        ndcg: ndcg10(
          ranked.map(({ id }) => id),
          grades,
        ),
        top: ranked[0]?.strength ?? 0,
        topWithout: ranked.find(({ id }) => (grades.get(id) ?? 0) < 1)?.strength ?? 0,
      });
    }
    this.kept.set(key, seen);
    return seen;
  }
}

function objectiveOf(seen: ReadonlyMap<string, Seen>, needIds: readonly string[]): number {
  const own = needIds.flatMap((id) => seen.get(id) ?? []);
  return (
    mean(own.map(({ ndcg }) => ndcg)) +
    AUC_SHARE *
      (auc(
        own.map(({ top }) => top),
        own.map(({ topWithout }) => topWithout),
      ) ?? 0)
  );
}

/** Coordinate ascent from the textbook start over the grid. */
function ascend(trials: Trials, needIds: readonly string[]): Weights {
  let weights: Weights = { ...measuring.WEIGHTS, text: { ...START }, sector: START_SECTOR };
  let best = objectiveOf(trials.see(weights), needIds);
  const tryOne = (next: Weights) => {
    const value = objectiveOf(trials.see(next), needIds);
    if (value <= best + LEAST_GAIN) return;
    best = value;
    weights = next;
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, values] of Object.entries(GRID))
      for (const value of values) tryOne({ ...weights, text: { ...weights.text, [name]: value } });
    for (const sector of SECTORS) tryOne({ ...weights, sector });
  }
  return weights;
}

/**
 * Strength at which a first place is as likely an answer as the best of what is left without one: logistic regression of the two
 * kinds of first places, by Newton's method on a standardised strength.
 */
function evenStrength(seen: ReadonlyMap<string, Seen>, needIds: readonly string[]): number {
  const rows = needIds.flatMap((id) => {
    const one = seen.get(id);
    return one
      ? [
          { x: one.top, y: 1 },
          { x: one.topWithout, y: 0 },
        ]
      : [];
  });
  const centre = mean(rows.map(({ x }) => x));
  const spread = Math.sqrt(mean(rows.map(({ x }) => (x - centre) ** 2))) || 1;
  let [a, b] = [0, 1];
  for (let step = 0; step < 50; step++) {
    // a little ridge keeps separable samples finite
    let [ga, gb, haa, hab, hbb] = [0, -0.1 * b, 1e-6, 0, 0.1];
    for (const { x, y } of rows) {
      const z = (x - centre) / spread;
      const p = 1 / (1 + Math.exp(-(a + b * z)));
      ga += y - p;
      gb += (y - p) * z;
      haa += p * (1 - p);
      hab += p * (1 - p) * z;
      hbb += p * (1 - p) * z * z;
    }
    const det = haa * hbb - hab * hab;
    a += (hbb * ga - hab * gb) / det;
    b += (haa * gb - hab * ga) / det;
  }
  return centre - (a / b) * spread;
}

const averageOf = (all: readonly Weights[]): Weights => {
  const [first] = all;
  if (!first) throw new Error("nothing was fitted");
  const round = (value: number) => Math.round(value * 100) / 100;
  const text = Object.fromEntries(
    Object.keys(first.text).map((name) => [
      name,
      round(mean(all.map((one) => one.text[name as keyof Weights["text"]]))),
    ]),
  ) as Weights["text"];
  return { ...first, text, sector: Math.round(mean(all.map(({ sector }) => sector))) };
};

/**
 * Weights for these needs: the mean of fits on resampled groups (one fit follows chance more than their mean), then the strength
 * of a point such that MATCH_THRESHOLD is the even strength.
 */
export function fitWeights(
  trials: Trials,
  needIds: readonly string[],
  groupOf: ReadonlyMap<string, string>,
  { bags = 4, seed = 1 }: { bags?: number; seed?: number } = {},
): Fit {
  const groups = new Map<string, string[]>();
  for (const id of needIds) groups.set(groupOf.get(id) ?? id, [...(groups.get(groupOf.get(id) ?? id) ?? []), id]);
  const all = [...groups.values()];
  const { next: random } = seeded(seed);
  const fits = Array.from({ length: bags }, (_, bag) =>
    ascend(trials, bag === 0 ? needIds : all.flatMap(() => all[Math.floor(random() * all.length)] ?? [])),
  );
  const mixed = averageOf(fits);
  const seen = trials.see(mixed);
  const point = Math.round((evenStrength(seen, needIds) / measuring.MATCH_THRESHOLD) * 100) / 100;
  return {
    weights: { ...mixed, scale: { ...mixed.scale, point } },
    objective: objectiveOf(seen, needIds),
    tried: trials.size,
  };
}
