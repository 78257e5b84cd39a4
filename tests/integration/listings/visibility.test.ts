import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFile, storeUpload } from "~/modules/documents/index.server";
import {
  listCards,
  loadDraft,
  loadForMatching,
  loadSearchDocument,
  mayOpenFile,
  myListings,
  reviewQueue,
  saveDraft,
  viewListing,
  viewOwnListing,
  viewReview,
} from "~/modules/listings/index.server";
import type { Actor, PersonActor } from "~/platform/context";
import { bytesOf, PDF } from "../../factories/files";
import { aDraft, aGrant, aPublished, completeDraft, type MadeListing } from "../../factories/listings";
import {
  makeBroker,
  makeColleague,
  makeOrganisation,
  makePerson,
  makeStaff,
  must,
  refreshed,
} from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let broker: PersonActor;
let owner: { organisationId: string; manager: PersonActor };
let colleague: PersonActor;
let stranger: { organisationId: string; manager: PersonActor };
let lonely: PersonActor;
let elsewhere: PersonActor;
let leader: PersonActor;
const KINDS = ["public", "blind", "brokers", "invited"] as const;
const made: Record<string, MadeListing & { reference: string; versionId: string; reviewId: string }> = {};
let draft: MadeListing;
const db = () => world.container.ports.db;

/** each hidden field of the blind listing holds a string of its own */
const SECRET = {
  contactName: "CANARYcontactname",
  contactPhone: "0203 987 654 321",
  contactEmail: "canary-mail@example.invalid",
  ipNumber: "CANARY-1-2023-01234",
  originTaskCode: "CANARYTASK.01",
  communeCode: "06658",
};

beforeAll(async () => {
  world = await openTestWorld();
  broker = await makeBroker(world);
  owner = await makeOrganisation(world, { broker, nameVi: "Công ty CANARYowner Bái Tử Long" });
  colleague = await makeColleague(world, owner.manager, owner.organisationId);
  stranger = await makeOrganisation(world, { broker });
  lonely = (await makePerson(world)).actor;
  leader = await makeStaff(world, "leader");
  elsewhere = { ...broker, personId: crypto.randomUUID(), officeId: crypto.randomUUID() };
  for (const visibility of KINDS)
    made[visibility] = await aPublished(world, "offering", {
      owner,
      broker,
      draft: { ...SECRET, visibility, ipType: "patent", ipStatus: "filed" },
    });
  draft = await aDraft(world, "need", { owner, broker });
  // as imported listings have them
  await db().listing.updateMany({
    data: { sourceUrl: "https://canary.example.invalid/source", sourceNote: "CANARYnote" },
  });
});
afterAll(() => world.close());

const HIDDEN = ["CANARY", "canary", "Bái Tử Long", "987 654", "06658"];
const reference = (visibility: (typeof KINDS)[number]) => made[visibility]?.reference ?? "";
const sees = async (actor: Actor) =>
  (
    await Promise.all(KINDS.map(async (kind) => ((await viewListing(world.ctx(actor), reference(kind))) ? kind : null)))
  ).filter(Boolean);
const cards = async (actor: Actor) =>
  (
    await listCards(
      world.ctx(actor),
      KINDS.map((kind) => made[kind]?.listingId ?? ""),
    )
  ).map((card) => card.visibility);

describe("who sees which listing (page and cards agree)", () => {
  const table: [string, () => Actor, readonly string[]][] = [
    ["anonymous", () => ({ kind: "anonymous" }), ["public", "blind"]],
    ["signed in without organisation", () => lonely, ["public", "blind"]],
    ["member of another organisation", () => stranger.manager, ["public", "blind"]],
    ["leader of the office", () => leader, ["public", "blind"]],
    ["broker of another office", () => elsewhere, ["public", "blind"]],
    ["owner's manager", () => owner.manager, KINDS],
    ["owner's member", () => colleague, KINDS],
    ["broker of the office", () => broker, KINDS],
    ["system", () => ({ kind: "system", name: "test" }), KINDS],
  ];
  it.each(table)("%s", async (_, actor, expected) => {
    expect(await sees(actor())).toEqual([...expected]);
    expect(await cards(actor())).toEqual([...expected]);
  });
});

