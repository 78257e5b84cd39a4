import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadDraft, saveDraft, startDraft, submitListing, withdrawListing } from "~/modules/listings/index.server";
import type { PersonActor } from "~/platform/context";
import { aDraft, aSubmitted, completeDraft, withReferenceData } from "../../factories/listings";
import { makeBroker, makeOrganisation, makePendingOrganisation, makePerson, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let owner: { organisationId: string; manager: PersonActor };
const db = () => world.container.ports.db;
const listing = (id: string) => db().listing.findUniqueOrThrow({ where: { id } });
const events = async (id: string) =>
  (await db().outboxEvent.findMany({ where: { subjectId: id }, orderBy: { seq: "asc" } })).map((row) => row.type);

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 12 });
  broker = await makeBroker(world);
  owner = await makeOrganisation(world, { broker });
  await withReferenceData(world);
});
afterAll(() => world.close());

describe("draft", () => {
  it("keeps anything as typed and shows it again", async () => {
    const { listingId } = must(
      await startDraft(world.ctx(owner.manager), { kind: "need", organisationId: owner.organisationId }),
    );
    const start = await loadDraft(world.ctx(owner.manager), listingId);
    expect(start?.draft).toMatchObject({
      contactEmail: owner.manager.email,
      provinceCode: "22",
      expiresOn: "23/05/2027",
    });
    const values = { ...completeDraft(world, "need"), moneyMin: "chừng vài tỷ", neededBy: "sau Tết" };
    must(await saveDraft(world.ctx(owner.manager), { listingId, revision: 0, values }));
    expect((await loadDraft(world.ctx(owner.manager), listingId))?.draft).toEqual(values);
    expect(await events(listingId)).toEqual([]);
  });

  it("two tabs: the second is told, nothing is overwritten, and it can still save on top", async () => {
    const made = await aDraft(world, "need", { owner, broker });
    const ctx = world.ctx(owner.manager);
    const one = completeDraft(world, "need", { title: "Bản của thẻ thứ nhất" });
    const two = completeDraft(world, "need", { title: "Bản của thẻ thứ hai" });
    const first = must(await saveDraft(ctx, { listingId: made.listingId, revision: made.revision, values: one }));
    const refused = await saveDraft(ctx, { listingId: made.listingId, revision: made.revision, values: two });
    expect(refused).toMatchObject({
      ok: false,
      code: "listings:error.draftConflict",
      params: { revision: first.revision },
    });
    expect((await loadDraft(ctx, made.listingId))?.draft.title).toBe("Bản của thẻ thứ nhất");
    must(await saveDraft(ctx, { listingId: made.listingId, revision: first.revision, values: two }));
    expect(await submitListing(ctx, { listingId: made.listingId, revision: first.revision })).toMatchObject({
      code: "listings:error.draftConflict",
    });
    const parallel = await Promise.all(
      [one, two, one, two].map((values, at) =>
        saveDraft(ctx, {
          listingId: made.listingId,
          revision: first.revision + 1,
          values: { ...values, title: `Cùng lúc ${at}` },
        }),
      ),
    );
    expect(parallel.filter((result) => result.ok)).toHaveLength(1);
  });

  it("is nobody else's: other members and outsiders get 'not found'", async () => {
    const made = await aDraft(world, "need", { owner, broker });
    const stranger = await makeOrganisation(world, { broker });
    for (const actor of [stranger.manager, broker]) {
      expect(await loadDraft(world.ctx(actor), made.listingId)).toBeNull();
      expect(
        await saveDraft(world.ctx(actor), {
          listingId: made.listingId,
          revision: 1,
          values: completeDraft(world, "need"),
        }),
      ).toMatchObject({ code: "common:notFound" });
      expect(await withdrawListing(world.ctx(actor), { listingId: made.listingId })).toMatchObject({
        code: "common:notFound",
      });
    }
    expect(
      await startDraft(world.ctx(stranger.manager), { kind: "need", organisationId: owner.organisationId }),
    ).toMatchObject({ code: "listings:error.notMember" });
  });
});

