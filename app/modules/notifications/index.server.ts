/** Door of the notifications context. It consumes events; no other context imports it. */

export { buildDigests } from "./commands/build-digests.server";
export { deliverDigests } from "./commands/deliver-digests.server";
export { deliverMail } from "./commands/deliver-mail.server";
export {
  type CheckView,
  checkToken,
  confirmAddress,
  liftSuppression,
  requestAddressCheck,
  viewAddressCheck,
} from "./commands/lift-suppression.server";
export { markRead } from "./commands/mark-read.server";
export { notifyEvent } from "./commands/notify-events.server";
export { recordDeadLetter } from "./commands/record-dead-letter.server";
export { recordRefusal } from "./commands/record-refusal.server";
export { releaseHeld } from "./commands/release-held.server";
export { remindOverdue } from "./commands/remind-overdue.server";
export { bounceSignature, reportBounces } from "./commands/report-bounces.server";
export {
  dropDeadLetter,
  dropDeadLetters,
  replayDeadLetter,
  replayDeadLetters,
} from "./commands/resolve-dead-letter.server";
export { saveChoices } from "./commands/save-choices.server";
export { stopMails } from "./commands/stop-mails.server";
export { renderMail } from "./domain/render-mail";
export { handleDeliverDigests, queueDigests } from "./jobs/deliver-digests.handler.server";
export { deliverDigestsJob } from "./jobs/deliver-digests.job";
export { handleDeliverMail } from "./jobs/deliver-mail.handler.server";
export { deliverMailJob } from "./jobs/deliver-mail.job";
export { createHandOver, type HandOver, queueMails } from "./jobs/hand-over.server";
export { handleNotify } from "./jobs/notify.handler.server";
export { notifyJob } from "./jobs/notify.job";
export { queueHeldMails } from "./jobs/queue-held-mails.server";
export { queueLostMails } from "./jobs/queue-lost-mails.server";
export { handleReplay } from "./jobs/replay-dead-letter.handler.server";
export { replayDeadLetterJob } from "./jobs/replay-dead-letter.job";
export { subscriptions } from "./jobs/subscriptions";
export { liveUnread } from "./queries/live-unread.server";
export { lostBatches } from "./queries/lost-batches.server";
export { lostMails } from "./queries/lost-mails.server";
export { type MailboxEntry, type MailboxMail, mailbox, mailboxMail } from "./queries/mailbox.server";
export { type NoticePage, type NoticeView, noticesOf, unreadCount } from "./queries/notices-of.server";
export { RETRIES, type RetryView } from "./queries/retries";
export { listSuppressions, type SuppressionView, unreachableAddress } from "./queries/suppressions.server";
export { type ChoicesView, viewChoices } from "./queries/view-choices.server";
export { type StopView, viewStop } from "./queries/view-stop.server";
export { type Stoppable, stopToken, verifyStopToken } from "./stop-token.server";