describe("blind", () => {
  const hides = async (actor: Actor) => {
    const view = await viewListing(world.ctx(actor), reference("blind"));
    const [card] = await listCards(world.ctx(actor), [made.blind?.listingId ?? ""]);
    expect(view).toMatchObject({
      ownerHidden: true,
      organisation: null,
      organisationId: null,
      contact: null,
      ipNumber: null,
      originTaskCode: null,
      communeCode: null,
      sourceUrl: null,
      sourceNote: null,
      provinceCode: null,
      trl: null,
      lines: [],
      pictures: [],
      pdfId: null,
    });
    expect(view?.facts).toMatchObject({ moneyMin: null, moneyMax: null, provinceCode: null, trl: null, forms: [] });
    expect(card).toMatchObject({
      ownerHidden: true,
      provinceCode: null,
      trl: null,
      expiresOn: null,
      organisation: null,
    });
    // the problem and what it does stay
    for (const shown of [view?.title, view?.text.description, view?.text.problemSolved, view?.facts.keywords[0]])
      expect(shown?.length).toBeGreaterThan(5);
    expect(view?.sectors).toEqual(card?.sectors);
    const said = JSON.stringify([view, card]);
    for (const secret of [...HIDDEN, "Chiếm ít diện tích", "Một nhà máy chế biến", "Công suất", "sở hữu thử nghiệm"])
      expect(said, secret).not.toContain(secret);
  };
  it("hides all but sectors and the problem from everybody else", async () => {
    for (const actor of [{ kind: "anonymous" } as const, lonely, stranger.manager, leader, elsewhere])
      await hides(actor);
  });
  it("hides them from the index and from matching's names too", async () => {
    const document = JSON.stringify(await loadSearchDocument(db(), made.blind?.listingId ?? "", () => []));
    for (const secret of [...HIDDEN, "Chiếm ít diện tích", "Một nhà máy chế biến", "Công suất"])
      expect(document, secret).not.toContain(secret);
    expect(JSON.parse(document)).toMatchObject({
      province: null,
      trl: null,
      price: null,
      ip: [],
      forms: [],
      rights: [],
      ownerKey: null,
      sectors: ["NNC-01"],
    });
    const matchable = await loadForMatching(db(), made.blind?.listingId ?? "");
    expect(matchable).toMatchObject({ organisation: null, ownerKey: owner.organisationId });
    // what it counts by stays; what it reads is what everybody reads
    expect(matchable).toMatchObject({ moneyMin: 800_000_000, trl: 8, provinceCode: "22" });
    expect(matchable?.lines.length).toBeGreaterThan(0);
    expect(matchable?.texts.map(({ advantages, referenceSites }) => advantages ?? referenceSites)).toEqual([null]);
    expect(JSON.stringify(matchable)).not.toContain("CANARYcontact");
    expect(await loadSearchDocument(db(), made.public?.listingId ?? "", () => [])).toMatchObject({
      organisation: "Công ty CANARYowner Bái Tử Long",
      ownerKey: owner.organisationId,
    });
  });
  it("shows all of it to the owner and the office's brokers", async () => {
    for (const actor of [owner.manager, colleague, broker]) {
      expect(await viewListing(world.ctx(actor), reference("blind"))).toMatchObject({
        ownerHidden: false,
        organisation: "Công ty CANARYowner Bái Tử Long",
        contact: { name: SECRET.contactName, email: SECRET.contactEmail },
        ipNumber: SECRET.ipNumber,
        communeCode: "06658",
        sourceUrl: "https://canary.example.invalid/source",
        text: { referenceSites: expect.any(String) },
      });
    }
  });
});

describe("contacts of a public listing", () => {
  it("are hidden from readers, whose organisation they see", async () => {
    for (const actor of [{ kind: "anonymous" } as const, stranger.manager]) {
      const view = await viewListing(world.ctx(actor), reference("public"));
      expect(view).toMatchObject({
        ownerHidden: false,
        organisation: "Công ty CANARYowner Bái Tử Long",
        contact: null,
      });
      expect(JSON.stringify(view)).not.toContain("CANARYcontact");
    }
  });
});

