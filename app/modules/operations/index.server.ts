/** Door of the operations context: how the exchange itself does. Reads all others; none knows it. */

export { type HandedOver, handOverAll } from "./commands/hand-over-all.server";
export { claimFiles, type FileCount, pruneFiles } from "./commands/prune-files.server";
export { recordBeat, recordWorkerEnd } from "./commands/record-beat.server";
export { recordSweepEnd, recordSweepStart } from "./commands/record-sweep.server";
export { addReason, saveReason, switchReason } from "./commands/save-reason.server";
export { type DeadLetterPage, type DeadLetterView, listDeadLetters } from "./queries/dead-letters.server";
export type { Subject } from "./queries/describe-subjects.server";
export { exchangeState } from "./queries/exchange-state.server";
export { type MailLife, type MailLives, mailLives } from "./queries/mail-lives.server";
export { type FileHolder, fileHolders } from "./queries/open-files.server";
export {
  type FilesView,
  type OperatorOverview,
  operatorOverview,
  type QueueView,
  type WorkerView,
} from "./queries/overview.server";
export {
  type OneReason,
  type OneReasonList,
  type ReasonListView,
  type ReasonView,
  reasonRoom,
  viewReason,
  viewReasonList,
} from "./queries/reason-room.server";
