import sharp from "sharp";
import { decideOrganisation } from "~/modules/accounts/index.server";
import { answerIntroduction } from "~/modules/brokering/index.server";
import { storeUpload } from "~/modules/documents/index.server";
import {
  acceptUndertaking,
  addAnnex,
  annexPage,
  expireListings,
  rejectListing,
  requestChanges,
  withdrawListing,
} from "~/modules/listings/index.server";
import { saveSearch } from "~/modules/matching/index.server";
import { sendInvitations } from "~/modules/sessions/index.server";
import type { PersonActor } from "~/platform/context";
import { newId } from "~/platform/ids";
import { demoPdf } from "../../../prisma/seed/demo-pdf";
import { aCase, proposed, YES } from "../../factories/cases";
import { aDraft, aGrant, aPublished, aSubmitted, type DraftOver } from "../../factories/listings";
import {
  makeBroker,
  makeOrganisation,
  makePendingOrganisation,
  makeStaff,
  must,
  refreshed,
} from "../../factories/people";
import { aMeeting, aSession, type Party, stepOf } from "../../factories/sessions";
import type { TestWorld } from "../../setup/harness";
import type { Exhibit, Grant, Standing } from "./matrix";

export type Exhibited = {
  listingId: string;
  /** last part of the address of its page: its reference, or id where it has none */
  address: string;
  reviewId: string | null;
  pictureId: string;
  annexId: string;
  meeting: { id: string; sessionId: string } | null;
};
export type MatrixScene = {
  actors: Record<Exclude<Grant, "none">, PersonActor>;
  listings: Record<Standing, Exhibited>;
  words: Record<Exclude<Exhibit, Standing>, string>;
};

/** What a listing's readers find it by, and what tells that they saw it. */
export const askedFor = (standing: Standing) => `kz${standing.replace("_", "")}`;
export const wordOf = (standing: Standing) => `zq${standing.replace("_", "")}qz`;
const WORDS = { "blind owner": "zqwhoseqz", "blind closed": "zqheldqz", "public contact": "zqcallqz" };
/** In every field of an offering that a blind one holds back and that words can be typed into. */
const HELD: DraftOver = {
  ...Object.fromEntries(
    ["advantages", "principle", "operatingConditions", "standards", "trlEvidence", "support"].map((name) => [
      name,
      `${WORDS["blind closed"]} ${name}`,
    ]),
  ),
  titleOther: `Dryer ${wordOf("blind")}`,
  ...Object.fromEntries(
    ["advantagesOther", "principleOther"].map((name) => [name, `${WORDS["blind closed"]} ${name}`]),
  ),
  lines: [
    {
      name: WORDS["blind closed"],
      comparison: "text",
      value: "có",
      unit: "",
      must: "",
      condition: WORDS["blind closed"],
    },
  ],
  tests: [{ body: WORDS["blind closed"], number: "", date: "", result: "" }],
  owners: [{ type: "institute", name: WORDS["blind owner"], share: "100" }],
};

async function aPicture(world: TestWorld, actor: PersonActor, organisationId: string): Promise<string> {
  const bytes = await sharp({ create: { width: 40, height: 40, channels: 3, background: "#0a7" } })
    .jpeg()
    .toBuffer();
  const upload = { kind: "picture" as const, name: `${WORDS["blind owner"]}.jpg`, bytes, organisationId };
  return must(await storeUpload(world.ctx(actor), upload)).fileId;
}

