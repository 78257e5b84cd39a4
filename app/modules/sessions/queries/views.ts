import type {
  AnswerChannel,
  ConnectionSessionState,
  MeetingOutcome,
  MeetingState,
  MinutesState,
  ParticipantResponse,
  Side,
  StepOwner,
} from "~/generated/prisma/enums";
import type { Blocker, SessionStep } from "../domain/session-states";
import type { SessionStoryItem } from "../domain/session-story";
import type { Slot } from "../domain/slots";

export type { Blocker, SessionStep } from "../domain/session-states";
export type { SessionStoryItem } from "../domain/session-story";
export type { Slot } from "../domain/slots";

export type SessionRow = {
  id: string;
  title: string;
  state: ConnectionSessionState;
  place: string | null;
  onlineUrl: string | null;
  startsAt: Date;
  endsAt: Date;
  owner: string;
  mine: boolean;
  /** meetings that are not cancelled */
  meetings: number;
  /** invited sides of planned meetings that have not answered / have declined */
  unanswered: number;
  declined: number;
  /** held meetings whose minutes are not sent yet */
  toWrite: number;
};
export type SessionList = { rows: SessionRow[]; counts: { mine: number; coming: number; past: number } };

export type ParticipantView = {
  id: string;
  side: Side;
  organisation: { id: string; name: string; members: number };
  response: ParticipantResponse;
  declineReason: string | null;
  responseNote: string | null;
  channel: AnswerChannel | null;
  respondedAt: Date | null;
  respondedBy: string | null;
  remindedOn: Date | null;
  attended: boolean | null;
};

/** A meeting as brokers and leaders of the office see it. */
export type SessionMeeting = {
  id: string;
  state: MeetingState;
  startsAt: Date;
  endsAt: Date;
  /** null = online only */
  tableNumber: number | null;
  sequence: number;
  revision: number;
  invitedAt: Date | null;
  cancelReason: string | null;
  caseId: string;
  caseTitle: string;
  introductionId: string;
  /** need side first */
  participants: ParticipantView[];
  minutes: { state: MinutesState; outcome: MeetingOutcome; revision: number; sentAt: Date | null } | null;
};

export type SessionFacts = {
  id: string;
  title: string;
  state: ConnectionSessionState;
  place: string | null;
  onlineUrl: string | null;
  startsAt: Date;
  endsAt: Date;
  tables: number;
  slotMinutes: number;
  agenda: string | null;
  cancelReason: string | null;
  revision: number;
  owner: { id: string; fullName: string; phone: string | null };
  mine: boolean;
};

export type SessionView = SessionFacts & {
  /** by time, then table; cancelled ones last */
  meetings: SessionMeeting[];
  story: SessionStoryItem[];
  /** what happens next with the session; null when it is closed or cancelled */
  next: SessionStep | null;
  /** what must be done before `next`; empty = it can be done now */
  blockers: Blocker[];
  may: { work: boolean; handOver: boolean; edit: boolean; addMeeting: boolean; cancel: boolean };
};

export type MeetingChoice = {
  introductionId: string;
  caseId: string;
  caseTitle: string;
  acceptedAt: Date | null;
  /** when the two sides met last, in any session; null = never */
  lastMet: Date | null;
  need: { id: string; name: string };
  offering: { id: string; name: string };
  /** the acting broker belongs to one side: another broker plans this one */
  ownSide: boolean;
  /** first free time at each table (and online, when the session has a link), earliest first; both organisations are free then */
  slots: Slot[];
};
export type PreparedMeeting = { session: SessionFacts; introductions: MeetingChoice[]; may: { addMeeting: boolean } };

export type MinutesRemark = {
  revision: number;
  side: Side;
  confirmed: boolean;
  remark: string | null;
  channel: AnswerChannel;
  by: string | null;
  at: Date;
};
export type MinutesView = {
  state: MinutesState;
  outcome: MeetingOutcome;
  decisions: string;
  nextStep: string | null;
  nextOwner: StepOwner | null;
  nextOn: Date | null;
  revision: number;
  writtenBy: string | null;
  writtenAt: Date;
  sentAt: Date | null;
  stepDoneAt: Date | null;
  stepDoneBy: string | null;
};
export type FeedbackView = { side: Side; score: number; comment: string | null; at: Date };

export type BrokerMeetingView = SessionMeeting & {
  session: SessionFacts;
  /** whom to call at each side (case party, else the listing's contact); null for leaders */
  contacts: { side: Side; name: string | null; phone: string | null; email: string | null }[] | null;
  minutesText: MinutesView | null;
  /** every answer to every revision, newest first */
  remarks: MinutesRemark[];
  feedback: FeedbackView[];
  story: SessionStoryItem[];
  /** other free times, first per table */
  slots: Slot[];
  /** minutes to be written by / confirmed by */
  minutesDue: Date | null;
  /** the acting broker belongs to one side: only reads */
  ownSide: boolean;
  may: {
    move: boolean;
    cancel: boolean;
    /** sides whose answer may be written down from a phone call */
    phone: Side[];
    attendance: boolean;
    /** what was recorded about who came may be put right */
    correct: boolean;
    writeMinutes: boolean;
    /** sides whose answer to the minutes may be written down from a phone call */
    phoneMinutes: Side[];
    completeStep: boolean;
  };
  /** why attendance cannot be recorded yet, in words */
  attendanceBlocker: Blocker | null;
};

