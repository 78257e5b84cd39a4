import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadDraft, previewDraft, viewListing, writeDraft } from "~/modules/listings/index.server";
import type { PersonActor } from "~/platform/context";
import { aDraft, aPublished, approve, aSubmitted, type DraftOver } from "../../factories/listings";
import { makeBroker, makeOrganisation, must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let owner: { organisationId: string; manager: PersonActor };

beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
  owner = await makeOrganisation(world, { broker });
});
afterAll(() => world.close());

const WHOLE: DraftOver = {
  titleOther: "Membrane bioreactor for seafood waste water",
  descriptionOther: "Hollow-fibre membranes behind an aerobic tank.",
  principle: "Hiếu khí, màng sợi rỗng, rửa ngược tự động.",
  operatingConditions: "Mặt bằng 60 m², 15 kW, một người vận hành.",
  trlEvidence: "Biên bản chạy thử 6 tháng.",
  support: "Đào tạo 3 người trong 5 ngày.",
  scaleMin: "100",
  scaleMax: "1.200,5",
  scaleUnit: "m³/ngày",
  unitCost: "12 triệu",
  unitCostPer: "m³/ngày",
  paybackMonths: "30",
  transferMonths: "4",
  warrantyMonths: "24",
  owners: [
    { type: "institute", name: "Viện thử nghiệm", share: "66,7" },
    { type: "enterprise", name: "Công ty thử nghiệm", share: "33,3" },
  ],
  ipTitles: [{ type: "utility_solution", status: "filed", number: "2-2023-00123" }],
  sites: [
    { name: "Nhà máy Cái Rồng, 300 m³/ngày", province: "22", year: "2024", contact: "Ông Xác Nhận 0912 000 111" },
  ],
  tests: [{ body: "Trung tâm quan trắc", number: "12/2025", date: "05/03/2025", result: "COD 48 mg/l" }],
  originFunding: "state_task",
  originTaskCode: "ĐTKH.12/2023",
  originAcceptedYear: "2024",
  ownershipDecision: "QĐ 55/QĐ-SKHCN ngày 02/02/2025",
  resultCertificate: "22-2025-007",
};

describe("the whole form", () => {
  it("comes back from its version as it was typed, and readers see what the preview showed", async () => {
    const made = await aDraft(world, "offering", { owner, broker, draft: WHOLE });
    const ctx = world.ctx(owner.manager);
    const before = await loadDraft(ctx, made.listingId);
    const preview = await previewDraft(ctx, made.listingId, "public");
    const form = new FormData();
    form.set("intent", "submit");
    form.set("revision", String(made.revision));
    const sent = await writeDraft(ctx, { listingId: made.listingId, step: "review", form, uploads: { pictures: [] } });
    const submitted = must(sent.result).submitted;
    if (!submitted?.reviewId) throw new Error("not sent for review");
    must(await approve(world.ctx(broker), submitted.reviewId));
    expect((await loadDraft(ctx, made.listingId))?.draft).toEqual({
      ...before?.draft,
      neededBy: "",
      // the same number without its dot; an offering's lines are all of one kind
      scaleMax: "1200,5",
      lines: before?.draft.lines.map((line) => ({ ...line, must: "must" })),
    });

    const seen = await viewListing(world.ctx(), made.listingId);
    const same = [
      "title",
      "texts",
      "lines",
      "facts",
      "details",
      "pictures",
      "organisation",
      "contact",
      "ipNumber",
      "originTaskCode",
    ] as const;
    // a draft's rows are not stored yet: their ids and places differ, and what is not stated is absent where a row says null
    const stated = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify({ value }, (key, one) =>
          ["id", "versionId", "position"].includes(key) || one === null ? undefined : one,
        ),
      );
    for (const part of same) expect(stated(seen?.[part]), part).toEqual(stated(preview?.[part]));
    expect(seen?.details?.owners?.map(({ share }) => share)).toEqual([66.7, 33.3]);
    expect(seen?.facts).toMatchObject({
      scaleMax: 1200.5,
      unitCost: 12_000_000,
      paybackMonths: 30,
      originFunding: "state_task",
    });
    // who confirms a reference is told to brokers only
    expect(JSON.stringify(seen)).not.toContain("Xác Nhận");
    expect(JSON.stringify(await viewListing(world.ctx(broker), made.listingId))).toContain("Xác Nhận");
  });

  it("of a blind offering tells nobody whose it is, in the preview neither", async () => {
    const draft = { ...WHOLE, visibility: "blind" };
    const made = await aPublished(world, "offering", { owner, broker, draft });
    const told = [
      "Viện thử nghiệm",
      "Cái Rồng",
      "12/2025",
      "55/QĐ",
      "22-2025-007",
      "ĐTKH.12",
      "2-2023-00123",
      "chạy thử 6 tháng",
    ];
    const waiting = await aDraft(world, "offering", { owner, broker, draft });
    for (const view of [
      await viewListing(world.ctx(), made.listingId),
      await previewDraft(world.ctx(owner.manager), waiting.listingId, "public"),
    ]) {
      expect(view?.title).toMatch(/^Công nghệ xử lý nước thải MBR/);
      for (const words of told) expect(JSON.stringify(view)).not.toContain(words);
    }
  });

  it("shares that do not add up, and nonsense in cells, are named where they stand", async () => {
    const made = await aDraft(world, "offering", {
      owner,
      broker,
      draft: {
        owners: [{ type: "institute", name: "Viện", share: "60" }],
        lines: [
          { name: "Công suất", comparison: "gte", value: "1e30", unit: "", must: "", condition: "" },
          { name: "Áp suất", comparison: "gte", value: "99999999999999999999", unit: "bar", must: "", condition: "" },
        ],
        warrantyMonths: "-3",
        originAcceptedYear: "0",
      },
    });
    const form = new FormData();
    form.set("intent", "submit");
    form.set("revision", String(made.revision));
    const { result } = await writeDraft(world.ctx(owner.manager), {
      listingId: made.listingId,
      step: "review",
      form,
      uploads: { pictures: [] },
    });
    expect(result.ok ? {} : result.fields).toMatchObject({
      owners: ["posting:error.shares"],
      "lines[1].value": ["posting:error.numberLarge"],
      warrantyMonths: ["posting:error.months"],
      originAcceptedYear: ["posting:error.year"],
    });
  });
});