describe("access grants", () => {
  it("'view' invites one organisation, for a time, and gives no contacts", async () => {
    const guest = await makeOrganisation(world, { broker });
    const until = new Date(world.clock.now().getTime() + 86_400_000);
    await aGrant(world, made.invited?.listingId ?? "", { organisationId: guest.organisationId }, "view", until);
    expect(await sees(guest.manager)).toEqual(["public", "blind", "invited"]);
    expect(await sees(stranger.manager)).toEqual(["public", "blind"]);
    expect((await viewListing(world.ctx(guest.manager), reference("invited")))?.contact).toBeNull();
    const now = world.clock.now();
    world.clock.set(new Date(until.getTime() + 1));
    expect(await sees(guest.manager)).toEqual(["public", "blind"]);
    world.clock.set(now);
  });
  it("'contacts' opens a blind listing's owner to one person, until it is revoked; 'view' does not", async () => {
    const listingId = made.blind?.listingId ?? "";
    await aGrant(world, listingId, { personId: lonely.personId }, "view");
    expect((await viewListing(world.ctx(lonely), listingId))?.ownerHidden).toBe(true);
    const grantId = await aGrant(world, listingId, { personId: lonely.personId }, "contacts");
    expect(await aGrant(world, listingId, { personId: lonely.personId }, "contacts")).toBe(grantId);
    expect(await viewListing(world.ctx(lonely), listingId)).toMatchObject({
      ownerHidden: false,
      contact: { name: SECRET.contactName },
    });
    expect((await listCards(world.ctx(lonely), [listingId]))[0]?.organisation).toBe("Công ty CANARYowner Bái Tử Long");
    expect((await viewListing(world.ctx(stranger.manager), listingId))?.ownerHidden).toBe(true);
    await db().accessGrant.update({ where: { id: grantId }, data: { revokedAt: world.clock.now() } });
    expect((await viewListing(world.ctx(lonely), listingId))?.ownerHidden).toBe(true);
  });
});

describe("drafts, reviews and lists", () => {
  it("another organisation's draft does not exist; brokers see none of it before it is sent", async () => {
    for (const actor of [stranger.manager, lonely, broker, leader, elsewhere]) {
      expect(await viewOwnListing(world.ctx(actor), draft.listingId)).toBeNull();
      expect(await loadDraft(world.ctx(actor), draft.listingId)).toBeNull();
    }
    expect(await loadDraft(world.ctx(colleague), draft.listingId)).not.toBeNull();
    expect(await viewListing(world.ctx(broker), draft.listingId)).toBeNull();
  });
  it("a member who left sees and edits nothing any more", async () => {
    const leaving = await makeColleague(world, owner.manager, owner.organisationId);
    await db().membership.updateMany({ where: { personId: leaving.personId }, data: { state: "ended" } });
    const gone = await refreshed(world, leaving);
    expect(await sees(gone)).toEqual(["public", "blind"]);
    expect(
      await saveDraft(world.ctx(gone), {
        listingId: draft.listingId,
        revision: 1,
        values: completeDraft(world, "need"),
      }),
    ).toMatchObject({ code: "common:notFound" });
  });
  it("lists and reviews belong to their people", async () => {
    expect((await myListings(world.ctx(colleague))).map((row) => row.id).sort()).toEqual(
      [...KINDS.map((kind) => made[kind]?.listingId), draft.listingId].sort(),
    );
    expect(await myListings(world.ctx(stranger.manager))).toEqual([]);
    expect(await myListings(world.ctx())).toEqual([]);
    for (const actor of [owner.manager, stranger.manager, leader, elsewhere, { kind: "anonymous" } as const]) {
      expect(await reviewQueue(world.ctx(actor))).toEqual([]);
      expect(await viewReview(world.ctx(actor), made.public?.reviewId ?? "")).toBeNull();
    }
    expect((await viewReview(world.ctx(broker), made.blind?.reviewId ?? ""))?.version.contact.name).toBe(
      SECRET.contactName,
    );
  });
});

