import { type ParsedMail, simpleParser } from "mailparser";
import { expect } from "vitest";
import type { DealStage, DealStatus, Locale, Side } from "~/generated/prisma/enums";
import { deliverMail, noticesOf, notifyEvent } from "~/modules/notifications/index.server";
import { createMailPreview } from "~/platform/adapters/mail-preview.server";
import type { PersonActor } from "~/platform/context";
import { EVENTS, type EventType } from "~/platform/events";
import { newId } from "~/platform/ids";
import { dateOnly } from "~/platform/ports/clock";
import { aPair, type Pair } from "../../factories/cases";
import { type Agreed, anAgreed } from "../../factories/outcomes";
import { makeStaff } from "../../factories/people";
import type { TestWorld } from "../../setup/harness";
import { emitEvent } from "./subjects";

/**
 * A meeting, minutes, a deal and an outcome question as rows, with a secret in every field that nobody may be told, and
 * readers by name. The commands that write such rows are tested in their own suites.
 */

export const SECRETS = {
  needContact: "zqneedcontact",
  offeringContact: "zqofferingcontact",
  online: "https://zqonline.example.invalid/phong",
  agenda: "zqagenda",
  responseNote: "zqresponsenote",
  decisions: "zqdecisions",
  nextStep: "zqnextstep",
  remark: "zqremark",
  feedback: "zqfeedback",
  outcomeNote: "zqoutcomenote",
  resolvedNote: "zqresolvednote",
  reasonNote: "zqreasonnote",
  dealPlan: "zqdealplan",
  value: "987654321",
  scope: "zqscope",
} as const;

export type Reader = "need" | "offering" | "broker" | "registrar" | "otherRegistrar" | "otherBroker";
export type Scene = {
  pair: Pair;
  agreed: Agreed;
  readers: Record<Reader, PersonActor>;
  meetingId: string;
  participants: Record<Side, string>;
  minutesId: string;
  dealId: string;
  milestoneId: string;
  questions: Record<Side, string>;
};

const contact = (name: string) => ({
  contactName: name,
  contactPhone: "0999 123 456",
  contactEmail: `${name}@example.invalid`,
});

