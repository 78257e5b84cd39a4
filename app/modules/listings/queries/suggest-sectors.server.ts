import type { Ctx } from "~/platform/context";
import {
  type ClassifiableText,
  createSectorClassifier,
  type SectorClassifier,
  type SectorGuess,
} from "../domain/classify-sector";
import type { SectorNode } from "../domain/types";
import { listSectors } from "./list-sectors.server";

const built = new WeakMap<SectorNode[], SectorClassifier>();

/** The classifier over the sectors in force; built once per loaded tree (a fifth of a second). */
export async function sectorClassifier(ctx: Pick<Ctx, "db" | "clock">): Promise<SectorClassifier> {
  const tree = await listSectors(ctx);
  const known = built.get(tree);
  if (known) return known;
  const classifier = createSectorClassifier(
    tree.flatMap((field) => field.children.map((sector) => ({ ...sector, parentCode: field.code }))),
  );
  built.set(tree, classifier);
  return classifier;
}

/**
 * Sectors that fit a text, best first, at most three, none when nothing fits. A suggestion for forms and reviewers: a
 * person decides. `score` runs from 0 to 1.
 */
export async function suggestSectors(ctx: Pick<Ctx, "db" | "clock">, text: ClassifiableText): Promise<SectorGuess[]> {
  return (await sectorClassifier(ctx))(text);
}