/** Listings of one manager in every standing, a confidential annex on each, opened and introduced wherever that can be. */
export async function setMatrixScene(world: TestWorld, work: () => Promise<void>): Promise<MatrixScene> {
  const { db } = world.container.ports;
  const broker = await makeBroker(world);
  const away = await makeBroker(world);
  const office = await db.office.findFirstOrThrow();
  const awayOffice = { ...office, id: newId(), code: "HP", provinceCode: "31" };
  await db.office.create({ data: awayOffice });
  await db.person.update({ where: { id: away.personId }, data: { officeId: awayOffice.id } });

  const own = await makeOrganisation(world, { broker });
  const founded = await makePendingOrganisation(world, own.manager, {
    nameVi: `Công ty ${WORDS["blind owner"]}`,
  });
  must(await decideOrganisation(world.ctx(broker), { organisationId: founded.organisationId, decision: "approve" }));
  const manager = await refreshed(world, own.manager);
  const stranger = await makeOrganisation(world, { broker });
  const invited = await makeOrganisation(world, { broker });
  const introduced = await makeOrganisation(world, { broker });
  const actors: MatrixScene["actors"] = {
    stranger: stranger.manager,
    own: manager,
    invited: invited.manager,
    introduced: introduced.manager,
    broker,
    "other office": await refreshed(world, away),
    registrar: await makeStaff(world, "registrar"),
    leader: await makeStaff(world, "leader"),
    administrator: await makeStaff(world, "administrator"),
  };
  // everybody wants to hear of everything
  for (const who of Object.values(actors))
    must(await saveSearch(world.ctx(who), { name: "Mọi tin", mode: "immediate", asked: { q: "" } }));
  await work();

  const optionsOf = async (standing: Standing, over: DraftOver = {}) => {
    const owner = { organisationId: standing === "blind" ? founded.organisationId : own.organisationId, manager };
    const pictureId = await aPicture(world, manager, owner.organisationId);
    const title = `Máy sấy ${askedFor(standing)} ${wordOf(standing)}`;
    return { pictureId, options: { owner, broker, draft: { title, description: title, pictureId, ...over } } };
  };
  type Made = Omit<Exhibited, "annexId" | "meeting"> & { organisationId: string };
  const annexed = async (made: Made, standing: Standing): Promise<Exhibited> => {
    const upload = { name: `${WORDS["blind owner"]}.pdf`, bytes: demoPdf([wordOf(standing)]) };
    const { fileId } = must(await addAnnex(world.ctx(manager), { listingId: made.listingId, upload }));
    await aGrant(world, made.listingId, { organisationId: invited.organisationId }, "view");
    return { ...made, annexId: fileId, meeting: null };
  };
  /** Not published: opened to others all the same, which must open nothing. */
  const unpublished = async (standing: Standing, made: Made) => {
    for (const scope of ["view", "contacts"] as const)
      await aGrant(world, made.listingId, { organisationId: introduced.organisationId }, scope);
    return annexed({ ...made, address: made.listingId }, standing);
  };

  const need = await aPublished(world, "need", { owner: introduced, broker });
  let slot = 0;
  const published = async (standing: Standing, over: DraftOver = {}): Promise<Exhibited> => {
    const { pictureId, options } = await optionsOf(standing, over);
    const made = await aPublished(world, "offering", options);
    // without the words of its title, which an answer "not found" would only repeat
    const exhibit = await annexed({ ...made, address: made.reference, pictureId }, standing);
    const caseId = await aCase(world, { need, offering: made, broker });
    const { introductionId } = await proposed(world, broker, caseId);
    must(await answerIntroduction(world.ctx(introduced.manager), { introductionId, side: "need", ...YES }));
    must(await answerIntroduction(world.ctx(manager), { introductionId, side: "offering", ...YES }));
    const offering: Party = { organisationId: made.organisationId, manager };
    const accepted = { caseId, introductionId, broker, need: introduced, offering };
    const sessionId = await aSession(world, broker);
    // nobody meets two people at once
    const half = (at: number) => `${String(8 + Math.floor(at / 2)).padStart(2, "0")}:${at % 2 ? "30" : "00"}`;
    const id = await aMeeting(world, sessionId, accepted, { start: half(slot), end: half(++slot) });
    must(await sendInvitations(world.ctx(broker), await stepOf(world, sessionId)));
    // whoever is let in to the annex accepts the undertaking
    const as = world.ctx(introduced.manager);
    const page = await annexPage(as, made.listingId);
    must(
      await acceptUndertaking(as, {
        listingId: made.listingId,
        annexIds: page?.pending ?? [],
        textHash: page?.undertaking?.hash ?? "",
        lang: "vi",
        name: "Người đọc",
        position: "Giám đốc",
        agreed: true,
      }),
    );
    return { ...exhibit, meeting: { id, sessionId } };
  };
  const sent = async (standing: Standing) => {
    const { pictureId, options } = await optionsOf(standing);
    const made = await aSubmitted(world, "offering", options);
    return unpublished(standing, { ...made, address: "", pictureId });
  };
  const drafted = async () => {
    const { pictureId, options } = await optionsOf("draft");
    const made = await aDraft(world, "offering", options);
    return unpublished("draft", { ...made, address: "", reviewId: null, pictureId });
  };

  const listings: MatrixScene["listings"] = {
    public: await published("public", { contactName: WORDS["public contact"] }),
    blind: await published("blind", { ...HELD, visibility: "blind", referenceSites: WORDS["blind owner"] }),
    brokers: await published("brokers", { visibility: "brokers" }),
    invited: await published("invited", { visibility: "invited" }),
    withdrawn: await published("withdrawn"),
    expired: await published("expired"),
    unconfirmed: await published("unconfirmed"),
    submitted: await sent("submitted"),
    changes_requested: await sent("changes_requested"),
    rejected: await sent("rejected"),
    draft: await drafted(),
  };
  const reviewOf = (standing: Standing) => listings[standing].reviewId ?? "";
  const byBroker = world.ctx(broker);
  const note = "Xem lại.";
  must(
    await requestChanges(byBroker, {
      reviewId: reviewOf("changes_requested"),
      reasonCode: "parameters_missing",
      note,
    }),
  );
  must(await rejectListing(byBroker, { reviewId: reviewOf("rejected"), reasonCode: "not_technology", note }));
  must(await withdrawListing(world.ctx(manager), { listingId: listings.withdrawn.listingId }));
  // as the sweeps leave them, and what happened before is told after it
  await db.listing.update({
    where: { id: listings.expired.listingId },
    data: { expiresOn: new Date("2026-11-01") },
  });
  await expireListings(world.system);
  await db.listing.update({
    where: { id: listings.unconfirmed.listingId },
    data: { unconfirmedAt: world.clock.now(), rowVersion: { increment: 1 } },
  });
  await work();
  // alerts pause between two notices of one search
  world.clock.set(new Date(world.clock.now().getTime() + 20 * 60_000));
  await work();
  return { actors, listings, words: WORDS };
}