describe("files", () => {
  it("the content decides, limits hold, a picture is made anew without metadata", async () => {
    const ctx = world.ctx(owner.manager);
    const { default: sharp } = await import("sharp");
    const photo = await sharp({ create: { width: 2600, height: 1300, channels: 3, background: "#268" } })
      .withExif({ IFD0: { Copyright: "CANARYexif" }, IFD3: { GPSLatitude: "20/1 57/1 0/1" } })
      .jpeg()
      .toBuffer();
    expect(photo.includes("CANARYexif")).toBe(true);
    const { fileId } = must(
      await storeUpload(ctx, {
        kind: "picture",
        name: "CANARYname ảnh.jpg",
        bytes: photo,
        organisationId: owner.organisationId,
      }),
    );
    const full = await bytesOf(await readFile(ctx, fileId, "full"));
    const facts = await sharp(full).metadata();
    expect(facts).toMatchObject({ format: "webp", width: 2000, height: 1000 });
    expect(facts.exif).toBeUndefined();
    expect(full.includes("CANARY")).toBe(false);
    expect((await sharp(await bytesOf(await readFile(ctx, fileId, "thumbnail"))).metadata()).width).toBe(480);

    for (const [input, code] of [
      [{ kind: "picture", bytes: PDF }, "documents:error.notPicture"],
      [
        { kind: "picture", bytes: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>") },
        "documents:error.notPicture",
      ],
      [{ kind: "picture", bytes: photo.subarray(0, 400) }, "documents:error.notPicture"],
      [{ kind: "pdf", bytes: photo }, "documents:error.notPdf"],
      [{ kind: "pdf", bytes: PDF.subarray(0, 40) }, "documents:error.notPdf"],
      [{ kind: "pdf", bytes: Buffer.alloc(0) }, "documents:error.empty"],
      [{ kind: "pdf", bytes: Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024), PDF]) }, "documents:error.tooLarge"],
    ] as const) {
      expect(await storeUpload(ctx, { ...input, name: "x", organisationId: null })).toMatchObject({ ok: false, code });
    }
    expect(
      await storeUpload(world.ctx(), { kind: "pdf", name: "x.pdf", bytes: PDF, organisationId: null }),
    ).toMatchObject({ ok: false });
  });

  it("open with their listing only, under the reference's name", async () => {
    const upload = async () =>
      must(
        await storeUpload(world.ctx(owner.manager), {
          kind: "pdf",
          name: "CANARYowner.pdf",
          bytes: PDF,
          organisationId: owner.organisationId,
        }),
      ).fileId;
    const [pdfId, hiddenId, draftId] = [await upload(), await upload(), await upload()];
    const blind = await aPublished(world, "offering", { owner, broker, draft: { visibility: "blind", pdfId } });
    const hidden = await aPublished(world, "offering", {
      owner,
      broker,
      draft: { visibility: "brokers", pdfId: hiddenId },
    });
    const unsent = await aDraft(world, "need", { owner, broker, draft: { pdfId: draftId } });
    for (const actor of [owner.manager, colleague, broker])
      expect(await mayOpenFile(world.ctx(actor), pdfId)).toEqual({
        listingId: blind.listingId,
        downloadName: blind.reference,
      });
    for (const actor of [{ kind: "anonymous" } as const, stranger.manager, elsewhere, leader]) {
      expect(await mayOpenFile(world.ctx(actor), pdfId)).toBeNull();
      expect(await mayOpenFile(world.ctx(actor), hiddenId)).toBeNull();
      expect(await mayOpenFile(world.ctx(actor), draftId)).toBeNull();
      expect(await mayOpenFile(world.ctx(actor), crypto.randomUUID())).toBeNull();
    }
    for (const actor of [owner.manager, colleague, broker])
      expect(await mayOpenFile(world.ctx(actor), hiddenId)).toMatchObject({ listingId: hidden.listingId });
    expect(await mayOpenFile(world.ctx(colleague), draftId)).toEqual({
      listingId: unsent.listingId,
      downloadName: "cungcau",
    });
    expect(await mayOpenFile(world.ctx(broker), draftId)).toBeNull();
  });
});
