import sharp from "sharp";
import { claimOrganisation, decideOrganisation } from "~/modules/accounts/index.server";
import { addCaseNote } from "~/modules/brokering/index.server";
import { storeUpload } from "~/modules/documents/index.server";
import {
  acceptUndertaking,
  addAnnex,
  annexPage,
  answerAnnexRequest,
  openAnnex,
  requestAnnex,
  requestChanges,
} from "~/modules/listings/index.server";
import {
  computeMatches,
  dismissMatch,
  expressInterest,
  indexListing,
  saveSearch,
} from "~/modules/matching/index.server";
import type { PersonActor } from "~/platform/context";
import { demoPdf } from "../../../prisma/seed/demo-pdf";
import { aCase } from "../../factories/cases";
import { aDraft, addressIn, aGrant, aPublished, aSubmitted } from "../../factories/listings";
import {
  makeBroker,
  makeOrganisation,
  makePendingOrganisation,
  makePerson,
  makeStaff,
  must,
  refreshed,
} from "../../factories/people";
import type { TestWorld } from "../../setup/harness";
import { type SecondHalf, setSecondHalf } from "./second-half";
import { type ActorName, type Place, SECRETS } from "./secrets";

export type Scene = {
  emails: Record<Exclude<ActorName, "anonymous">, string>;
  actors: Record<Exclude<ActorName, "anonymous">, PersonActor>;
  /** parts of addresses at which more may be read */
  places: Record<Place, string>;
  /** everything an address can name, by what it is */
  ids: Record<
    "listing" | "reference" | "review" | "organisation" | "file" | "case" | "match" | "search" | keyof SecondHalf,
    string[]
  >;
};

const TOPIC = "Xử lý nước thải nhuộm lụa làng nghề bằng keo tụ điện hóa";

const textLine = (name: string) => ({
  name,
  comparison: "text",
  value: "có",
  unit: "",
  must: "must",
  condition: "",
});

async function aPictureOf(world: TestWorld, actor: PersonActor, organisationId: string, name: string): Promise<string> {
  const bytes = await sharp({ create: { width: 40, height: 40, channels: 3, background: "#0a7" } })
    .withExif({ IFD0: { Copyright: SECRETS.blindPictureData.value } })
    .jpeg()
    .toBuffer();
  return must(await storeUpload(world.ctx(actor), { kind: "picture", name, bytes, organisationId })).fileId;
}

/** A confidential annex, opened by an organisation that was let in and accepted. */
async function anAnnexOf(
  world: TestWorld,
  listingId: string,
  owner: PersonActor,
  reader: { organisationId: string; manager: PersonActor },
): Promise<string> {
  const upload = { name: SECRETS.annexName.value, bytes: demoPdf([SECRETS.annexBytes.value]) };
  const { fileId } = must(await addAnnex(world.ctx(owner), { listingId, upload }));
  const as = world.ctx(reader.manager);
  const { requestId } = must(await requestAnnex(as, { listingId, organisationId: reader.organisationId }));
  must(await answerAnnexRequest(world.ctx(owner), { listingId, requestId, answer: "granted", days: 90 }));
  const page = await annexPage(as, listingId);
  must(
    await acceptUndertaking(as, {
      listingId,
      annexIds: page?.pending ?? [],
      textHash: page?.undertaking?.hash ?? "",
      lang: "vi",
      name: SECRETS.annexReader.value,
      position: "Giám đốc",
      agreed: true,
    }),
  );
  if (!(await openAnnex(as, fileId))) throw new Error("The annex did not open");
  return fileId;
}

