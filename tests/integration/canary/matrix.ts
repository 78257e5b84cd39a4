import type { ListingState, Visibility } from "~/generated/prisma/enums";

/**
 * Who may learn of a listing, where: every way a listing can stand × every way a reader can stand to it × every surface that
 * tells of listings, written by hand from the rules (docs/decisions/0039). Each exhibit has a word that stands nowhere else; a
 * cell says whether that word is seen. A new visibility, state, surface or grant does not compile, or fails, until it has cells.
 */

/** Published under a visibility, in another state (those are public otherwise), or hidden since its owner does not answer. */
export type Standing = Visibility | Exclude<ListingState, "published"> | "unconfirmed";
/** Besides the listings: whose the blind one is, all of it that is held back, and whom to call about the public one. */
export type Exhibit = Standing | "blind owner" | "blind closed" | "public contact";

export const GRANTS = [
  /** who did not sign in */
  "none",
  /** manager of another organisation */
  "stranger",
  /** manager of the listing's organisation */
  "own",
  /** manager of an organisation to which the listing was opened */
  "invited",
  /** manager of the organisation that was introduced to the owner, both having agreed, and met; annex undertaking accepted */
  "introduced",
  "broker",
  /** broker of another province */
  "other office",
  "registrar",
  "leader",
  "administrator",
] as const;
export type Grant = (typeof GRANTS)[number];

export const SURFACES = [
  /** the listing's own pages, lists of listings, the desks */
  "page",
  /** the same as data */
  "data",
  "search",
  "suggestion",
  "feed",
  "mail",
  "sitemap",
  /** spreadsheets */
  "export",
  /** the picture, and the name under which it may be saved */
  "file",
  "annex",
  "calendar",
] as const;
export type Surface = (typeof SURFACES)[number];

/** Cells that cannot be. */
export const DOES_NOT_APPLY = {
  n: "nobody has an address to write to before signing in",
  m: "nobody is introduced by a listing that was never published, so there is no meeting and no calendar",
} as const;

/** S seen, - not seen; letters: see above. One column for each of GRANTS. */
type Cells = string;

const NOWHERE = "- - - - - - - - - -";
const OWN = "- - S - - - - - - -";
const OWN_AND_BROKER = "- - S - - S - - - -";
const NO_MEETING = "m m m m m m m m m m";
const NO_MAIL = "n - - - - - - - - -";

/** What is on the shelf for everybody. */
const OPEN: Record<Surface, Cells> = {
  page: "S S S S S S S S S S",
  data: "S S S S S S S S S S",
  search: "S S S S S S S S S S",
  suggestion: "S S S S S S S S S S",
  feed: "S S S S S S S S S S",
  mail: "n S S S S S S S S S",
  sitemap: "S S S S S S S S S S",
  export: "S S S S S S S S S S",
  file: "S S S S S S S S S S",
  annex: "- - S - S - - - - -",
  // a calendar tells who meets, not about what
  calendar: NOWHERE,
};
/** For brokers and whoever the listing was opened to: found by nobody else, and told to nobody. */
const CLOSED: Record<Surface, Cells> = {
  page: "- - S S S S - - - -",
  data: "- - S S S S - - - -",
  search: "- - - - - S - - - -",
  suggestion: "- - - - - S - - - -",
  feed: NOWHERE,
  // who was let in sees it on its page; letters stay silent
  mail: "n - S - - S - - - -",
  sitemap: NOWHERE,
  export: "- - S - - S - - - -",
  file: "- - S S S S - - - -",
  annex: "- - S - S - - - - -",
  calendar: NOWHERE,
};
/**
 * Off the shelf after it was on it: its owner and the office's brokers go on seeing it. Whoever was introduced to its owner reads
 * its title in the letters and notices of that introduction, and nothing else of it.
 */
const OFF: Record<Surface, Cells> = {
  page: "- - S - S S - - - -",
  data: "- - S - S S - - - -",
  search: NOWHERE,
  suggestion: NOWHERE,
  feed: NOWHERE,
  mail: "n - S - S S - - - -",
  sitemap: NOWHERE,
  export: OWN_AND_BROKER,
  file: OWN_AND_BROKER,
  annex: OWN,
  calendar: NOWHERE,
};
/** Never on the shelf: a broker sees what was sent. */
const SENT: Record<Surface, Cells> = {
  ...OFF,
  page: OWN_AND_BROKER,
  data: OWN_AND_BROKER,
  mail: "n - S - - S - - - -",
  annex: OWN,
  calendar: NO_MEETING,
};

