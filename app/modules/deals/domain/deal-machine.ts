import type { DealStage, DealStatus, RegistrationDuty } from "~/generated/prisma/enums";
import { type DocumentKind, PARTY_SIDES, type PartySide } from "./choices";

/** Everything that can be done to a deal; one DealEvent each. */
export type DealCommandKind = DealCommand["kind"] | "open";

/** In what capacity somebody acts on a deal. Leaders read; "outsider" is everybody else. */
export type DealRole = "broker" | "registrar" | "leader" | "transferor" | "transferee" | "outsider";

/** A guard: deals:guard.<code> on the page while it is open, deals:error.<code> when a command is refused for it. */
export type GuardCode =
  | "bothParties"
  | "mouDocument"
  | "technologyName"
  | "value"
  | "objects"
  | "form"
  | "methods"
  | "right"
  | "countries"
  | "stateMoney"
  | "taskCertificate"
  | "restrictedList"
  | "checklist"
  | "signedContract"
  | "contractNumber"
  | "signedOn"
  | "effectiveOn"
  | "noLicenceDuty"
  | "registrationFile"
  | "filedOn"
  | "certificateNumber"
  | "certificateOn"
  | "certificateFile"
  | "dutyDone"
  | "effectiveReached"
  | "notYetAccepted"
  | "acceptanceRecord"
  | "sideWithoutMembers"
  | "liquidationRecord"
  | "milestonesDone"
  | "liquidatedOn";
export type Refusal = "role" | "status" | "stage" | GuardCode;

type Simple = "set_terms" | "plan" | "add_document" | "save_milestones" | "complete_milestone" | "hand_over";
export type DealCommand =
  | { kind: Simple | "agree_mou" | "start_drafting" | "start_performing" | "resume" }
  | {
      kind: "sign";
      signedOn: string;
      contractNumber: string;
      effectiveOn: string | null;
      wish: boolean;
      /** as the rule in force on the day of signing decides; null while facts are unknown */
      duty: RegistrationDuty | null;
    }
  | { kind: "file_registration"; filedOn: string }
  | { kind: "register"; certificateNumber: string; certificateOn: string }
  | { kind: "return_registration" | "pause" | "lose" | "terminate"; reasonCode: string }
  | { kind: "confirm_acceptance"; side: PartySide }
  | { kind: "liquidate"; liquidatedOn: string };

/** Where a deal stands. Days are YYYY-MM-DD. `revision` is the number of the last event. */
export type DealSnapshot = {
  stage: DealStage;
  status: DealStatus;
  revision: number;
  reasonCode: string | null;
  duty: RegistrationDuty | null;
  /** the parties wish a voluntary registration */
  wish: boolean;
  signedOn: string | null;
  filedOn: string | null;
  certificateOn: string | null;
  effectiveOn: string | null;
  liquidatedOn: string | null;
  accepted: Record<PartySide, boolean>;
};

/** What guards look at beside the snapshot: terms, papers, milestones and parties as they are now. */
export type DealFacts = {
  /** YYYY-MM-DD in Việt Nam */
  today: string;
  /** which terms are known */
  known: Record<
    | "bothParties"
    | "technologyName"
    | "value"
    | "objects"
    | "form"
    | "methods"
    | "right"
    | "countries"
    | "stateMoney"
    | "taskCertificate"
    | "restrictedList"
    | "checklist",
    boolean
  >;
  documents: readonly DocumentKind[];
  openMilestones: number;
  /** sides whose organisation nobody stands for on the exchange */
  sidesWithoutMembers: readonly PartySide[];
};

export const OPENED: DealSnapshot = {
  stage: "negotiation",
  status: "active",
  revision: 0,
  reasonCode: null,
  duty: null,
  wish: false,
  signedOn: null,
  filedOn: null,
  certificateOn: null,
  effectiveOn: null,
  liquidatedOn: null,
  accepted: { transferor: false, transferee: false },
};

const BEFORE_SIGNING: readonly DealStage[] = ["negotiation", "mou", "drafting"];
const AFTER_SIGNING: readonly DealStage[] = ["signed", "registration_filed", "registered", "performing", "accepted"];
const OPEN_STAGES: readonly DealStage[] = [...BEFORE_SIGNING, ...AFTER_SIGNING];
const ACTIVE: readonly DealStatus[] = ["active"];
const LIVE: readonly DealStatus[] = ["active", "paused"];
const BROKER: readonly DealRole[] = ["broker"];

type Kind = DealCommand["kind"];
type Rule = {
  roles: readonly DealRole[];
  status: readonly DealStatus[];
  from: readonly DealStage[];
  /** guards that can be checked before the form is filled */
  points: readonly GuardCode[];
};
const rule = (
  from: readonly DealStage[],
  points: readonly GuardCode[] = [],
  roles: readonly DealRole[] = BROKER,
  status: readonly DealStatus[] = ACTIVE,
): Rule => ({ from, points, roles, status });

