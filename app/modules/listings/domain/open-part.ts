import type { ListingCard, ListingFacts, ListingText, ListingView, MatchableListing } from "./types";

/**
 * What of a blind listing everybody may read: its sectors and the problem in its author's open words (an offering: what it does and
 * what that solves). All else may tell whose it is, and is for whoever may know that (docs/decisions/0045). A field that is added
 * to a listing does not compile until somebody has decided here which it is.
 */
type Openness = "open" | "closed";
type Table<T> = Readonly<Record<keyof T, Openness>>;

const TEXT: Table<ListingText> = {
  lang: "open",
  title: "open",
  summary: "open",
  description: "open",
  problemSolved: "open",
  currentTechnology: "closed",
  advantages: "closed",
  referenceSites: "closed",
  standards: "closed",
  tried: "closed",
  ipWishes: "closed",
  principle: "closed",
  operatingConditions: "closed",
  trlEvidence: "closed",
  support: "closed",
};

const FACTS: Table<ListingFacts> = {
  sectorMain: "open",
  sectorCodes: "open",
  sectorGuessed: "open",
  keywords: "open",
  sectorText: "closed",
  trl: "closed",
  trlBasis: "closed",
  needTypes: "closed",
  funding: "closed",
  moneyMin: "closed",
  moneyMax: "closed",
  moneyNegotiable: "closed",
  priceModel: "closed",
  moneyText: "closed",
  neededBy: "closed",
  provinceCode: "closed",
  objects: "closed",
  forms: "closed",
  methods: "closed",
  rights: "closed",
  ipType: "closed",
  ipStatus: "closed",
  expiresOn: "closed",
  urgency: "closed",
  supplyOrigin: "closed",
  helpWanted: "closed",
  scaleMin: "closed",
  scaleMax: "closed",
  scaleUnit: "closed",
  unitCost: "closed",
  unitCostPer: "closed",
  paybackMonths: "closed",
  transferMonths: "closed",
  warrantyMonths: "closed",
  originFunding: "closed",
  originAcceptedYear: "closed",
};

const CARD: Table<ListingCard> = {
  id: "open",
  kind: "open",
  reference: "open",
  address: "open",
  title: "open",
  summary: "open",
  sectors: "open",
  visibility: "open",
  state: "open",
  // that it was taken over from another exchange, never from which
  origin: "open",
  lang: "open",
  publishedAt: "open",
  lastConfirmedAt: "open",
  unconfirmedAt: "open",
  challengeSince: "open",
  ownerHidden: "open",
  organisation: "closed",
  provinceCode: "closed",
  trl: "closed",
  trlBasis: "closed",
  expiresOn: "closed",
  sourceUrl: "closed",
  sourceNote: "closed",
  pictureId: "closed",
};

const VIEW: Table<ListingView> = {
  ...CARD,
  officeId: "open",
  versionId: "open",
  versionNumber: "open",
  // by their own tables
  text: "open",
  texts: "open",
  facts: "open",
  // that there is one is how to ask for it; nothing of it is told
  hasAnnex: "open",
  // the Department's, and mayEdit is the reader's own
  broker: "open",
  mayEdit: "open",
  trlConfirmation: "closed",
  lines: "closed",
  communeCode: "closed",
  ipNumber: "closed",
  ipText: "closed",
  originTaskCode: "closed",
  details: "closed",
  pictures: "closed",
  pdfId: "closed",
  organisationId: "closed",
  contact: "closed",
};

const MATCHABLE: Table<MatchableListing> = {
  ...FACTS,
  id: "open",
  versionId: "open",
  officeId: "open",
  kind: "open",
  reference: "open",
  rowVersion: "open",
  visibility: "open",
  origin: "open",
  challenge: "open",
  publishedAt: "open",
  // by its own table
  texts: "open",
  ownerKey: "closed",
  organisation: "closed",
  lines: "closed",
};

/** What is closed made "not stated": lists empty, all else null. */
function openOf<T extends object>(thing: T, table: Table<T>): T {
  const shown = { ...thing };
  for (const key of Object.keys(table) as (keyof T)[]) {
    if (table[key] === "open") continue;
    const closed: unknown = Array.isArray(thing[key]) ? [] : null;
    shown[key] = closed as T[keyof T];
  }
  return shown;
}

export const openText = (text: ListingText): ListingText => openOf(text, TEXT);
export const openCard = (card: ListingCard): ListingCard => openOf(card, CARD);

/** The page of a blind listing as everybody reads it. */
export const openView = (view: ListingView): ListingView => ({
  ...openOf(view, VIEW),
  text: openText(view.text),
  texts: view.texts.map(openText),
  facts: openOf(view.facts, FACTS),
});

/** What an index that everybody asks may hold of a blind listing: what is closed is not even counted or filtered by. */
export const openMatchable = (listing: MatchableListing): MatchableListing => ({
  ...openOf(listing, MATCHABLE),
  texts: listing.texts.map(openText),
});

/**
 * What the engine reads of a blind listing: open words only, so that no word that is put into a reason tells more than the listing
 * does; lines, money, place and the like go on counting, and are shown to whoever may read the whole.
 */
export const openWords = (listing: MatchableListing): MatchableListing => ({
  ...listing,
  texts: listing.texts.map(openText),
  sectorText: null,
});