describe("one step of the form", () => {
  const post = (entries: [string, string][]) => {
    const form = new FormData();
    for (const [name, value] of entries) form.append(name, value);
    return form;
  };

  it("leaves the other steps alone, clears what it shows and is empty, and keeps odd characters out of the database", async () => {
    const made = await aDraft(world, "need", { owner, broker });
    const ctx = world.ctx(owner.manager);
    const form = post([
      ["intent", "save"],
      ["revision", String(made.revision)],
      ["has", "needTypes"],
      ["neededBy", "không\u0000 rõ\u202e"],
    ]);
    must((await writeDraft(ctx, { listingId: made.listingId, step: "terms", form, uploads: { pictures: [] } })).result);
    const draft = (await loadDraft(ctx, made.listingId))?.draft;
    expect(draft).toMatchObject({ needTypes: [], funding: ["own"], neededBy: "không rõ\u202e" });
    expect(draft?.lines).toHaveLength(2);
  });

  it("stores nothing of a text too long to keep, and gives all of it back", async () => {
    const made = await aDraft(world, "need", { owner, broker });
    const ctx = world.ctx(owner.manager);
    const long = "ậ".repeat(10_000_000 / 3);
    const form = post([
      ["intent", "save"],
      ["revision", String(made.revision)],
      ["title", "Tên mới của tin này"],
      ["description", long],
    ]);
    const { result, values } = await writeDraft(ctx, {
      listingId: made.listingId,
      step: "problem",
      form,
      uploads: { pictures: [] },
    });
    expect(result).toMatchObject({
      ok: false,
      code: "posting:error.overlong",
      fields: { description: ["posting:error.overlong"] },
    });
    expect(values?.description.length).toBe(long.length);
    expect((await loadDraft(ctx, made.listingId))?.draft.title).not.toBe("Tên mới của tin này");
  });

  it("goes on with empty fields, not past what cannot be read; the draft is kept either way", async () => {
    const made = await aDraft(world, "need", { owner, broker });
    const ctx = world.ctx(owner.manager);
    const next = (revision: number, neededBy: string) =>
      writeDraft(ctx, {
        listingId: made.listingId,
        step: "terms",
        form: post([
          ["intent", "next"],
          ["revision", String(revision)],
          ["neededBy", neededBy],
        ]),
        uploads: { pictures: [] },
      });
    const wrong = await next(made.revision, "31/02/2027");
    expect(wrong.result).toMatchObject({ ok: false, fields: { neededBy: ["listings:error.date"] } });
    expect((await loadDraft(ctx, made.listingId))?.draft.neededBy).toBe("31/02/2027");
    expect((await next(wrong.revision, "")).result.ok).toBe(true);
  });

  it("cannot bring in another listing's picture", async () => {
    const other = await aSubmitted(world, "need", { owner, broker });
    const made = await aDraft(world, "need", { owner, broker });
    const ctx = world.ctx(owner.manager);
    const form = post([
      ["intent", "save"],
      ["revision", String(made.revision)],
      ["has", "pictures"],
      ["pictures[0].id", other.listingId],
      ["pictures[0].alt", "của người khác"],
    ]);
    must((await writeDraft(ctx, { listingId: made.listingId, step: "files", form, uploads: { pictures: [] } })).result);
    expect((await loadDraft(ctx, made.listingId))?.draft.pictures).toEqual([]);
  });
});
