import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";

/**
 * Files the listings anew whose version names this sector or one that was merged into it: the copies that lists, search and
 * matching go by follow the sectors as they are now. Versions keep what they were written with. @returns how many moved
 */
export async function refileListings(tx: Tx, ctx: Ctx, code: string): Promise<number> {
  return tx.$executeRaw`
    WITH touched AS (
      SELECT array_agg(code) AS codes FROM sector WHERE code = ${code} OR replaced_by_code = ${code}
    ), named AS (
      SELECT l.id, coalesce(s.replaced_by_code, one.code) AS code, min(one.at) AS at
      FROM touched, listing l JOIN listing_version v ON v.id = l.published_version_id
        CROSS JOIN LATERAL unnest(v.sector_codes) WITH ORDINALITY AS one(code, at)
        LEFT JOIN sector s ON s.code = one.code
      WHERE v.sector_codes && touched.codes
      GROUP BY 1, 2
    ), placed AS (
      SELECT id, array_agg(code ORDER BY at) AS codes FROM named GROUP BY id
    )
    UPDATE listing l
       SET sector_codes = placed.codes, sector_main = placed.codes[1], row_version = l.row_version + 1, updated_at = ${ctx.clock.now()}
      FROM placed WHERE l.id = placed.id AND l.sector_codes <> placed.codes`;
}