export async function setScene(world: TestWorld): Promise<Scene> {
  const { db } = world.container.ports;
  const pair = await aPair(world, {
    need: { visibility: "blind", ...contact(SECRETS.needContact) },
    offering: { visibility: "blind", ...contact(SECRETS.offeringContact) },
  });
  const agreed = await anAgreed(world, pair);
  const readers = {
    need: pair.need.owner,
    offering: pair.offering.owner,
    broker: pair.broker,
    registrar: await makeStaff(world, "registrar"),
    otherRegistrar: await makeStaff(world, "registrar"),
    otherBroker: await makeStaff(world, "broker"),
  };
  const now = world.clock.now();
  const [startsAt, endsAt] = [new Date("2026-12-05T02:00:00.000Z"), new Date("2026-12-05T02:30:00.000Z")];
  const [sessionId, meetingId, minutesId, dealId, milestoneId] = [newId(), newId(), newId(), newId(), newId()];
  const participants = { need: newId(), offering: newId() };
  const questions = { need: newId(), offering: newId() };
  await db.connectionSession.create({
    data: {
      id: sessionId,
      officeId: pair.broker.officeId,
      title: "Phiên kết nối môi trường mỏ",
      state: "inviting",
      place: "Hội trường Sở",
      onlineUrl: SECRETS.online,
      agenda: SECRETS.agenda,
      startsAt,
      endsAt: new Date("2026-12-05T09:00:00.000Z"),
      tables: 4,
      slotMinutes: 30,
      ownerId: pair.broker.personId,
      createdAt: now,
      createdById: pair.broker.personId,
    },
  });
  const { introductionId, caseId } = agreed;
  await db.meeting.create({
    data: {
      id: meetingId,
      sessionId,
      introductionId,
      caseId,
      startsAt,
      endsAt,
      tableNumber: 3,
      uid: `${meetingId}@cungcau.invalid`,
      invitedAt: now,
      changedAt: now,
      createdAt: now,
    },
  });
  for (const side of ["need", "offering"] as const) {
    const { organisationId } = pair[side];
    await db.meetingParticipant.create({
      data: {
        id: participants[side],
        meetingId,
        side,
        organisationId,
        startsAt,
        endsAt,
        responseNote: SECRETS.responseNote,
      },
    });
    await db.meetingFeedback.create({
      data: {
        id: newId(),
        meetingId,
        side,
        score: 2,
        comment: SECRETS.feedback,
        channel: "page",
        byId: pair[side].owner.personId,
        at: now,
      },
    });
    await db.outcomeQuestion.create({
      data: {
        id: questions[side],
        officeId: pair.broker.officeId,
        subjectKind: "meeting",
        subjectId: meetingId,
        caseId,
        days: 7,
        side,
        organisationId,
        askedAt: now,
        note: SECRETS.outcomeNote,
        resolvedNote: SECRETS.resolvedNote,
      },
    });
  }
  await db.minutes.create({
    data: {
      id: minutesId,
      meetingId,
      state: "sent",
      outcome: "negotiate",
      decisions: SECRETS.decisions,
      nextStep: SECRETS.nextStep,
      nextOwner: "need",
      nextOn: dateOnly("2026-12-20"),
      writtenById: pair.broker.personId,
      writtenAt: now,
      sentAt: now,
    },
  });
  await due(world, "minutes.confirm", "meeting", meetingId, "2026-12-14");
  await db.deal.create({
    data: {
      id: dealId,
      officeId: pair.broker.officeId,
      reference: "TV-22-2026-000001",
      title: "Chuyển giao màng MBR",
      origin: "meeting",
      caseId,
      introductionId,
      meetingId,
      transferorId: pair.offering.organisationId,
      transfereeId: pair.need.organisationId,
      brokerId: pair.broker.personId,
      value: BigInt(SECRETS.value),
      scope: SECRETS.scope,
      nextAction: SECRETS.dealPlan,
      createdAt: now,
      createdById: pair.broker.personId,
    },
  });
  await db.dealMilestone.create({
    data: { id: milestoneId, dealId, number: 1, label: "Bàn giao quy trình", dueOn: dateOnly("2027-01-15") },
  });
  return { pair, agreed, readers, meetingId, participants, minutesId, dealId, milestoneId, questions };
}

/** Opens (or closes) a deadline as the commands leave it. */
export async function due(
  world: TestWorld,
  kind: string,
  subjectKind: string,
  subjectId: string,
  day: string | null,
): Promise<void> {
  const { db, clock } = world.container.ports;
  if (!day) {
    await db.due.updateMany({ where: { kind, subjectId }, data: { state: "done", closedAt: clock.now() } });
    return;
  }
  const office = await db.office.findFirstOrThrow();
  const row = { dueOn: dateOnly(day), state: "open" as const, closedAt: null };
  await db.due.upsert({
    where: { kind_subjectKind_subjectId: { kind, subjectKind, subjectId } },
    create: {
      id: newId(),
      officeId: office.id,
      kind,
      subjectKind,
      subjectId,
      ruleKey: "test",
      ruleVersion: 1,
      createdAt: clock.now(),
      ...row,
    },
    update: row,
  });
}

let number = 0;
/** Puts the deal where a command leaves it, with the line of its history; returns the payload's detail. */
export async function dealStep(
  world: TestWorld,
  { dealId }: Pick<Scene, "dealId">,
  step: {
    command: string;
    stage: DealStage;
    status?: DealStatus;
    by?: PersonActor;
    reasonCode?: string;
    data?: Record<string, unknown>;
  },
): Promise<{ dealEventId: string }> {
  const { db, clock } = world.container.ports;
  const { stage, status = "active", reasonCode = null } = step;
  await db.deal.update({
    where: { id: dealId },
    data: { stage, status, reasonCode, ...(reasonCode ? { reasonNote: SECRETS.reasonNote } : {}), ...step.data },
  });
  const dealEventId = newId();
  number += 1;
  await db.dealEvent.create({
    data: {
      id: dealEventId,
      dealId,
      number,
      command: step.command,
      facts: reasonCode ? { reasonCode, note: SECRETS.reasonNote } : {},
      stage,
      status,
      byId: step.by?.personId ?? null,
      byRole: "broker",
      at: clock.now(),
    },
  });
  return { dealEventId };
}

