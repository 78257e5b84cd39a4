/** The listings context: needs, offerings, versions, sectors, units, review, access grants. Other contexts import only this file and schemas.ts. */
export { type AcceptUndertakingInput, acceptUndertaking } from "./commands/accept-undertaking.server";
export { approveDraft } from "./commands/approve-draft.server";
export { storeListingFile } from "./commands/attach-files.server";
export { addAnnex, removeAnnex } from "./commands/change-annexes.server";
export { confirmOnBehalf } from "./commands/confirm-on-behalf.server";
export { type ConfirmTrlInput, confirmTrl } from "./commands/confirm-trl.server";
export { copyListing } from "./commands/copy-listing.server";
export { countView } from "./commands/count-view.server";
export {
  type Approval,
  approveListing,
  type Decision,
  rejectListing,
  requestChanges,
} from "./commands/decide-review.server";
export {
  type Entered,
  type EnteredDraft,
  enterMany,
  type ManyDrafts,
  type ManyFor,
  manyDrafts,
} from "./commands/enter-many.server";
export { type GrantAccessInput, grantAccess } from "./commands/grant-access.server";
export { type ImportInput, type ImportReport, importListings } from "./commands/import-listings.server";
export { answerAnnexRequest, closeAnnexTo, requestAnnex } from "./commands/let-into-annex.server";
export { markChallenge } from "./commands/mark-challenge.server";
export { type MarkDuplicateInput, markDuplicate } from "./commands/mark-duplicate.server";
export { sendBackDraft } from "./commands/office-approval.server";
export { type OpenedAnnex, openAnnex } from "./commands/open-annex.server";
export { reconfirmByLink, reconfirmListing } from "./commands/reconfirm-listing.server";
export { type SaveDraftInput, type SavedDraft, saveDraft } from "./commands/save-draft.server";
export { addSector, restoreSector, retireSector, saveSector } from "./commands/save-sector.server";
export { saveTemplate, switchTemplate } from "./commands/save-template.server";
export { addUnit, restoreUnit, retireUnit, saveUnit } from "./commands/save-unit.server";
export { setSecondReviewer, setTechnologyLists } from "./commands/set-review-rules.server";
export { type StartDraftInput, startDraft } from "./commands/start-draft.server";
export { type Submitted, submitListing } from "./commands/submit-listing.server";
export { sweepReconfirm } from "./commands/sweep-reconfirm.server";
export { expireListings, withdrawListing } from "./commands/withdraw-listing.server";
export { suggestionsFor, type WriteDraftAnswer, type WriteDraftInput, writeDraft } from "./commands/write-draft.server";
export { addressOf } from "./domain/address";
export { compareLine, type Line, type LineVerdict, NEAR_TOLERANCE } from "./domain/compare-line";
export { isPersonName } from "./domain/imported-owner";
export type { ReviewWarning } from "./domain/review-warnings";
export { toSearchDocument } from "./domain/search-document";
export type {
  Contact,
  ListingCard,
  ListingFacts,
  ListingLine,
  ListingText,
  ListingView,
  MatchableListing,
  SectorNode,
  Tombstone,
} from "./domain/types";
export { convert, findUnit, liveUnits } from "./domain/units";
export type { LineChange, VersionChange } from "./domain/version-diff";
export type { WordPart } from "./domain/word-diff";
export { canEdit, canReview, canSubmit, isOfficeBroker, isOwner, searchableVisibilities, visibleTo } from "./policy";
export { type AnnexPage, annexPage } from "./queries/annex-page.server";
export { type AnnexReader, type AnnexRoom, viewAnnexRoom } from "./queries/annex-room.server";
export {
  type ApprovalRow,
  type ApprovalView,
  answeredDraft,
  approvalQueue,
  viewApproval,
} from "./queries/approvals.server";
export { type ChallengeFacts, challengeFacts } from "./queries/challenge-ids.server";
export { draftProgress, type OpenProblem, type StepProgress } from "./queries/draft-progress.server";
export { type LikelyDuplicate, likelyDuplicates } from "./queries/duplicates.server";
export { type ExampleWords, exampleFor } from "./queries/example.server";
export { formChoices } from "./queries/form-choices.server";
export { type FormerSector, formerSectors } from "./queries/former-sectors.server";
export { freshUnits } from "./queries/fresh-units.server";
export { type AskedTitle, likeTitles } from "./queries/like-titles.server";
export { listCards } from "./queries/list-cards.server";
export { currentSectors, listSectors, type Taxonomy, taxonomy } from "./queries/list-sectors.server";
export { listingTexts } from "./queries/listing-texts.server";
export { type DraftView, loadDraft } from "./queries/load-draft.server";
export {
  loadForMatching,
  loadManyForMatching,
  loadSearchDocument,
  searchableOf,
  streamSearchDocuments,
} from "./queries/load-for-matching.server";
export { mayOpenFile, type OpenableFile } from "./queries/may-open-file.server";
export {
  type MyListing,
  myListings,
  myListingsPage,
  type OwnListingView,
  type ReviewAnswer,
  viewOwnListing,
} from "./queries/my-listings.server";
export { type PreviewReader, previewDraft } from "./queries/preview-draft.server";
export { changedAt, countPublicListings, publicAddresses } from "./queries/public-listings.server";
export { reconfirmToken } from "./queries/reconfirm-token.server";
export { secondReviewerRoom, type TechnologyVersion, technologyRoom } from "./queries/review-rule-room.server";
export { type QueuedReview, type ReviewView, reviewQueue, reviewQueuePage, viewReview } from "./queries/reviews.server";
export {
  listingsOfSectorChange,
  type SectorRow,
  type SectorView,
  sectorRoom,
  viewSector,
} from "./queries/sector-room.server";
export { loadShelfChanges, type ShelfChange } from "./queries/shelf-changes.server";
export { suggestSectors } from "./queries/suggest-sectors.server";
export {
  type InsertedTemplate,
  insertTemplate,
  reviewTemplates,
  type TemplateView,
  viewTemplate,
} from "./queries/templates.server";
export { type TrlRoom, viewTrlRoom } from "./queries/trl-room.server";
export { listingsOfUnitChange, type UnitRow, type UnitView, unitRoom, viewUnit } from "./queries/unit-room.server";
export type { FullVersion } from "./queries/version-view.server";
export { type VersionRow, type VersionsView, viewVersions } from "./queries/versions.server";
export { type ViewCounts, viewCounts } from "./queries/view-counts.server";
export { viewListing } from "./queries/view-listing.server";
export { type ReconfirmLinkView, viewReconfirmLink } from "./queries/view-reconfirm-link.server";