/** A meeting as a member of one of its organisations sees it: own side whole, of the other only the name. */
export type MeetingView = {
  id: string;
  introductionId: string;
  state: MeetingState;
  startsAt: Date;
  endsAt: Date;
  tableNumber: number | null;
  sequence: number;
  cancelReason: string | null;
  /** moved at least once since the first invitation */
  moved: boolean;
  session: {
    title: string;
    place: string | null;
    onlineUrl: string | null;
    agenda: string | null;
    startsAt: Date;
    endsAt: Date;
  };
  mine: {
    participantId: string;
    side: Side;
    organisation: string;
    response: ParticipantResponse;
    declineReason: string | null;
    responseNote: string | null;
    channel: AnswerChannel | null;
    respondedAt: Date | null;
    respondedBy: string | null;
    attended: boolean | null;
  };
  other: { side: Side; organisation: string };
  broker: { fullName: string; phone: string | null };
  /** once sent; null while a first or a new version is being written */
  minutes:
    | (MinutesView & {
        /** own side's answer to this revision */
        mine: { confirmed: boolean; remark: string | null; at: Date; by: string | null } | null;
        /** the other side has confirmed this revision */
        otherConfirmed: boolean;
        confirmBy: Date | null;
      })
    | null;
  /** a version was sent before and the Department is writing a new one */
  minutesBeingRevised: boolean;
  feedback: { score: number; comment: string | null; at: Date } | null;
  may: { respond: boolean; answerMinutes: boolean; completeStep: boolean; giveFeedback: boolean };
};

export type MeetingLinkView =
  | { state: "wrong" }
  /** answered for this time: the page behind the sign-in changes it */
  | { state: "answered"; answer: "confirmed" | "declined"; meetingId: string }
  /** begun, cancelled, or over */
  | { state: "over"; meetingId: string }
  | { state: "ready"; meeting: MeetingView };
export type MinutesLinkView =
  | { state: "wrong" }
  | { state: "answered"; answer: "confirmed" | "disputed"; meetingId: string }
  /** no version waits for an answer now */
  | { state: "over"; meetingId: string }
  | { state: "ready"; meeting: MeetingView & { minutes: NonNullable<MeetingView["minutes"]> } };

export type CalendarMethod = "REQUEST" | "CANCEL" | "PUBLISH";
export type Calendar = { text: string; method: CalendarMethod; filename: string };

export type PrintRow = {
  startsAt: Date;
  endsAt: Date;
  tableNumber: number | null;
  need: string;
  offering: string;
  caseTitle: string;
  confirmed: { need: boolean; offering: boolean };
};
export type PrintedSession = {
  office: { nameVi: string; nameEn: string; phone: string; email: string };
  session: SessionFacts;
  /** planned, held and no-show meetings by time and table: the pair list */
  pairs: PrintRow[];
  /** one agenda or letter of invitation per organisation, by name */
  organisations: {
    id: string;
    name: string;
    address: string | null;
    rows: { startsAt: Date; endsAt: Date; tableNumber: number | null; with: string; side: Side }[];
  }[];
  printedAt: Date;
};

export type CaseMeeting = {
  id: string;
  sessionId: string;
  sessionTitle: string;
  introductionId: string;
  state: MeetingState;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
  online: boolean;
  tableNumber: number | null;
  cancelReason: string | null;
  responses: { side: Side; response: ParticipantResponse; attended: boolean | null }[];
  minutes: Pick<
    MinutesView,
    "state" | "outcome" | "nextStep" | "nextOwner" | "nextOn" | "sentAt" | "stepDoneAt"
  > | null;
};

/** Something of a member's organisation that waits or comes. */
export type OpenMeeting = {
  meetingId: string;
  /** answer the invitation · it comes · confirm the minutes · own next step · give feedback */
  kind: "answer" | "coming" | "minutes" | "step" | "feedback";
  /** the other side's organisation */
  other: string;
  /** the meeting's time; the day until which (minutes) or on which (step) something is due */
  at: Date;
  place: string | null;
  online: boolean;
  tableNumber: number | null;
  /** of a step: what is to be done */
  nextStep: string | null;
  overdue: boolean;
};

export type BrokerSessionTask = {
  kind: "unanswered" | "declined" | "attendance" | "write" | "disputed" | "step";
  sessionId: string;
  sessionTitle: string;
  meetingId: string;
  /** names of both sides */
  sides: string;
  /** who is asked: names of the silent or declining organisations, or the step */
  detail: string | null;
  /** the meeting's time or the day it is due */
  at: Date;
  overdue: boolean;
  mine: boolean;
};

/** What deals and the outcome chase need of a meeting. */
export type MeetingFacts = {
  id: string;
  officeId: string;
  sessionId: string;
  ownerId: string;
  caseId: string;
  introductionId: string;
  needId: string | null;
  offeringId: string | null;
  state: MeetingState;
  startsAt: Date;
  endsAt: Date;
  sides: { participantId: string; side: Side; organisationId: string; organisation: string }[];
  minutes: { state: MinutesState; outcome: MeetingOutcome; sentAt: Date | null } | null;
};