export type ToldMail = ParsedMail & { reader: Reader };
export type Told = {
  /** "template → reader", sorted */
  page: string[];
  mail: string[];
  /** as whoever receives them reads them */
  mails: ToldMail[];
  /** where they lead, by "page template" and "mail template" */
  paths: Record<string, string>;
};

/** Emits an event, does what the worker does with it, mails included, and says who was told what. */
export async function tell(
  world: TestWorld,
  scene: Scene,
  type: EventType,
  subjectId: string,
  payload: Record<string, string>,
): Promise<Told> {
  const { db } = world.container.ports;
  const eventId = await emitEvent(world, type, subjectId, payload);
  const { mailIds } = await notifyEvent(world.system, eventId);
  // the job may run twice
  await notifyEvent(world.system, eventId);
  const preview = createMailPreview();
  for (const id of mailIds) await deliverMail(world.system, preview, id, false);
  const notices = await db.notice.findMany({ where: { eventId } });
  const rows = await db.mail.findMany({ where: { dedupeKey: { startsWith: `${eventId}:` } } });
  expect(preview.kept()).toHaveLength(rows.length);
  const nameOf = (match: (person: PersonActor) => boolean): Reader => {
    const found = READERS.find((name) => match(scene.readers[name]));
    if (!found) throw new Error("somebody was told who has nothing to do with it");
    return found;
  };
  const told = (list: { kind: string; personId: string | null }[]) =>
    list.map((one) => `${one.kind} → ${nameOf((person) => person.personId === one.personId)}`).sort();
  const paths = Object.fromEntries(
    [...notices, ...rows].map((one) => [
      `${"toAddress" in one ? "mail" : "page"} ${one.kind}`,
      String((one.params as { path?: string }).path),
    ]),
  );
  const mails = await Promise.all(
    preview.kept().map(async ({ to, source }) => ({
      ...(await simpleParser(source)),
      reader: nameOf((person) => person.email === to),
    })),
  );
  for (const row of [...notices, ...rows]) {
    expect(row).toMatchObject({ subjectKind: subjectKindOf(type), subjectId });
    nothingSecret(JSON.stringify(row.params));
  }
  const page = await Promise.all(
    notices.map(({ personId }) => noticesOf(world.ctx(scene.readers[nameOf((one) => one.personId === personId)]))),
  );
  nothingSecret(JSON.stringify(page));
  return { page: told(notices), mail: told(rows), mails, paths };
}

const READERS = [
  "need",
  "offering",
  "broker",
  "registrar",
  "otherRegistrar",
  "otherBroker",
] as const satisfies Reader[];
const subjectKindOf = (type: EventType) => EVENTS[type];

export function nothingSecret(text: string): void {
  for (const secret of [...Object.values(SECRETS), "0999 123 456"]) expect(text).not.toContain(secret);
}

/** A mail that can be read: every place filled, nothing said that may not be, who to call, in the reader's language. */
export function readsWell(mail: ToldMail, scene: Scene, locale: Locale): void {
  const { subject = "", text = "", html } = mail;
  expect(subject).not.toBe("");
  const all = `${subject}\n${text}\n${html}`;
  expect(all).not.toMatch(/\{\{|\{token\}|undefined|\bnull\b|“”|\(\)|NaN|Invalid/);
  expect(subject + text).not.toMatch(/ {2}| [,.;:]|[,:] ?\.|ngày[.,]| of[.,]/);
  nothingSecret(all);
  for (const [name, person] of Object.entries(scene.readers))
    if (name !== mail.reader) expect(all).not.toContain(person.email);
  if (mail.reader === "need" || mail.reader === "offering") {
    expect(text).toContain(locale === "vi" ? "Kính gửi Quý đơn vị" : "Dear");
    expect(text).toContain(scene.readers.broker.fullName);
    expect(text).toContain("0203 111 2222");
  }
  expect(text).toContain(locale === "vi" ? "Trân trọng" : "Kind regards");
}

/** Everybody reads this language from now on. */
export async function everybodyReads(world: TestWorld, locale: Locale): Promise<void> {
  await world.container.ports.db.person.updateMany({ data: { locale } });
}
