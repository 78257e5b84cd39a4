/** What must hold when everything has come to rest after crashes. */
import type { JobsExchange } from "./jobs-exchange";

export type EndCheck = {
  events: number;
  notices: number;
  mails: number;
  /** times the mail server said yes, doubles included */
  accepted: number;
  doubles: number;
  /** in words; empty when all is well */
  problems: string[];
};

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until every event is told and every mail is sent or given up. @returns false when that does not happen in time */
export async function everythingOver({ ctx }: JobsExchange, events: number, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (;;) {
    const [open, mails, unsent] = await Promise.all([
      ctx.db.outboxEvent.count({ where: { OR: [{ relayedAt: null }, { waiting: { isEmpty: false } }] } }),
      ctx.db.mail.count(),
      ctx.db.mail.count({ where: { state: { in: ["queued", "sending"] } } }),
    ]).catch(() => [-1, 0, 0] as const);
    if (open === 0 && mails >= events && unsent === 0) return true;
    if (performance.now() > until) return false;
    await pause(200);
  }
}

/** Every notice row exactly once, every mail accepted at least once under its one Message-ID, no row stuck. */
export async function checkEnd({ ctx, smtp, organisationIds }: JobsExchange, events: number): Promise<EndCheck> {
  const problems: string[] = [];
  const must = (holds: boolean, words: string) => {
    if (!holds) problems.push(words);
  };
  const [outbox, members, notices, mails, letters] = await Promise.all([
    ctx.db.outboxEvent.findMany({ select: { id: true, subjectId: true, relayedAt: true, waiting: true } }),
    ctx.db.membership.findMany({ select: { organisationId: true, personId: true } }),
    ctx.db.notice.findMany({ select: { eventId: true, personId: true } }),
    ctx.db.mail.findMany({ select: { dedupeKey: true, messageId: true, state: true } }),
    ctx.db.deadLetter.findMany({ select: { jobId: true, errorCode: true } }),
  ]);
  const memberOf = new Map(members.map((row) => [row.organisationId, row.personId]));
  must(new Set(outbox.map((row) => row.subjectId)).size === events, "not every event was committed");
  must(outbox.length === events && organisationIds.length === events, `${outbox.length} events instead of ${events}`);
  const stuck = outbox.filter((row) => !row.relayedAt || row.waiting.length > 0);
  must(stuck.length === 0, `${stuck.length} events are not relayed or not done`);

  const wanted = new Set(outbox.map((row) => `${row.id}|${memberOf.get(row.subjectId)}`));
  const told = notices.map((row) => `${row.eventId}|${row.personId}`);
  must(
    told.length === wanted.size && told.every((one) => wanted.has(one)),
    `${told.length} notices for ${wanted.size} readers`,
  );
  must(new Set(told).size === told.length, "a notice is there twice");

  const keys = new Set(outbox.map((row) => `${row.id}:${memberOf.get(row.subjectId)}`));
  must(
    mails.length === keys.size && mails.every((row) => keys.has(row.dedupeKey)),
    `${mails.length} mails for ${keys.size} readers`,
  );
  const unsent = mails.filter((row) => row.state !== "sent");
  must(unsent.length === 0, `${unsent.length} mails are ${[...new Set(unsent.map((row) => row.state))].join(", ")}`);
  const accepted = smtp.accepted().map((one) => one.messageId);
  const known = new Set(mails.map((row) => row.messageId));
  must(
    accepted.every((id) => known.has(id)),
    "a mail went out under a Message-ID of nobody",
  );
  const lost = mails.filter((row) => !accepted.includes(row.messageId));
  must(lost.length === 0, `${lost.length} mails were never accepted`);
  must(letters.length === 0, `dead letters: ${letters.map((row) => `${row.jobId} ${row.errorCode}`).join("; ")}`);
  const doubles = accepted.length - new Set(accepted).size;
  return { events, notices: notices.length, mails: mails.length, accepted: accepted.length, doubles, problems };
}