/** An exchange in which every hidden field holds its secret. Made by the commands people use; `work` is what workers do. */
export async function setScene(world: TestWorld, work: () => Promise<void>): Promise<Scene> {
  const { db } = world.container.ports;
  const broker = await makeBroker(world);
  const open = await makeOrganisation(world, { broker });
  const stranger = await makeOrganisation(world, { broker });
  const invitee = await makeOrganisation(world, { broker });
  const member = await makePerson(world, { email: SECRETS.memberEmail.value, fullName: SECRETS.memberName.value });
  const founded = await makePendingOrganisation(world, member.actor, {
    nameVi: SECRETS.organisationName.value,
    taxCode: SECRETS.taxCode.value,
  });
  must(await decideOrganisation(world.ctx(broker), { organisationId: founded.organisationId, decision: "approve" }));
  const hidden = { organisationId: founded.organisationId, manager: await refreshed(world, founded.actor) };
  await db.organisation.update({ where: { id: hidden.organisationId }, data: { shortName: SECRETS.shortName.value } });

  // everybody wants to hear of everything: alerts tell each only what they may see
  const search: string[] = [];
  for (const who of [open.manager, hidden.manager, stranger.manager, invitee.manager, broker]) {
    const everything = { name: "Mọi tin", mode: "immediate" as const, asked: { q: "" } };
    search.push(must(await saveSearch(world.ctx(who), everything)).searchId);
  }

  const blindPicture = await aPictureOf(world, hidden.manager, hidden.organisationId, SECRETS.blindFileName.value);
  const openPicture = await aPictureOf(world, open.manager, open.organisationId, SECRETS.publicFileName.value);
  const published = await aPublished(world, "need", {
    owner: open,
    broker,
    draft: {
      title: `${TOPIC}, cần mua`,
      sectorMain: "MTR-01",
      pictureId: openPicture,
      contactName: SECRETS.publicContactName.value,
      contactPhone: SECRETS.publicContactPhone.value,
      contactEmail: SECRETS.publicContactEmail.value,
    },
  });
  const contacts = {
    contactName: SECRETS.blindContactName.value,
    contactPhone: SECRETS.blindContactPhone.value,
    contactEmail: SECRETS.blindContactEmail.value,
  };
  const blind = await aPublished(world, "offering", {
    owner: hidden,
    broker,
    draft: {
      ...contacts,
      title: `${TOPIC}, sẵn sàng chuyển giao`,
      sectorMain: "MTR-01",
      visibility: "blind",
      pictureId: blindPicture,
      ipStatus: "filed",
      ipNumber: SECRETS.blindIpNumber.value,
      originTaskCode: SECRETS.blindTaskCode.value,
      advantages: SECRETS.blindWorks.value,
      principle: SECRETS.blindWorks.value,
      support: SECRETS.blindWorks.value,
      operatingConditions: SECRETS.blindWorks.value,
      lines: [textLine(SECRETS.blindParameter.value)],
      tests: [{ body: SECRETS.blindTest.value, number: "", date: "", result: "" }],
    },
  });
  const annex = await anAnnexOf(world, blind.listingId, hidden.manager, invitee);
  const blindNeed = await aPublished(world, "need", {
    owner: hidden,
    broker,
    draft: {
      ...contacts,
      visibility: "blind",
      currentTechnology: SECRETS.blindNow.value,
      tried: SECRETS.blindTried.value,
      lines: [textLine(SECRETS.blindLine.value)],
    },
  });
  await db.listing.update({
    where: { id: blind.listingId },
    data: { sourceUrl: SECRETS.blindSource.value, sourceNote: SECRETS.blindSourceNote.value },
  });
  const brokers = await aPublished(world, "offering", {
    owner: hidden,
    broker,
    draft: {
      ...contacts,
      visibility: "brokers",
      title: SECRETS.brokersTitle.value,
      description: SECRETS.brokersText.value,
    },
  });
  const invited = await aPublished(world, "offering", {
    owner: hidden,
    broker,
    draft: {
      ...contacts,
      visibility: "invited",
      title: SECRETS.invitedTitle.value,
      description: SECRETS.invitedText.value,
      contactName: SECRETS.invitedContact.value,
    },
  });
  await aGrant(world, invited.listingId, { organisationId: invitee.organisationId }, "view");
  const draft = await aDraft(world, "need", {
    owner: hidden,
    broker,
    draft: { title: SECRETS.draftTitle.value, description: SECRETS.draftText.value },
  });
  const answered = await aSubmitted(world, "need", {
    owner: hidden,
    broker,
    draft: { title: SECRETS.answeredTitle.value },
  });
  must(
    await requestChanges(world.ctx(broker), {
      reviewId: answered.reviewId,
      reasonCode: "parameters_missing",
      note: SECRETS.reviewNote.value,
    }),
  );

  const claimant = (await makePerson(world)).actor;
  must(
    await claimOrganisation(world.ctx(claimant), {
      organisationId: hidden.organisationId,
      evidence: SECRETS.claimEvidence.value,
    }),
  );
  const made = [published, blind, blindNeed, brokers, invited];
  for (const { listingId } of made) await indexListing(world.system, listingId);
  for (const { listingId } of made) await computeMatches(world.system, listingId);
  const match = await db.match.findFirstOrThrow({
    where: { needId: published.listingId, offeringId: blind.listingId },
    select: { id: true },
  });
  must(
    await dismissMatch(world.ctx(broker), { matchId: match.id, reasonCode: "other", note: SECRETS.matchNote.value }),
  );
  must(
    await expressInterest(world.ctx(stranger.manager), {
      listingId: blindNeed.listingId,
      organisationId: stranger.organisationId,
      kind: "can_solve",
      message: SECRETS.interestMessage.value,
    }),
  );
  const caseId = await aCase(world, { need: published, offering: blind, broker });
  must(await addCaseNote(world.ctx(broker), { caseId, kind: "call", body: SECRETS.caseNote.value }));

  const staff = {
    registrar: await makeStaff(world, "registrar"),
    leader: await makeStaff(world, "leader"),
    administrator: await makeStaff(world, "administrator"),
  };
  const second = await setSecondHalf(
    world,
    {
      broker,
      registrar: staff.registrar,
      need: stranger,
      offering: invitee,
    },
    work,
  );
  const actors = {
    owner: open.manager,
    hidden: hidden.manager,
    stranger: stranger.manager,
    invitee: invitee.manager,
    broker,
    ...staff,
  };
  const emails = Object.fromEntries(
    Object.entries(actors).map(([name, actor]) => [name, actor.email]),
  ) as Scene["emails"];
  return {
    emails,
    actors,
    places: {
      organisation: `/organisations/${hidden.organisationId}`,
      invited: await addressIn(world, invited),
      searches: "/account/searches/",
      cases: "/broker/cases",
    },
    ids: {
      listing: [...made, draft, answered].map(({ listingId }) => listingId),
      reference: [
        ...(await Promise.all(made.map(async (one) => (await addressIn(world, one)).replace("/listings/", "")))),
        // an old address leads on, and only whoever may see the listing learns where
        ...made.map(({ reference }) => reference),
        draft.listingId,
      ],
      review: [...made.map(({ reviewId }) => reviewId), answered.reviewId],
      organisation: [open.organisationId, hidden.organisationId, stranger.organisationId],
      file: [openPicture, blindPicture, annex],
      case: [caseId],
      match: [match.id],
      search,
      session: [second.session],
      meeting: [second.meeting],
      deal: [second.deal],
      paper: [second.paper],
      question: [second.question],
      introduction: [second.introduction],
    },
  };
}