/** Who may do what, from where, and what must be there first. The law behind the guards: Luật 07/2017/QH14 Điều 23, 27, 31. */
export const RULES: Record<Kind, Rule> = {
  set_terms: rule(BEFORE_SIGNING),
  plan: rule(OPEN_STAGES, [], BROKER, LIVE),
  hand_over: rule(OPEN_STAGES, [], BROKER, LIVE),
  add_document: rule(OPEN_STAGES, [], ["broker", "registrar", "transferor", "transferee"], LIVE),
  save_milestones: rule(OPEN_STAGES),
  complete_milestone: rule(AFTER_SIGNING),
  agree_mou: rule(["negotiation"], ["bothParties", "mouDocument"]),
  start_drafting: rule(["negotiation", "mou"], ["bothParties", "technologyName"]),
  sign: rule(
    ["drafting"],
    [
      "bothParties",
      "technologyName",
      "value",
      "objects",
      "form",
      "methods",
      "right",
      "countries",
      "stateMoney",
      "taskCertificate",
      "restrictedList",
      "checklist",
      "signedContract",
    ],
  ),
  file_registration: rule(["signed"], ["noLicenceDuty", "registrationFile"], ["broker", "registrar"]),
  register: rule(["registration_filed"], ["certificateFile"], ["registrar"]),
  return_registration: rule(["registration_filed"], [], ["registrar"]),
  start_performing: rule(["signed", "registered"], ["dutyDone", "effectiveReached"]),
  confirm_acceptance: rule(["performing"], [], ["transferor", "transferee", "broker"]),
  liquidate: rule(["accepted"], ["liquidationRecord", "milestonesDone"]),
  // while the Department decides on a file nothing stands still
  pause: rule(OPEN_STAGES.filter((stage) => stage !== "registration_filed")),
  resume: rule(OPEN_STAGES, [], BROKER, ["paused"]),
  lose: rule(BEFORE_SIGNING, [], BROKER, LIVE),
  terminate: rule(AFTER_SIGNING, [], BROKER, LIVE),
};

/** Which papers each role puts in. A certificate is the registrar's; who has members hands in their own drafts and records. */
export const DOCUMENTS_OF: Partial<Record<DealRole, readonly DocumentKind[]>> = {
  broker: [
    "mou",
    "draft_contract",
    "signed_contract",
    "registration_file",
    "handover",
    "acceptance_record",
    "liquidation_record",
    "other",
  ],
  registrar: ["registration_file", "certificate", "other"],
  transferor: ["draft_contract", "handover", "other"],
  transferee: ["draft_contract", "handover", "other"],
};

function isMet(code: GuardCode, deal: DealSnapshot, facts: DealFacts): boolean {
  const has = (kind: DocumentKind) => facts.documents.includes(kind);
  switch (code) {
    case "mouDocument":
      return has("mou");
    case "signedContract":
      return has("signed_contract");
    case "registrationFile":
      return has("registration_file");
    case "certificateFile":
      return has("certificate");
    case "acceptanceRecord":
      return has("acceptance_record");
    case "liquidationRecord":
      return has("liquidation_record");
    case "noLicenceDuty":
      return deal.duty !== "licence";
    case "dutyDone":
      return deal.stage === "registered" || (deal.duty !== null && deal.duty !== "mandatory");
    case "effectiveReached":
      return deal.effectiveOn !== null && deal.effectiveOn <= facts.today;
    case "milestonesDone":
      return facts.openMilestones === 0;
    default:
      return code in facts.known ? facts.known[code as keyof DealFacts["known"]] : false;
  }
}

/** The guards of a command that do not come with its form, each met or not: what the page shows. */
export function pointsOf(kind: Kind, deal: DealSnapshot, facts: DealFacts): { code: GuardCode; met: boolean }[] {
  return RULES[kind].points.map((code) => ({ code, met: isMet(code, deal, facts) }));
}

/** Is the command one of this stage and status at all? */
export function isOpenTo(kind: Kind, deal: DealSnapshot): boolean {
  return RULES[kind].from.includes(deal.stage) && RULES[kind].status.includes(deal.status);
}

const isDay = (day: string | null): day is string => day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day);
const between = (day: string, from: string | null, to: string) =>
  isDay(day) && day <= to && (from === null || day >= from);

