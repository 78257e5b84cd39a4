import { answerIntroduction } from "~/modules/brokering/index.server";
import { addDealDocument, confirmAcceptance, editTerms, moveDeal, openDeal } from "~/modules/deals/index.server";
import { type MoveCommand, type MoveInput, moveSchemas, openDealSchema, termsSchema } from "~/modules/deals/schemas";
import type { PersonActor } from "~/platform/context";
import { localDay } from "~/platform/ports/clock";
import type { TestWorld } from "../setup/harness";
import { anIntroduction, type Pair, YES } from "./cases";
import { PDF } from "./files";
import { withReferenceData } from "./listings";
import { makeBroker, makeOrganisation, makeStaff, must } from "./people";

/** Deals for tests, made by the real commands. */

export type Kind = "mou" | "draft_contract" | "signed_contract" | "registration_file" | "certificate" | "handover";
export type PaperKind = Kind | "acceptance_record" | "liquidation_record" | "other";

/** Two organisations with a broker and a registrar around them. */
export type DealScene = {
  broker: PersonActor;
  other: PersonActor;
  registrar: PersonActor;
  transferor: { organisationId: string; manager: PersonActor };
  transferee: { organisationId: string; manager: PersonActor };
};

export async function aDealScene(world: TestWorld): Promise<DealScene> {
  await withReferenceData(world);
  const broker = await makeBroker(world);
  return {
    broker,
    other: await makeBroker(world),
    registrar: await makeStaff(world, "registrar"),
    transferor: await makeOrganisation(world, { broker, type: "research_institute" }),
    transferee: await makeOrganisation(world, { broker }),
  };
}

export async function paper(
  world: TestWorld,
  who: PersonActor,
  dealId: string,
  kind: PaperKind,
  title: string | null = null,
): Promise<string> {
  const upload = { name: `${kind}.pdf`, bytes: PDF };
  return must(await addDealDocument(world.ctx(who), { dealId, kind, title, upload })).documentId;
}

/** A deal on its own, in negotiation. */
export async function aDeal(world: TestWorld, scene: DealScene, over: Record<string, unknown> = {}): Promise<string> {
  const form = openDealSchema.parse({
    title: "Chuyển giao mô-đun khử mangan",
    origin: "phone",
    transferorId: scene.transferor.organisationId,
    transfereeId: scene.transferee.organisationId,
    nextAction: "Gửi dự thảo điều khoản",
    nextActionOn: localDay(world.clock.now()),
    ...over,
  });
  return must(await openDeal(world.ctx(scene.broker), form)).id;
}

export const ALL_ITEMS = Array.from({ length: 14 }, (_, at) => String(at + 1));

/** Everything signing asks for, as the form gives it. */
export function termsForm(scene: DealScene, over: Record<string, unknown> = {}) {
  return {
    title: "Chuyển giao mô-đun khử mangan",
    transferorId: scene.transferor.organisationId,
    transfereeId: scene.transferee.organisationId,
    technologyName: "Mô-đun lọc hấp phụ khử mangan",
    objects: ["process_solution", "equipment_with_technology"],
    form: "standalone",
    methods: ["documents", "training"],
    right: "non_exclusive_licence",
    value: "1,25 tỷ",
    currency: "VND",
    paymentKinds: ["lump_sum"],
    checklist: ALL_ITEMS,
    transferorCountry: "VN",
    transfereeCountry: "VN",
    stateMoney: "no",
    taskCertificate: "no",
    restrictedList: "no",
    ...over,
  };
}

export async function revisionOf(world: TestWorld, dealId: string): Promise<number> {
  return (await world.container.ports.db.deal.findUniqueOrThrow({ where: { id: dealId } })).revision;
}

export async function setTerms(
  world: TestWorld,
  scene: DealScene,
  dealId: string,
  over: Record<string, unknown> = {},
): Promise<void> {
  const form = termsSchema.parse({ ...termsForm(scene, over), revision: await revisionOf(world, dealId) });
  must(await editTerms(world.ctx(scene.broker), { dealId, ...form }));
}

/** A step's input as its form gives it, with the deal's newest revision unless one is given. */
export async function moveInput(
  world: TestWorld,
  dealId: string,
  command: MoveCommand,
  form: Record<string, unknown> = {},
): Promise<MoveInput> {
  const parsed = moveSchemas[command].parse({ revision: await revisionOf(world, dealId), ...form });
  return { dealId, command, ...parsed } as MoveInput;
}

/** Takes a step; the result as the command gives it. */
export async function move(
  world: TestWorld,
  who: PersonActor,
  dealId: string,
  command: MoveCommand,
  form: Record<string, unknown> = {},
) {
  return moveDeal(world.ctx(who), await moveInput(world, dealId, command, form));
}

const ORDER = ["drafting", "signed", "registration_filed", "registered", "performing", "accepted"] as const;
export type Reached = (typeof ORDER)[number];

/** A deal taken as far as `stage` on one day, through every guard. Without a duty it goes from signed to performing. */
export async function aDealAt(
  world: TestWorld,
  scene: DealScene,
  stage: Reached,
  over: { terms?: Record<string, unknown>; sign?: Record<string, unknown>; open?: Record<string, unknown> } = {},
): Promise<string> {
  const { broker, registrar } = scene;
  const today = () => localDay(world.clock.now());
  const dealId = await aDeal(world, scene, over.open);
  const far = (one: Reached) => ORDER.indexOf(stage) >= ORDER.indexOf(one);
  const step = async (who: PersonActor, command: MoveCommand, form: Record<string, unknown> = {}) =>
    must(await move(world, who, dealId, command, form));
  await setTerms(world, scene, dealId, over.terms);
  await step(broker, "start_drafting");
  if (!far("signed")) return dealId;
  await paper(world, broker, dealId, "signed_contract");
  await step(broker, "sign", { signedOn: today(), contractNumber: "01/2026/HĐ-CGCN", ...over.sign });
  const duty = (await world.container.ports.db.deal.findUniqueOrThrow({ where: { id: dealId } })).registrationDuty;
  if (duty === "mandatory" || stage === "registration_filed" || stage === "registered") {
    if (!far("registration_filed")) return dealId;
    await paper(world, broker, dealId, "registration_file");
    await step(broker, "file_registration", { filedOn: today() });
    if (!far("registered")) return dealId;
    await paper(world, registrar, dealId, "certificate");
    await step(registrar, "register", { certificateNumber: "12/GCN-CGCN", certificateOn: today() });
  }
  if (!far("performing")) return dealId;
  await step(broker, "start_performing");
  if (!far("accepted")) return dealId;
  for (const side of ["transferor", "transferee"] as const)
    must(await confirmAcceptance(world.ctx(scene[side].manager), { dealId, side: null }));
  return dealId;
}

/** An introduction both sides said yes to. */
export async function anAccepted(world: TestWorld, pair: Pair): Promise<{ caseId: string; introductionId: string }> {
  const { caseId, introductionId } = await anIntroduction(world, pair);
  for (const side of ["need", "offering"] as const)
    must(await answerIntroduction(world.ctx(pair[side].owner), { introductionId, side, ...YES }));
  return { caseId, introductionId };
}