export const MATRIX: Record<Exhibit, Record<Surface, Cells>> = {
  public: OPEN,
  // its open words are for everybody, its picture is not; whose they are, and the rest of it, is below
  blind: { ...OPEN, file: "- - S - S S - - - -" },
  "blind owner": {
    page: "- - S - S S - - - -",
    data: "- - S - S S - - - -",
    search: "- - S - S S - - - -",
    suggestion: NOWHERE,
    feed: NOWHERE,
    mail: "n - S - S S - - - -",
    sitemap: NOWHERE,
    export: "- - S - S S - - - -",
    file: NOWHERE,
    annex: NOWHERE,
    calendar: "- - S - S S - - - -",
  },
  // lines, files and every text but the problem, on its own page and desks: no list, letter or index has a word of it
  "blind closed": {
    page: "- - S - S S - - - -",
    data: "- - S - S S - - - -",
    search: NOWHERE,
    suggestion: NOWHERE,
    feed: NOWHERE,
    mail: NO_MAIL,
    sitemap: NOWHERE,
    export: NOWHERE,
    file: NOWHERE,
    annex: NOWHERE,
    calendar: NOWHERE,
  },
  "public contact": {
    page: "- - S - S S - - - -",
    data: "- - S - S S - - - -",
    search: NOWHERE,
    suggestion: NOWHERE,
    feed: NOWHERE,
    mail: NO_MAIL,
    sitemap: NOWHERE,
    export: NOWHERE,
    file: NOWHERE,
    annex: NOWHERE,
    calendar: NOWHERE,
  },
  brokers: CLOSED,
  invited: CLOSED,
  draft: { ...SENT, page: OWN, data: OWN, mail: NO_MAIL, export: OWN, file: OWN },
  // its sender knows; the broker has to read it
  submitted: { ...SENT, mail: "n - - - - S - - - -" },
  // answered: no longer in the queue, which is the broker's only list of what was never published
  changes_requested: { ...SENT, export: OWN },
  rejected: { ...SENT, export: OWN },
  withdrawn: OFF,
  expired: OFF,
  unconfirmed: OFF,
};

/**
 * Every address that answers with something else than a page, and which surface it is; or why it tells of no listing. Pages are
 * all crawled (crawl.ts).
 */
export const RESOURCES: Record<string, Surface | { because: string }> = {
  "routes/broker.listings[.]xlsx": "export",
  "routes/broker.reviews[.]xlsx": "export",
  "routes/my.listings[.]xlsx": "export",
  "routes/search[.]xlsx": "export",
  "routes/search[.]atom": "feed",
  "routes/search_.suggest": "suggestion",
  "routes/sitemap[.]xml": "sitemap",
  "routes/sitemaps.$part": "sitemap",
  "routes/files.$id": "file",
  "routes/broker.sessions.$id.calendar[.]ics": "calendar",
  "routes/meetings.$id.calendar[.]ics": "calendar",
  "routes/robots[.]txt": { because: "the same for everybody" },
  "routes/hooks.mail-bounces": { because: "hears, and answers nothing" },
  "routes/my.listings.import.$id.report": { because: "a sheet of what its reader typed" },
  "routes/broker.listings.import.$id.report": { because: "a sheet of what brokers of the office typed" },
  "routes/broker.listings.import.template.$kind": { because: "an empty form" },
  "routes/my.listings.import.template.$kind": { because: "an empty form" },
  "routes/deals.$id.documents.$documentId": { because: "papers of a contract, crawled as such" },
  "routes/dev.mailbox.$id.calendar[.]ics": { because: "the demo's mailbox, absent elsewhere" },
  "routes/dev.mailbox.$id.html": { because: "the demo's mailbox, absent elsewhere" },
};

/** The cells of one row, by grant. */
export function cellsOf(exhibit: Exhibit, surface: Surface): { grant: Grant; cell: string }[] {
  const cells = MATRIX[exhibit][surface].split(" ");
  if (cells.length !== GRANTS.length) throw new Error(`${exhibit} × ${surface} has ${cells.length} cells`);
  return GRANTS.map((grant, at) => ({ grant, cell: cells[at] ?? "" }));
}
