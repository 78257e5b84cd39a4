/** Door of the brokering context: brokers' cases and introductions. Other contexts and routes import only this file and schemas.ts. */
export { answerByLink, answerIntroduction, recordPhoneAnswer } from "./commands/answer-introduction.server";
export { addCaseNote, editCaseDetails, planNextAction, setCaseParty } from "./commands/edit-case.server";
export { closeCase, handOverCase, handOverCasesOf } from "./commands/end-case.server";
export { bringForward as bringCaseForward } from "./commands/introduction-rows.server";
export { openCase } from "./commands/open-case.server";
export { type Proposed, proposeIntroduction } from "./commands/propose-introduction.server";
export type { Answered } from "./commands/settle-side.server";
export { type SweepReport, sweepIntroductions } from "./commands/sweep-introductions.server";
export { withdrawIntroduction } from "./commands/withdraw-introduction.server";
export type { StoryItem } from "./domain/story";
export { isOneSide, mayAnswerFor, maySeeCases, mayWorkCases, visibleCases } from "./policy";
export { answerToken } from "./queries/answer-token.server";
export type { IntroductionView, ListingSummary, SideContact } from "./queries/describe-side.server";
export { type CaseList, type CaseRow, casesByNextDate, listCases } from "./queries/list-cases.server";
export { type OpenIntroduction, openIntroductionsOf } from "./queries/open-introductions.server";
export {
  type PartyChoice,
  type PreparedCase,
  type PreparedSide,
  partyChoices,
  partyName,
  prepareCase,
} from "./queries/prepare-case.server";
export { type ProposePreview, proposePreview } from "./queries/propose-preview.server";
export { type CaseView, viewCase } from "./queries/view-case.server";
export {
  type AnswerLinkView,
  caseOfIntroduction,
  viewAnswerLink,
  viewIntroduction,
} from "./queries/view-introduction.server";
