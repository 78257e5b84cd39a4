import type { ListingKind } from "~/generated/prisma/enums";
import type { Ctx } from "~/platform/context";
import { dateOnly } from "~/platform/ports/clock";
import { ENGINE, ENGINE_VERSION, type Engine } from "../domain/engine";
import { parseFacts } from "../domain/listing-facts";
import type { Reading } from "../domain/read-listing";
import { unpackReading } from "../domain/stored-reading";
import { loadRead, readPublished, sectorNamesOf } from "./corpus.server";
import { dictionaryState } from "./fresh-dictionary.server";

/** A listing that may be weighed against another one. */
export type Candidate = {
  id: string;
  kind: ListingKind;
  officeId: string;
  versionId: string;
  /** whose it is as far as that may be used; null for nobody known */
  ownerKey: string | null;
  /** last day on which it is on the shelf */
  expiresOn: Date | null;
  read: Reading;
};

const asCandidate = ({ listing, read }: Awaited<ReturnType<typeof readPublished>>[number]): Candidate => ({
  id: listing.id,
  kind: listing.kind,
  officeId: listing.officeId,
  versionId: listing.versionId,
  ownerKey: listing.ownerKey,
  expiresOn: listing.expiresOn,
  read,
});

type Row = Omit<Candidate, "expiresOn" | "read"> & {
  expiresOn: string | null;
  sectors: string[];
  sectorNames: string | null;
  facts: string;
  length: number;
  reading: string;
};
type Wanted = { ids: string[]; against: Reading };

/** Listings whose readings were kept and still hold: listing, engine and dictionary are those of then. */
async function loadStored(ctx: Pick<Ctx, "db">, ids: string[]): Promise<Row[]> {
  const { open } = await dictionaryState(ctx);
  // one value for all: a row each costs more than what it holds
  const [answer] = await ctx.db.$queryRaw<[{ rows: string | null }]>`
    SELECT json_agg(json_build_object('id', l.id, 'kind', l.kind, 'officeId', l.office_id, 'versionId', l.published_version_id,
      'ownerKey', CASE WHEN o.anonymous THEN NULL ELSE o.id END, 'expiresOn', t.expires_on, 'sectors', t.sectors,
      'sectorNames', t.sector_names, 'facts', jsonb_strip_nulls(t.facts)::text, 'length', t.length, 'reading', t.reading))::text AS rows
    FROM listing l
    JOIN listing_terms t ON t.listing_id = l.id AND t.row_version = l.row_version
    LEFT JOIN organisation o ON o.id = l.organisation_id
    WHERE l.id = ANY(${ids}::uuid[]) AND l.state = 'published' AND l.unconfirmed_at IS NULL
      AND t.engine_version = ${ENGINE_VERSION} AND t.revision >= ${open}::int AND t.reading IS NOT NULL`;
  return JSON.parse(answer.rows ?? "[]");
}

/**
 * Published listings to be weighed against one that was read, in the order of `ids`. In a large corpus nobody's texts are read for
 * it unless something about them changed since they were.
 */
export async function loadCandidates(
  ctx: Pick<Ctx, "db" | "clock">,
  { ids, against }: Wanted,
  large: boolean,
  engine: Engine = ENGINE,
): Promise<Candidate[]> {
  if (!large) return (await loadRead(ctx, ids, engine)).map(asCandidate);
  const sectorNames = await sectorNamesOf(ctx, engine);
  const found = new Map<string, Candidate>();
  for (const row of await loadStored(ctx, ids)) {
    if (row.sectorNames !== null && row.sectorNames !== sectorNames(row.sectors)) continue;
    const { facts, length, reading, sectors, sectorNames: _, expiresOn, ...rest } = row;
    const listing = { ...parseFacts(facts), id: row.id, kind: row.kind, sectorCodes: sectors };
    // the need's side is put into words, which takes all of them
    const read = unpackReading({ listing, length, reading }, against, { counted: row.kind === "need" });
    found.set(row.id, { ...rest, expiresOn: expiresOn === null ? null : dateOnly(expiresOn), read });
  }
  const absent = ids.filter((id) => !found.has(id));
  if (absent.length > 0)
    for (const loaded of await readPublished(ctx, absent, engine)) found.set(loaded.listing.id, asCandidate(loaded));
  return ids.flatMap((id) => found.get(id) ?? []);
}