describe("submit", () => {
  it("lists every missing ★ field of a need, and of an offering, at once", async () => {
    for (const [kind, fields] of [
      [
        "need",
        [
          "title",
          "description",
          "currentTechnology",
          "lines",
          "sectorMain",
          "needTypes",
          "moneyMin",
          "funding",
          "neededBy",
        ],
      ],
      [
        "offering",
        [
          "title",
          "summary",
          "description",
          "problemSolved",
          "advantages",
          "sectorMain",
          "trl",
          "objects",
          "forms",
          "methods",
          "rights",
          "ipType",
          "priceModel",
        ],
      ],
    ] as const) {
      const { listingId } = must(
        await startDraft(world.ctx(owner.manager), { kind, organisationId: owner.organisationId }),
      );
      const result = await submitListing(world.ctx(owner.manager), { listingId, revision: 0 });
      expect(result).toMatchObject({ ok: false, code: "listings:error.incomplete" });
      if (!result.ok)
        for (const field of fields) expect(Object.keys(result.fields ?? {}), `${kind} ${field}`).toContain(field);
      expect((await listing(listingId)).state).toBe("draft");
    }
  });
  it("names the cell of a bad line, the unknown sector and the commune of another province", async () => {
    const bad = await aDraft(world, "need", {
      owner,
      broker,
      draft: {
        sectorMain: "XXX-99",
        lines: [{ name: "", comparison: "gte", value: "5", unit: "", must: "must", condition: "" }],
      },
    });
    const first = await submitListing(world.ctx(owner.manager), { listingId: bad.listingId, revision: 1 });
    expect(first.ok ? {} : first.fields).toEqual({ "lines[0].name": ["listings:error.lineName"] });
    const codes = await aDraft(world, "need", { owner, broker, draft: { sectorMain: "XXX-99", provinceCode: "01" } });
    const second = await submitListing(world.ctx(owner.manager), { listingId: codes.listingId, revision: 1 });
    expect(second.ok ? {} : second.fields).toEqual({
      sectorMain: ["listings:error.choose"],
      communeCode: ["listings:error.communeElsewhere"],
    });
  });
  it("waits for a verified organisation and says so", async () => {
    const person = await makePerson(world);
    const alone = must(await startDraft(world.ctx(person.actor), { kind: "need", organisationId: null }));
    must(
      await saveDraft(world.ctx(person.actor), {
        listingId: alone.listingId,
        revision: 0,
        values: completeDraft(world, "need"),
      }),
    );
    expect(await submitListing(world.ctx(person.actor), { listingId: alone.listingId, revision: 1 })).toMatchObject({
      code: "listings:error.noOrganisation",
    });
    const { organisationId, actor } = await makePendingOrganisation(world, person.actor);
    const saved = must(
      await saveDraft(world.ctx(actor), {
        listingId: alone.listingId,
        revision: 1,
        values: completeDraft(world, "need"),
        organisationId,
      }),
    );
    expect(
      await submitListing(world.ctx(actor), { listingId: alone.listingId, revision: saved.revision }),
    ).toMatchObject({ code: "listings:error.notVerified" });
  });
  it("opens a review due on the third working day and stores what was typed as facts", async () => {
    const made = await aSubmitted(world, "need", { owner, broker });
    // Monday 23 November 2026 and three working days; Tuesday the 24th is a public holiday
    expect(made.dueOn.toISOString().slice(0, 10)).toBe("2026-11-27");
    const version = await db().listingVersion.findUniqueOrThrow({
      where: { id: made.versionId },
      include: { lines: { orderBy: { position: "asc" } }, texts: true },
    });
    expect(version).toMatchObject({
      number: 1,
      moneyMin: 1_250_000_000n,
      moneyMax: 2_000_000_000n,
      communeCode: "06652",
      sectorCodes: ["NNC-01"],
    });
    expect(
      version.lines.map((line) => [
        line.comparison,
        line.minValue?.toNumber() ?? null,
        line.maxValue?.toNumber() ?? null,
        line.unit,
        line.must,
      ]),
    ).toEqual([
      ["gte", 240, null, "m³/ngày", true],
      ["lte", null, 75, "mg/l", false],
    ]);
    expect(await events(made.listingId)).toEqual(["listing.submitted"]);
    expect(
      await saveDraft(world.ctx(owner.manager), {
        listingId: made.listingId,
        revision: 1,
        values: completeDraft(world, "need"),
      }),
    ).toMatchObject({ code: "listings:error.notEditable" });
    expect(await submitListing(world.ctx(owner.manager), { listingId: made.listingId, revision: 1 })).toMatchObject({
      code: "listings:error.notEditable",
    });
  });
});
