/** The matching context: search, candidates, ranking, evidence, shortlist, interests. Other contexts import only this file and schemas.ts. */
export { answerInterest, takeInterest, takeUpInterest } from "./commands/answer-interest.server";
export { askSearches } from "./commands/ask-searches.server";
export {
  type ComputedMatches,
  computeAllMatches,
  computeMatches,
  type Ranking,
  rankCandidates,
} from "./commands/compute-matches.server";
export { countCorpus } from "./commands/count-corpus.server";
export { dismissMatch, shortlistMatch, undoDecision } from "./commands/decide-match.server";
export { embedListings } from "./commands/embed-listings.server";
export { askBroker, expressInterest, MOST_OPEN_INTERESTS } from "./commands/express-interest.server";
export { indexListing, rebuildIndex } from "./commands/index-listing.server";
export { changeSearch, deleteSearch, MOST_SEARCHES, saveSearch } from "./commands/save-search.server";
export { saveTerm, switchTerm } from "./commands/save-term.server";
export { tellSearches } from "./commands/tell-searches.server";
export { ENGINE_VERSION } from "./domain/engine";
export { type CaseFigures, type EvalCase, type EvalRun, type Evaluation, evaluationSchema } from "./domain/evaluation";
export type { Contribution, EvidenceCard, Missing } from "./domain/evidence";
export { fieldWorth } from "./domain/field-worth";
export * as measuring from "./domain/measuring";
export { MATCH_THRESHOLD } from "./domain/weights";
export { handleApplyDictionary } from "./jobs/apply-dictionary.handler.server";
export { applyDictionaryJob } from "./jobs/apply-dictionary.job";
export { applyDictionaryChange, settleDictionary } from "./jobs/apply-dictionary.server";
export { handleApplySectors } from "./jobs/apply-sectors.handler.server";
export { applySectorsJob } from "./jobs/apply-sectors.job";
export { handleApplyUnits } from "./jobs/apply-units.handler.server";
export { applyUnitsJob } from "./jobs/apply-units.job";
export { handleAskSearches } from "./jobs/ask-searches.handler.server";
export { askSearchesJob } from "./jobs/ask-searches.job";
export { handleComputeMatches } from "./jobs/compute-matches.handler.server";
export { computeMatchesJob } from "./jobs/compute-matches.job";
export { handleEmbedListings } from "./jobs/embed-listings.handler.server";
export { embedListingsJob } from "./jobs/embed-listings.job";
export { handleIndexListing } from "./jobs/index-listing.handler.server";
export { indexListingJob } from "./jobs/index-listing.job";
export { queueOutdatedMatches, queueUnindexed } from "./jobs/rematch.server";
export { subscriptions } from "./jobs/subscriptions";
export { queueVectors } from "./jobs/vectors.server";
export { type BrokerListingRow, type BrokerListingsInput, brokerListings } from "./queries/broker-listings.server";
export { type Challenge, challenges } from "./queries/challenges.server";
export { type Corpus, openCorpus, readPublished } from "./queries/corpus.server";
export { countMatches, type MatchCount } from "./queries/count-matches.server";
export { lookUpTerms, type TermFilter, type TermList, type TermView, viewTerm } from "./queries/dictionary.server";
export { type FrontPage, frontPage } from "./queries/front-page.server";
export {
  countOpenInterests,
  type InterestForm,
  type InterestView,
  interestForm,
  openInterests,
  questionForm,
} from "./queries/interests.server";
export { lastEvaluation } from "./queries/last-evaluation.server";
export { type MatchesView, type MatchView, matchesOf } from "./queries/matches-of.server";
export { type NearSearch, nearSearches } from "./queries/near-searches.server";
export { type Decided, type EnginePrecision, precisionByEngine, precisionRecords } from "./queries/precision.server";
export {
  type FoundListing,
  type SavedSearchView,
  savedSearches,
  viewSavedSearch,
} from "./queries/saved-searches.server";
export { searchAll } from "./queries/search-all.server";
export { type FeedEntry, searchFeed } from "./queries/search-feed.server";
export { type Marks, type SearchInput, type SearchPage, searchListings } from "./queries/search-listings.server";
export { suggestWhileTyping } from "./queries/suggest-while-typing.server";
export { engineNow } from "./queries/vectors.server";
export { viewInterest } from "./queries/view-interest.server";
