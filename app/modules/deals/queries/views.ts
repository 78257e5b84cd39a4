import type {
  DealDocumentKind,
  DealOrigin,
  DealStage,
  DealStatus,
  PaymentKind,
  RegistrationDuty,
  TransferForm,
  TransferMethod,
  TransferObject,
  TransferRight,
} from "~/generated/prisma/enums";
import type { PartySide } from "../domain/choices";
import type { DealCommandKind, DealRole, GuardCode } from "../domain/deal-machine";

/** Dates of the law are YYYY-MM-DD strings; moments are Dates; amounts are bigint minor units of `currency`. */
export type DealPartyView = {
  side: PartySide;
  organisationId: string;
  name: string;
  /** has active members on the exchange: accepts for itself; without any, the broker records it from a document */
  hasMembers: boolean;
  acceptedAt: Date | null;
  /** the reader belongs to it */
  mine: boolean;
};

export type DealListingView = { id: string; reference: string | null; title: string };

export type DealTerms = {
  technologyName: string | null;
  objects: TransferObject[];
  form: TransferForm | null;
  methods: TransferMethod[];
  right: TransferRight | null;
  scope: string | null;
  sectorMain: string | null;
  value: bigint | null;
  currency: string;
  paymentKinds: PaymentKind[];
  royaltyBasisPoints: number | null;
  royaltyYears: number | null;
  royaltyMinimum: bigint | null;
  royaltyCap: bigint | null;
  improvementRights: string | null;
  checklist: number[];
  transferorCountry: string | null;
  transfereeCountry: string | null;
  stateMoney: boolean | null;
  taskCertificate: boolean | null;
  restrictedList: boolean | null;
};

/** What a rule says about a transfer: deals:duty.<duty>, deals:dutyReason.<reason>. */
export type DutyAnswer = {
  duty: RegistrationDuty;
  /** restricted | inbound | outbound | taskCertificate | stateMoney | domestic */
  reason: string;
  ruleVersion: number;
  /** the law behind the rule, in Vietnamese */
  source: string;
  /** who files for both: the transferee, or the transferor when the technology leaves Việt Nam; null under a licence */
  filedBy: PartySide | null;
};
/** Null members: the facts that are still unknown. */
export type DutyPreview =
  | { answer: DutyAnswer }
  | { missing: ("countries" | "stateMoney" | "taskCertificate" | "restrictedList")[] };

export type DeadlineView = {
  /** 90 days after signing, as the law counts */
  lastDay: string;
  /** the day it has to be done: the next working day when lastDay is a day off */
  dueOn: string;
  /** dueOn differs from lastDay */
  moved: boolean;
  days: number;
  ruleVersion: number;
  /** done when the file was handed in */
  state: "open" | "done" | "cancelled";
  /** days from today to dueOn; negative when it has passed */
  daysLeft: number;
};

export type RegistrationView = {
  duty: RegistrationDuty;
  reason: string;
  ruleVersion: number;
  source: string;
  filedBy: PartySide | null;
  /** voluntary, and the parties wish it */
  wish: boolean;
  /** null when nothing has to be filed */
  deadline: DeadlineView | null;
  filedOn: string | null;
  /** the file came in after the deadline */
  late: boolean;
  /** last day on which the registrar answers; null when nothing is filed */
  processBy: string | null;
  /** the last time the file was sent back: deals:returnReason.<code> */
  returned: { reasonCode: string; note: string | null; at: Date } | null;
  certificateNumber: string | null;
  certificateOn: string | null;
  certificateDocumentId: string | null;
};

export type DealDocumentView = {
  id: string;
  kind: DealDocumentKind;
  stage: DealStage;
  title: string | null;
  /** the name the uploader's file had */
  name: string;
  file: "pdf" | "picture";
  bytes: number;
  by: string | null;
  at: Date;
};

export type MilestoneView = {
  id: string;
  number: number;
  label: string;
  dueOn: string | null;
  amount: bigint | null;
  /** a payment that comes again each period */
  royalty: boolean;
  doneOn: string | null;
  waivedOn: string | null;
  waivedNote: string | null;
  overdue: boolean;
};

/** One step of the deal's story: deals:timeline.<command> with `params`. */
export type DealTimelineItem = {
  id: string;
  number: number;
  at: Date;
  command: DealCommandKind;
  stage: DealStage;
  status: DealStatus;
  by: string | null;
  /** broker | registrar | transferor | transferee | system */
  byRole: string;
  /** codes, dates (YYYY-MM-DD) and numbers as text */
  params: Record<string, string>;
  /** words beside a reason: only for the Department's readers, but what a registrar wants corrected is for all */
  note: string | null;
};

