import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { personActor } from "~/modules/accounts/index.server";
import { openOutcomesOf } from "~/modules/deals/index.server";
import { visibleTo } from "~/modules/listings/index.server";
import { brokerHome } from "~/modules/reports/index.server";
import { demoCollection, seedExchange } from "../../../prisma/seed/seed-exchange";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
const lines: string[] = [];
/** A part of the collection that holds good matches for the demo needs. */
const part = () =>
  demoCollection().filter((row) =>
    ["O001", "O002", "O004", "O018", "O026", "O268", "O278", "O049", "O053", "N011", "N077"].includes(String(row.id)),
  );
const seed = () => seedExchange({ ...world.system, requestId: crypto.randomUUID() }, (line) => lines.push(line), part);

/** Every table by its number of rows. */
async function counts({ system } = world): Promise<Record<string, number>> {
  const tables = await system.db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await system.db.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${name}"`);
    found[name] = row?.n ?? 0;
  }
  return found;
}

beforeAll(async () => {
  world = await openTestWorld();
  await seed();
}, 120_000);
afterAll(() => world.close());

describe("the demo exchange", () => {
  it("holds listings at every stage of this half, all of the two demo organisations", async () => {
    const { db } = world.system;
    const listings = await db.listing.findMany({
      where: { origin: { not: "imported" } },
      include: { organisation: true, reviews: true },
    });
    const states: Record<string, number> = {};
    for (const { state } of listings) states[state] = (states[state] ?? 0) + 1;
    expect(states).toEqual({
      draft: 3,
      submitted: 2,
      changes_requested: 1,
      rejected: 1,
      published: 6,
      expired: 1,
      withdrawn: 1,
    });
    expect(listings.every((listing) => listing.organisation?.nameVi.endsWith("(demo)"))).toBe(true);
    expect(listings.filter((listing) => listing.visibility === "blind" && listing.state === "published")).toHaveLength(
      1,
    );
    const onBehalf = listings.filter((listing) => listing.onBehalf);
    expect(onBehalf).toMatchObject([{ state: "published", onBehalfConfirmedAt: null, origin: "broker" }]);
    expect(listings.flatMap((listing) => listing.reviews).filter((review) => review.state === "open")).toHaveLength(2);
  });

  it("holds shortlisted and dismissed matches and open interests, and the pair that belongs together first", async () => {
    const { db } = world.system;
    const decided = await db.match.groupBy({ by: ["decision"], _count: true, where: { decision: { not: "none" } } });
    expect(decided.map(({ decision, _count }) => [decision, _count]).sort()).toEqual([
      ["dismissed", 1],
      // two by hand, four more that became cases
      ["shortlisted", 6],
    ]);
    const interests = await db.interest.findMany({ where: { state: "open" } });
    expect(interests.map((interest) => interest.kind).sort()).toEqual(["ask_broker", "can_solve"]);
    const best = await db.match.findFirst({
      where: { need: { publishedVersion: { texts: { some: { title: { contains: "khử mangan" } } } } } },
      orderBy: { score: "desc" },
      include: { offering: { include: { organisation: true } } },
    });
    expect(best?.offering.organisation?.nameVi).toBe("Viện trình diễn (demo)");
  });

  it("holds a case parked at every stage, answered by the demo organisations only", async () => {
    const { db } = world.system;
    const cases = await db.brokerCase.findMany({ include: { introductions: { include: { sides: true } } } });
    const stages = cases.map((one) => one.introductions[0]?.state ?? one.state);
    expect([...new Set(stages)].sort()).toEqual(["accepted", "closed", "declined", "expired", "open", "proposed"]);
    const sides = cases.flatMap((one) => one.introductions.flatMap((introduction) => introduction.sides));
    const answered = sides.filter((side) => side.state !== "asked").map((side) => side.organisationId);
    const demo = await db.organisation.findMany({ where: { nameVi: { endsWith: "(demo)" } }, select: { id: true } });
    expect(answered.every((id) => demo.some((organisation) => organisation.id === id))).toBe(true);
    // the enterprise's login has one to answer
    const waiting = cases
      .flatMap((one) => one.introductions)
      .filter((introduction) => introduction.state === "proposed");
    const own = waiting.map((introduction) => introduction.sides.find((side) => side.side === "need")?.state);
    expect(own).toContain("asked");
  });

  it("holds what came of introductions: stopped, agreed without a deal, a contradiction and a question that wait", async () => {
    const { db } = world.system;
    const broker = await db.person.findFirstOrThrow({ where: { email: { startsWith: "moi-gioi@" } } });
    const enterprise = await db.person.findFirstOrThrow({ where: { email: { startsWith: "doanh-nghiep@" } } });
    const home = await brokerHome(world.ctx(await personActor(world.system, broker.id)));
    const keys = home?.waiting.map((item) => item.key) ?? [];
    expect(keys.filter((key) => key === "outcome.conflict")).toHaveLength(1);
    expect(keys.filter((key) => key === "outcome.agreed")).toHaveLength(1);
    expect(home?.figures.outcomes).toBe(2);
    const open = await openOutcomesOf(world.ctx(await personActor(world.system, enterprise.id)));
    expect(open.length).toBeGreaterThan(0);
    expect(await db.outcomeQuestion.count({ where: { resolution: "stopped" } })).toBe(2);
  });

  it("holds a deal at every stage and exit, between the demo organisations, registered by the registrar only", async () => {
    const { db } = world.system;
    const deals = await db.deal.findMany({ include: { transferor: true, transferee: true, events: true } });
    const stages = new Set(deals.filter((deal) => deal.status === "active").map((deal) => deal.stage));
    expect([...stages].sort()).toEqual(
      ["negotiation", "mou", "drafting", "signed", "registration_filed", "registered", "performing", "accepted"].sort(),
    );
    expect(new Set(deals.map((deal) => deal.status)).size).toBe(5);
    expect(new Set(deals.map((deal) => deal.origin)).size).toBe(4);
    for (const { transferor, transferee } of deals)
      expect([transferor?.nameVi, transferee?.nameVi].every((name) => name?.endsWith("(demo)"))).toBe(true);
    const registered = deals.flatMap((deal) => deal.events.filter((event) => event.command === "register"));
    expect(registered.length).toBeGreaterThan(2);
    expect(registered.every((event) => event.byRole === "registrar")).toBe(true);
    // one contract's ninety days end within weeks
    const soon = new Date(world.clock.now().getTime() + 21 * 86_400_000);
    expect(await db.due.count({ where: { kind: "registration.file", state: "open", dueOn: { lte: soon } } })).toBe(1);
  });

  it("leaves imported listings to nobody's queue, and the demo people's events to the workers", async () => {
    const { db } = world.system;
    const waiting = await db.outboxEvent.findMany({ where: { relayedAt: null } });
    const imported = new Set(
      (await db.listing.findMany({ where: { origin: "imported" }, select: { id: true } })).map((row) => row.id),
    );
    expect(waiting.filter((event) => imported.has(event.subjectId))).toEqual([]);
    expect(waiting.some((event) => event.type === "listing.published")).toBe(true);
    expect(waiting.some((event) => event.type === "listing.changes-requested")).toBe(true);
  });

  it("changes nothing when it runs again", async () => {
    const before = await counts();
    await seed();
    expect(await counts()).toEqual(before);
  }, 60_000);

  it("goes on where it was broken off, with the same result", async () => {
    const broken = await openTestWorld();
    const begun = counts(world);
    for (const stage of [/^Reference/, /^Imported/, /^Demo listings/, /^Search index/, null]) {
      const say = (line: string) => {
        if (stage?.test(line)) throw new Error("broken off");
      };
      const run = seedExchange({ ...broken.system, requestId: crypto.randomUUID() }, say, part);
      await (stage ? expect(run).rejects.toThrow("broken off") : run);
    }
    expect(await counts(broken)).toEqual(await begun);
    await broken.close();
  }, 120_000);

  it("leaves alone what visitors changed", async () => {
    const { db } = world.system;
    const draft = await db.listing.findFirstOrThrow({ where: { state: "draft", kind: "need" } });
    await db.listing.update({ where: { id: draft.id }, data: { draft: { title: "Khách đã sửa" }, draftRevision: 7 } });
    await seed();
    expect((await db.listing.findUniqueOrThrow({ where: { id: draft.id } })).draft).toEqual({ title: "Khách đã sửa" });
    expect(await db.listing.count({ where: { origin: { not: "imported" } } })).toBe(15);
  }, 60_000);

  it("shows the public nothing of drafts, queues and refusals", async () => {
    const seen = await world.system.db.listing.findMany({
      where: { AND: [{ origin: { not: "imported" } }, visibleTo({ kind: "anonymous" }, world.clock.now())] },
    });
    expect(seen.map((listing) => listing.state)).toEqual(Array.from({ length: 6 }, () => "published"));
  });

  it("is not part of production: only reference data there", async () => {
    const production = await openTestWorld();
    const said: string[] = [];
    await seedExchange({ ...production.system, env: { ...production.env, APP_MODE: "production" } }, (line) =>
      said.push(line),
    );
    expect(said).toHaveLength(1);
    expect(await production.system.db.person.count()).toBe(0);
    expect(await production.system.db.sector.count()).toBe(94);
    await production.close();
  });
});