/** What the form itself has to satisfy. */
function formProblems(deal: DealSnapshot, command: DealCommand, role: DealRole, facts: DealFacts): GuardCode[] {
  const problems: GuardCode[] = [];
  const need = (ok: boolean, code: GuardCode) => {
    if (!ok) problems.push(code);
  };
  switch (command.kind) {
    case "sign":
      need(between(command.signedOn, null, facts.today), "signedOn");
      need(command.contractNumber.trim() !== "", "contractNumber");
      // without the countries and the other facts nobody can tell whether it has to be registered
      need(command.duty !== null, "countries");
      // a contract that must be registered takes effect with its certificate, whatever it says
      need(
        command.effectiveOn === null ||
          (command.duty !== "mandatory" && isDay(command.effectiveOn) && command.effectiveOn >= command.signedOn),
        "effectiveOn",
      );
      break;
    case "file_registration":
      need(between(command.filedOn, deal.signedOn, facts.today), "filedOn");
      break;
    case "register":
      need(command.certificateNumber.trim() !== "", "certificateNumber");
      need(between(command.certificateOn, deal.filedOn, facts.today), "certificateOn");
      break;
    case "confirm_acceptance":
      need(!deal.accepted[command.side], "notYetAccepted");
      // nobody accepts for the other side; the Department does for who is not here, from a paper
      if (role === "broker") {
        need(facts.sidesWithoutMembers.includes(command.side), "sideWithoutMembers");
        need(isMet("acceptanceRecord", deal, facts), "acceptanceRecord");
      }
      break;
    case "liquidate":
      need(between(command.liquidatedOn, deal.effectiveOn, facts.today), "liquidatedOn");
      break;
  }
  return problems;
}

/** A step as it is recorded; folding it gives the next snapshot. */
export type RecordedStep = { command: DealCommandKind; facts: Record<string, unknown> };
export type Decision =
  | { ok: true; step: RecordedStep; next: DealSnapshot }
  | { ok: false; refusal: Refusal; missing: GuardCode[] };

/**
 * What a command amounts to: the step to record and where the deal stands after it, or why it is refused. `missing` lists
 * every guard that is not met, `refusal` the first reason. Pure: rules, clock and database are read by who calls.
 */
export function decide(deal: DealSnapshot, command: DealCommand, role: DealRole, facts: DealFacts): Decision {
  const { roles, status, from } = RULES[command.kind];
  const refuse = (refusal: Refusal, missing: GuardCode[] = []): Decision => ({ ok: false, refusal, missing });
  if (!roles.includes(role)) return refuse("role");
  // a party confirms for itself only
  if (command.kind === "confirm_acceptance" && role !== "broker" && role !== command.side) return refuse("role");
  if (!status.includes(deal.status)) return refuse("status");
  if (!from.includes(deal.stage)) return refuse("stage");
  const open = pointsOf(command.kind, deal, facts).flatMap((point) => (point.met ? [] : [point.code]));
  const missing = [...new Set([...open, ...formProblems(deal, command, role, facts)])];
  const [first] = missing;
  if (first) return refuse(first, missing);
  const step = recorded(command);
  return { ok: true, step, next: evolve(deal, step) };
}

function recorded(command: DealCommand): RecordedStep {
  const { kind, ...facts } = command;
  if (command.kind !== "sign") return { command: kind, facts };
  const effectiveOn = command.duty === "mandatory" ? null : (command.effectiveOn ?? command.signedOn);
  return { command: kind, facts: { ...facts, effectiveOn } };
}

const textOf = (facts: Record<string, unknown>, key: string): string | null =>
  typeof facts[key] === "string" ? facts[key] : null;
const DUTIES: readonly RegistrationDuty[] = ["mandatory", "voluntary", "licence"];

/** The snapshot after a recorded step. The history folded by this is the deal. */
export function evolve(deal: DealSnapshot, { command, facts }: RecordedStep): DealSnapshot {
  const next: DealSnapshot = { ...deal, revision: deal.revision + 1 };
  switch (command) {
    case "agree_mou":
      return { ...next, stage: "mou" };
    case "start_drafting":
      return { ...next, stage: "drafting" };
    case "sign":
      return {
        ...next,
        stage: "signed",
        signedOn: textOf(facts, "signedOn"),
        effectiveOn: textOf(facts, "effectiveOn"),
        duty: DUTIES.find((duty) => duty === facts.duty) ?? null,
        wish: facts.wish === true,
      };
    case "file_registration":
      return { ...next, stage: "registration_filed", filedOn: textOf(facts, "filedOn") };
    case "return_registration":
      return { ...next, stage: "signed", filedOn: null };
    case "register": {
      const certificateOn = textOf(facts, "certificateOn");
      const effectiveOn = deal.duty === "mandatory" ? certificateOn : deal.effectiveOn;
      return { ...next, stage: "registered", certificateOn, effectiveOn };
    }
    case "start_performing":
      return { ...next, stage: "performing" };
    case "confirm_acceptance": {
      const side = PARTY_SIDES.find((one) => one === facts.side);
      const accepted = side ? { ...deal.accepted, [side]: true } : deal.accepted;
      return { ...next, accepted, stage: accepted.transferor && accepted.transferee ? "accepted" : deal.stage };
    }
    case "liquidate":
      return { ...next, stage: "liquidated", status: "closed", liquidatedOn: textOf(facts, "liquidatedOn") };
    case "pause":
      return { ...next, status: "paused", reasonCode: textOf(facts, "reasonCode") };
    case "resume":
      return { ...next, status: "active", reasonCode: null };
    case "lose":
      return { ...next, status: "lost", reasonCode: textOf(facts, "reasonCode") };
    case "terminate":
      return { ...next, status: "terminated", reasonCode: textOf(facts, "reasonCode") };
    default:
      return next;
  }
}