/** A command of this stage with what it asks for: the page shows what is met and what is still missing. */
export type DealStep = {
  command: DealCommandKind;
  /** the reader's role may do it */
  mine: boolean;
  /** mine, and every point that does not come with the form itself is met */
  ready: boolean;
  points: { code: GuardCode; met: boolean }[];
};

export type DealView = {
  id: string;
  reference: string;
  title: string;
  origin: DealOrigin;
  stage: DealStage;
  status: DealStatus;
  revision: number;
  /** as whom the reader reads; somebody of both organisations reads as transferor */
  role: DealRole;
  /** why it is paused, lost or ended early; the note is for the Department only */
  reason: { code: string; note: string | null } | null;
  broker: { id: string; name: string; phone: string | null; email: string; mine: boolean };
  parties: { transferor: DealPartyView | null; transferee: DealPartyView | null };
  /** where it came from; caseId and introductionId are for the Department only */
  source: {
    caseId: string | null;
    introductionId: string | null;
    meetingId: string | null;
    need: DealListingView | null;
    offering: DealListingView | null;
  };
  terms: DealTerms;
  signedOn: string | null;
  contractNumber: string | null;
  effectiveOn: string | null;
  liquidatedOn: string | null;
  /** decided at signing; null before */
  registration: RegistrationView | null;
  /** what registration would be with the terms as they are; null once signed */
  duty: DutyPreview | null;
  documents: DealDocumentView[];
  milestones: MilestoneView[];
  /** newest first */
  timeline: DealTimelineItem[];
  /** the broker's next action; null for the parties */
  next: { action: string; on: string; overdue: boolean } | null;
  steps: DealStep[];
  createdAt: Date;
  /** YYYY-MM-DD in Việt Nam */
  today: string;
  /** for pause, resume, lose, terminate, terms… */
  may: {
    work: boolean;
    handOver: boolean;
    /** staff see every mail that was sent about it */
    readMails: boolean;
    editTerms: boolean;
    plan: boolean;
    addDocument: DealDocumentKind[];
    saveMilestones: boolean;
    completeMilestone: boolean;
    pause: boolean;
    resume: boolean;
    lose: boolean;
    terminate: boolean;
    /** sides for which the reader may confirm acceptance now */
    accept: PartySide[];
  };
};

export type DealRow = {
  id: string;
  reference: string;
  title: string;
  stage: DealStage;
  status: DealStatus;
  origin: DealOrigin;
  value: bigint | null;
  currency: string;
  transferor: string | null;
  transferee: string | null;
  broker: string;
  mine: boolean;
  /** the Department's next action; null for the parties */
  nextAction: string | null;
  nextActionOn: string | null;
  overdue: boolean;
  signedOn: string | null;
  registrationDuty: RegistrationDuty | null;
  /** the open registration deadline */
  deadline: { dueOn: string; daysLeft: number } | null;
  reasonCode: string | null;
  createdAt: Date;
};
export type DealList = {
  rows: DealRow[];
  total: number;
  page: number;
  pages: number;
  counts: Record<DealStatus | "mine", number>;
  /** rows in the same order by stage (board: all live deals, at most 300) */
  columns: { stage: DealStage; rows: DealRow[] }[];
  /** staff see the office, members their own organisations' */
  reader: "staff" | "member";
};

export type PreparedDeal = {
  origin: DealOrigin;
  caseId: string | null;
  introductionId: string | null;
  meetingId: string | null;
  title: string;
  transferor: { id: string; name: string } | null;
  transferee: { id: string; name: string } | null;
  nextActionOn: string;
  today: string;
  /** the live deal of the same case */
  existingId: string | null;
};

export type OpenableDocument = { fileId: string; kind: "pdf" | "picture"; downloadName: string; title: string | null };

export type CaseDeal = Pick<
  DealRow,
  "id" | "reference" | "title" | "stage" | "status" | "value" | "currency" | "signedOn" | "createdAt" | "reasonCode"
>;

/** What waits for a member: deals:waiting.<kind>. */
export type OpenDealItem = {
  kind: "accept" | "file_registration" | "milestone" | "follow";
  dealId: string;
  reference: string;
  title: string;
  stage: DealStage;
  dueOn: string | null;
  overdue: boolean;
  /** the milestone's label */
  what: string | null;
};

/** What waits for a broker or registrar: deals:task.<kind>. */
export type DealTask = {
  kind: "next_action" | "registration_deadline" | "registration_process" | "milestone" | "acceptance";
  dealId: string;
  reference: string;
  title: string;
  stage: DealStage;
  /** the next action's or milestone's words */
  what: string | null;
  dueOn: string | null;
  overdue: boolean;
  mine: boolean;
};
