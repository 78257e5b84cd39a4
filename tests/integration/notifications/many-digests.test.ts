import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDigests } from "~/modules/notifications/index.server";
import { createDb } from "~/platform/db/client.server";
import { makeBroker } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

const PEOPLE = 1_500;
const EACH = 3;

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(async () => {
  await world?.close();
});

const db = () => world.container.ports.db;

/** Rows of these tables that any statement took in hand since the database was made. */
async function rowsRead(): Promise<number> {
  const [row] = await db().$queryRaw<{ read: number }[]>`
    SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read FROM pg_stat_user_tables WHERE relname IN ('notice', 'mail')`;
  return row?.read ?? 0;
}

describe("digests that fall due all at once", () => {
  it("are made by reading each notice a few times, though the planner has never counted them", async () => {
    const now = world.clock.now();
    const { officeId } = await makeBroker(world);
    // no statistics: nothing analyses these tables between their filling and what follows
    await db().$executeRaw`ALTER TABLE notice SET (autovacuum_enabled = false)`;
    await db().$executeRaw`ALTER TABLE mail SET (autovacuum_enabled = false)`;
    await db().$executeRaw`
      INSERT INTO person (id, office_id, email, full_name, locale, email_confirmed_at, created_at)
      SELECT gen_random_uuid(), ${officeId}::uuid, 'nguoi-' || n || '@nhieu.invalid', 'Người ' || n, 'vi', ${now}, ${now}
      FROM generate_series(1, ${PEOPLE}::int) n`;
    await db().$executeRaw`
      INSERT INTO notice (id, event_id, person_id, kind, subject_kind, subject_id, params, created_at, digest_due_at)
      SELECT gen_random_uuid(), gen_random_uuid(), p.id, 'listing-expired', 'listing', gen_random_uuid(), '{}', ${now}, ${now}
      FROM person p, generate_series(1, ${EACH}::int) WHERE p.email LIKE '%@nhieu.invalid'`;
    const before = await rowsRead();
    // what a connection counted is written down when it ends
    const own = createDb(world.databaseUrl, 1);
    let built = 0;
    for (let turn = await buildDigests({ ...world.system, db: own }); turn.more; ) {
      built += turn.built;
      turn = await buildDigests({ ...world.system, db: own });
    }
    await own.$disconnect();
    expect(built).toBe(PEOPLE);
    expect(await db().notice.count({ where: { digestDueAt: { not: null } } })).toBe(0);
    expect(await db().notice.count({ where: { digestMailId: { not: null } } })).toBe(PEOPLE * EACH);
    // reading all that is due once for every person would be several millions
    const read = (await rowsRead()) - before;
    expect(read).toBeGreaterThan(PEOPLE * EACH);
    expect(read).toBeLessThan(PEOPLE * EACH * 20);
  });
});
