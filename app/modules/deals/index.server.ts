/** Door of the deals context: transfers from negotiation to liquidation. Other contexts and routes import only this file and schemas.ts. */
export { addDealDocument, type DealUpload } from "./commands/add-document.server";
// outcome chase
export {
  answerOutcome,
  answerOutcomeByLink,
  type OutcomeAnswered,
  recordPhoneOutcome,
} from "./commands/answer-outcome.server";
export { confirmAcceptance } from "./commands/confirm-acceptance.server";
export { editTerms, planDeal } from "./commands/edit-terms.server";
export { loseDeal, pauseDeal, resumeDeal, terminateDeal } from "./commands/end-deal.server";
export { handOverDeal, handOverDealsOf } from "./commands/hand-over-deal.server";
export { completeMilestone, planRoyalties, saveMilestones } from "./commands/milestones.server";
export { moveDeal } from "./commands/move-deal.server";
export { openDeal } from "./commands/open-deal.server";
export { resolveOutcome } from "./commands/resolve-outcome.server";
export { type DealSweepReport, sweepDeals } from "./commands/sweep-deals.server";
export { type OutcomeSweepReport, sweepOutcomes } from "./commands/sweep-outcomes.server";
export type { DealCommandKind, DealRole, GuardCode } from "./domain/deal-machine";
export { maySeeOfficeDeals, mayWorkDeals } from "./policy";
export { previewDuty } from "./queries/duty.server";
export { dealsOfCase, type ListDealsAsk, listDeals } from "./queries/list-deals.server";
export { openDealDocument } from "./queries/open-document.server";
export {
  type CaseOutcomes,
  type OutcomeAgreement,
  type OutcomeConflict,
  type OutcomeStep,
  type OutcomesToResolve,
  outcomesOfCase,
  outcomesToResolve,
} from "./queries/outcome-steps.server";
export { outcomeToken } from "./queries/outcome-token.server";
export {
  caseOfOutcome,
  type OpenOutcome,
  type OutcomeLinkView,
  type OutcomeView,
  openOutcomesOf,
  type PhoneOutcomeView,
  viewOutcome,
  viewOutcomeLink,
  viewPhoneOutcome,
} from "./queries/outcomes.server";
export { type DealPartyChoices, dealPartyChoices } from "./queries/party-choices.server";
export { prepareDeal } from "./queries/prepare-deal.server";
export { viewDeal } from "./queries/view-deal.server";
export type * from "./queries/views";
export { dealTasks, openDealsOf } from "./queries/waiting.server";
