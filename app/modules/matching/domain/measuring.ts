/** What measuring tools (scripts/eval.ts, scripts/fit-weights.ts) need of the engine beside the door's queries. Pure. */
export { askedTerms } from "./add-up-terms";
export { countCorpus, rarity } from "./corpus-stats";
export { CONCEPTS, DICTIONARY_VERSION } from "./dictionary";
export { dictionaryWithout, ENGINE, type Engine } from "./engine";
export { type ReadListing, readListing } from "./read-listing";
export { type ScoringRules, weighPair } from "./score-pair";
export { sectorAffinity } from "./sector-affinity";
export { sharedFormTerms } from "./shared-words";
export { STOP_WORDS } from "./stop-words";
export { MATCH_THRESHOLD, WEIGHTS, WEIGHTS_VERSION, type Weights } from "./weights";
