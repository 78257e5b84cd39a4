/**
 * Who gets what from every route, written by hand from the rules and not from the code. One row per route of the build;
 * a route without a row, and a row without a route, fail the test.
 *
 * Columns, in this order: anonymous, member (manager of the organisation that owns the things below), other (manager of
 * another organisation), broker, registrar, leader, administrator.
 *
 *   ok     the page or file
 *   in     sent to the sign-in page
 *   no     403: signed in, but this door is not for them
 *   none   404: absent, or not for their eyes, which must look alike
 *   done   POST only: it was done
 *   bad    POST only: let in, but the form was refused in words (most rows post an empty one)
 *   /path  sent there
 *   -      not asked (the method does not exist here)
 */
export const ACTORS = ["anonymous", "member", "other", "broker", "registrar", "leader", "administrator"] as const;
export type ActorName = (typeof ACTORS)[number];

/** Things of the member's organisation that addresses name. */
export type Things = {
  /** reference of a published public need, and where its page is */
  reference: string;
  address: string;
  /** reference of a published blind need */
  blindReference: string;
  publishedId: string;
  draftId: string;
  submittedId: string;
  reviewId: string;
  organisationId: string;
  /** picture of the draft */
  fileId: string;
  mailId: string;
  /** a deal with the member's organisation as transferee */
  dealId: string;
  /** a session whose invitations are out, and its meeting of the member's organisation with a third one */
  sessionId: string;
  meetingId: string;
  /** an id that nothing has */
  absentId: string;
};

export type Row = { at: (things: Things) => string; get: string; post?: string; body?: Record<string, string> };

const everybody = "ok ok ok ok ok ok ok";
const refused = "bad bad bad bad bad bad bad";
const signedIn = "in ok ok ok ok ok ok";
const brokers = "in no no ok no no no";
const administrators = "in no no no no no ok";
const absentForStaff = "in no no none none none none";
const absentForBrokers = "in no no none no no no";
const sessionReaders = "in no no ok none ok none";
const dealReaders = "in ok none ok ok ok none";
const nobody = "none none none none none none none";

export const EXPECTATIONS: Record<string, Row> = {
  root: { at: () => "/", get: everybody },
  "routes/$": { at: () => "/no-such-page", get: nobody, post: nobody },
  "routes/_index": { at: () => "/", get: everybody },
  "routes/search": { at: () => "/search?q=nuoc", get: everybody },
  "routes/how-well": { at: () => "/how-well", get: everybody },
  "routes/search_.suggest": { at: () => "/search/suggest?q=nuoc", get: everybody },
  "routes/search[.]atom": { at: () => "/search.atom?q=nuoc", get: everybody },
  "routes/search[.]xlsx": { at: () => "/search.xlsx?q=nuoc", get: everybody },
  "routes/sitemap[.]xml": { at: () => "/sitemap.xml", get: everybody },
  "routes/sitemaps.$part": { at: () => "/sitemaps/pages.xml", get: everybody },
  "routes/robots[.]txt": { at: () => "/robots.txt", get: everybody },
  "routes/sectors": { at: () => "/sectors", get: everybody },
  "routes/listings.confirm.$token": { at: () => "/listings/confirm/nonsense", get: everybody, post: refused },
  "routes/listings.$reference": { at: (t) => t.address, get: everybody },

  "routes/sign-up": {
    at: () => "/sign-up",
    get: "ok /home /home /home /home /home /home",
    post: "bad done done done done done done",
  },
  "routes/sign-in": {
    at: () => "/sign-in",
    get: "ok /home /home /home /home /home /home",
    post: "bad done done done done done done",
  },
  "routes/sign-out": { at: () => "/sign-out", get: "/ / / / / / /", post: "done done done done done done done" },
  "routes/forgot": { at: () => "/forgot", get: everybody, post: refused },
  "routes/reset.$token": { at: () => "/reset/nonsense", get: everybody, post: refused },
  "routes/confirm.$token": { at: () => "/confirm/nonsense", get: everybody, post: refused },
  "routes/invitations.$token": {
    at: () => "/invitations/nonsense",
    get: everybody,
    post: refused,
  },

  "routes/account": { at: () => "/account", get: signedIn, post: "in bad bad bad bad bad bad" },
  "routes/account_.notices": { at: () => "/account/notices", get: signedIn, post: "in bad bad bad bad bad bad" },
  "routes/account_.searches._index": {
    at: () => "/account/searches",
    get: signedIn,
    post: "in bad bad bad bad bad bad",
  },
  "routes/account_.searches.$id": {
    at: (t) => `/account/searches/${t.absentId}`,
    get: "in none none none none none none",
    post: "in none none none none none none",
  },
  "routes/ask": { at: () => "/ask?asked=q%3Dnuoc", get: signedIn, post: "in bad bad bad bad bad bad" },
  // by a link in a mail: its token is what allows it
  "routes/mail.check.$token": { at: () => "/mail/check/nonsense", get: everybody, post: refused },
  "routes/account_.address": { at: () => "/account/address", get: signedIn, post: "in bad bad bad bad bad bad" },
  "routes/broker.suppressions": {
    at: () => "/broker/suppressions",
    get: administrators,
    post: "in no no no no no bad",
  },
  "routes/hooks.mail-bounces": { at: () => "/hooks/mail-bounces", get: nobody, post: nobody },
  "routes/mail.stop.$token": { at: () => "/mail/stop/nonsense", get: everybody, post: refused },
  "routes/organisations.new": { at: () => "/organisations/new", get: signedIn, post: "in bad bad bad bad bad bad" },
  "routes/organisations.$id": {
    at: (t) => `/organisations/${t.organisationId}`,
    get: everybody,
    post: "in bad bad bad bad bad bad",
  },
  // a verified organisation is public, so "you may not" tells nothing
  "routes/organisations.$id_.edit": {
    at: (t) => `/organisations/${t.organisationId}/edit`,
    get: "in ok none ok none none none",
    post: "in done bad done bad bad bad",
    body: { nameVi: "Công ty thử nghiệm", type: "private_enterprise", countryCode: "VN", provinceCode: "22" },
  },

  "routes/my.approvals": { at: () => "/my/approvals", get: signedIn },
  "routes/my.listings._index": { at: () => "/my/listings", get: signedIn },
  "routes/my.listings.import._index": {
    at: () => "/my/listings/import",
    get: signedIn,
    post: "in bad bad bad bad bad bad",
  },
  "routes/my.listings.import.template.$kind": { at: () => "/my/listings/import/template/need", get: signedIn },
  // nobody has sent a file here
  "routes/my.listings.import.$id._index": {
    at: (t) => `/my/listings/import/${t.absentId}`,
    get: "in none none none none none none",
    post: "in none none none none none none",
  },
  "routes/my.listings.import.$id.columns": {
    at: (t) => `/my/listings/import/${t.absentId}/columns`,
    get: "in none none none none none none",
    post: "in none none none none none none",
  },
  "routes/my.listings.import.$id.report": {
    at: (t) => `/my/listings/import/${t.absentId}/report`,
    get: "in none none none none none none",
  },
  // a sheet for many organisations: brokers only, and nobody has sent one here
  "routes/broker.listings.import._index": {
    at: () => "/broker/listings/import",
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/broker.listings.import.template.$kind": {
    at: () => "/broker/listings/import/template/need",
    get: brokers,
  },
  "routes/broker.listings.import.$id._index": {
    at: (t) => `/broker/listings/import/${t.absentId}`,
    get: absentForBrokers,
    post: absentForBrokers,
  },
  "routes/broker.listings.import.$id.columns": {
    at: (t) => `/broker/listings/import/${t.absentId}/columns`,
    get: absentForBrokers,
    post: absentForBrokers,
  },
  "routes/broker.listings.import.$id.report": {
    at: (t) => `/broker/listings/import/${t.absentId}/report`,
    get: absentForBrokers,
  },
  "routes/my.listings[.]xlsx": { at: () => "/my/listings.xlsx", get: signedIn },
  // an empty draft is a draft
  "routes/my.listings.new": { at: () => "/my/listings/new", get: signedIn, post: "in done done done done done done" },
  "routes/my.listings.$id._index": {
    at: (t) => `/my/listings/${t.draftId}`,
    get: "in ok none none none none none",
    post: "in bad none none none none none",
    body: { intent: "confirm" },
  },
  "routes/my.listings.$id.edit.($step)": {
    at: (t) => `/my/listings/${t.draftId}/edit/publish`,
    get: "in ok none none none none none",
    post: "in done none none none none none",
    body: { intent: "save", revision: "1" },
  },
  "routes/my.listings.$id_.versions": {
    at: (t) => `/my/listings/${t.publishedId}/versions`,
    get: "in ok none ok none none none",
  },
  "routes/my.listings.$id_.matches": {
    at: (t) => `/my/listings/${t.publishedId}/matches`,
    get: "in ok none ok none none none",
  },
  "routes/listings.$reference_.interest": {
    at: (t) => `/listings/${t.reference}/interest`,
    get: signedIn,
    post: "in bad bad bad bad bad bad",
  },
  // this need has no annex: there is nothing to ask for; its room is its owner's alone
  "routes/listings.$reference_.annex": {
    at: (t) => `/listings/${t.reference}/annex`,
    get: "in none none none none none none",
    post: "in none none none none none none",
  },
  // nobody asks the office about this draft
  "routes/my.listings.$id_.approval": {
    at: (t) => `/my/listings/${t.draftId}/approval`,
    get: "in none none none none none none",
    post: "in bad bad bad bad bad bad",
  },
  "routes/my.listings.$id_.annex": {
    at: (t) => `/my/listings/${t.publishedId}/annex`,
    get: "in ok none none none none none",
    post: "in bad none none none none none",
  },
  "routes/files.$id": { at: (t) => `/files/${t.fileId}`, get: "none ok none none none none none" },

  "routes/broker.organisations._index": { at: () => "/broker/organisations", get: brokers },
  "routes/broker.organisations.$id": {
    at: (t) => `/broker/organisations/${t.organisationId}`,
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/broker.reviews._index": { at: () => "/broker/reviews", get: brokers },
  "routes/broker.reviews[.]xlsx": { at: () => "/broker/reviews.xlsx", get: brokers },
  "routes/broker.listings[.]xlsx": { at: () => "/broker/listings.xlsx", get: brokers },
  "routes/broker.reviews.$id": {
    at: (t) => `/broker/reviews/${t.reviewId}`,
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/broker.post": { at: () => "/broker/post", get: brokers, post: "in no no bad no no no" },
  "routes/broker.listings._index": { at: () => "/broker/listings", get: brokers },
  "routes/broker.listings.$id": {
    at: (t) => `/broker/listings/${t.publishedId}`,
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/interests.$id": { at: (t) => `/interests/${t.absentId}`, get: "in none none none none none none" },
  "routes/broker.interests": { at: () => "/broker/interests", get: brokers, post: "in no no bad no no no" },

  // there is no case here: staff hear that it is absent, others are not let in
  "routes/broker.cases._index": { at: () => "/broker/cases", get: "in no no ok none ok none" },
  "routes/broker.cases.new": { at: () => "/broker/cases/new", get: brokers, post: "in no no bad no no no" },
  "routes/broker.cases.$id._index": {
    at: (t) => `/broker/cases/${t.absentId}`,
    get: absentForStaff,
    post: "in no no bad bad bad bad",
    body: { intent: "plan" },
  },
  "routes/broker.cases.$id.edit": {
    at: (t) => `/broker/cases/${t.absentId}/edit`,
    get: absentForBrokers,
    post: "in no no bad no no no",
    body: { part: "details" },
  },
  "routes/introductions.$id": {
    at: (t) => `/introductions/${t.absentId}`,
    get: "in none none none none none none",
    post: "in bad bad bad bad bad bad",
  },
  "routes/introductions.answer.$token": { at: () => "/introductions/answer/nonsense", get: everybody, post: refused },
  "routes/broker.cases.$id.close": {
    at: (t) => `/broker/cases/${t.absentId}/close`,
    get: absentForBrokers,
    post: "in no no bad no no no",
  },
  "routes/broker.cases.$id.hand-over": {
    at: (t) => `/broker/cases/${t.absentId}/hand-over`,
    get: absentForBrokers,
    post: "in no no bad no no no",
  },
  "routes/broker.cases.$id.introduce": {
    at: (t) => `/broker/cases/${t.absentId}/introduce`,
    get: absentForBrokers,
    post: "in no no bad no no no",
  },
  "routes/broker.cases.$id.phone.$side": {
    at: (t) => `/broker/cases/${t.absentId}/phone/need`,
    get: absentForBrokers,
    post: "in no no bad no no no",
  },

  // sessions: brokers work, leaders read; parties see their meetings, never a session whole
  "routes/broker.sessions._index": { at: () => "/broker/sessions", get: sessionReaders },
  "routes/broker.sessions.new": { at: () => "/broker/sessions/new", get: brokers, post: "in no no bad no no no" },
  "routes/broker.sessions.$id._index": {
    at: (t) => `/broker/sessions/${t.sessionId}`,
    get: sessionReaders,
    post: "in no no bad none none none",
    body: { intent: "invite", revision: "0" },
  },
  "routes/broker.sessions.$id.edit": {
    at: (t) => `/broker/sessions/${t.sessionId}/edit`,
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/broker.sessions.$id.hand-over": {
    at: (t) => `/broker/sessions/${t.sessionId}/hand-over`,
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/broker.sessions.$id.meetings.new": {
    at: (t) => `/broker/sessions/${t.sessionId}/meetings/new`,
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/broker.sessions.$id.print.$what": {
    at: (t) => `/broker/sessions/${t.sessionId}/print/pairs`,
    get: sessionReaders,
  },
  "routes/broker.sessions.$id.calendar[.]ics": {
    at: (t) => `/broker/sessions/${t.sessionId}/calendar.ics`,
    get: sessionReaders,
  },
  "routes/broker.meetings.$id._index": {
    at: (t) => `/broker/meetings/${t.meetingId}`,
    get: sessionReaders,
    post: "in no no bad none none none",
    body: { intent: "step" },
  },
  // nobody has met yet, so there is nothing to write
  "routes/broker.meetings.$id.minutes": {
    at: (t) => `/broker/meetings/${t.meetingId}/minutes`,
    get: absentForBrokers,
    post: "in no no bad no no no",
  },
  // staff are sent from a party's page to their own, so this row asks for one that is absent
  "routes/meetings.$id._index": {
    at: (t) => `/meetings/${t.absentId}`,
    get: "in none none none none none none",
    post: "in none none none none none none",
    body: { intent: "step" },
  },
  "routes/meetings.$id.calendar[.]ics": {
    at: (t) => `/meetings/${t.meetingId}/calendar.ics`,
    get: "in ok none ok none ok none",
  },
  "routes/meetings.answer.$token": { at: () => "/meetings/answer/nonsense", get: everybody, post: refused },
  "routes/minutes.answer.$token": { at: () => "/minutes/answer/nonsense", get: everybody, post: refused },

  // deals: the parties and the Department read, brokers work, registrars register
  "routes/deals._index": { at: () => "/deals", get: "in ok ok ok ok ok none" },
  "routes/deals.new": { at: () => "/deals/new", get: brokers, post: "in no no bad no no no" },
  "routes/deals.$id._index": {
    at: (t) => `/deals/${t.dealId}`,
    get: dealReaders,
    post: "in bad bad bad bad bad bad",
    body: { intent: "plan" },
  },
  "routes/deals.$id.terms": { at: (t) => `/deals/${t.dealId}/terms`, get: brokers, post: "in no no bad no no no" },
  "routes/deals.$id.move.$command": {
    at: (t) => `/deals/${t.dealId}/move/start_drafting`,
    get: "in no no ok ok none none",
    post: "in no no bad bad bad bad",
  },
  "routes/deals.$id.hand-over": {
    at: (t) => `/deals/${t.dealId}/hand-over`,
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/operator_.hand-over": {
    at: () => "/operator/hand-over",
    get: administrators,
    post: "in no no no no no bad",
  },
  "routes/deals.$id.end.$kind": {
    at: (t) => `/deals/${t.dealId}/end/pause`,
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/deals.$id.documents._index": {
    at: (t) => `/deals/${t.dealId}/documents`,
    get: dealReaders,
    post: "in bad bad bad bad bad bad",
  },
  "routes/deals.$id.documents.$documentId": {
    at: (t) => `/deals/${t.dealId}/documents/${t.absentId}`,
    get: "in none none none none none none",
  },
  "routes/deals.$id.milestones": {
    at: (t) => `/deals/${t.dealId}/milestones`,
    get: brokers,
    post: "in no no bad no no no",
  },
  "routes/deals.$id.print": { at: (t) => `/deals/${t.dealId}/print`, get: dealReaders },

  // the Department's people who stand for no organisation have a desk of their own
  "routes/home": { at: () => "/home", get: "in ok ok /broker /desk /desk ok" },
  "routes/desk": { at: () => "/desk", get: "in no no none ok ok none" },
  "routes/notices": { at: () => "/notices", get: signedIn, post: "in bad bad bad bad bad bad" },
  "routes/broker._index": { at: () => "/broker", get: brokers },
  // what came of it: the asked side answers, brokers look into contradictions; figures are for brokers and leaders
  "routes/outcomes.$id": {
    at: (t) => `/outcomes/${t.absentId}`,
    get: "in none none none none none none",
    post: "in none none none none none none",
    body: { answer: "talking" },
  },
  "routes/outcomes.answer.$token": {
    at: () => "/outcomes/answer/nonsense",
    get: everybody,
    post: refused,
    body: { answer: "talking" },
  },
  "routes/broker.outcomes": { at: () => "/broker/outcomes", get: brokers, post: "in no no bad no no no" },
  "routes/broker.outcomes_.$id.phone": {
    at: (t) => `/broker/outcomes/${t.absentId}/phone`,
    get: absentForBrokers,
    post: "in no no bad no no no",
  },
  "routes/broker.funnel.$step": { at: () => "/broker/funnel/cases", get: "in no no ok none ok none" },
  "routes/broker.agreement": { at: () => "/broker/agreement", get: "in no no ok none ok ok" },
  "routes/broker.mails.$about.$id": { at: (t) => `/broker/mails/deal/${t.dealId}`, get: "in no no ok ok ok none" },
  "routes/operator": { at: () => "/operator", get: administrators },
  "routes/broker.dictionary._index": { at: () => "/broker/dictionary", get: administrators },
  "routes/broker.dictionary.new": {
    at: () => "/broker/dictionary/new",
    get: administrators,
    post: "in no no no no no bad",
  },
  "routes/broker.dictionary.$key": {
    at: () => "/broker/dictionary/water.nuoc",
    get: administrators,
    post: "in no no no no no bad",
    body: { intent: "save" },
  },
  "routes/operator_.lists._index": { at: () => "/operator/lists", get: administrators },
  "routes/operator_.lists.sectors._index": { at: () => "/operator/lists/sectors", get: administrators },
  "routes/operator_.lists.sectors.new": {
    at: () => "/operator/lists/sectors/new",
    get: administrators,
    post: "in no no no no no bad",
  },
  "routes/operator_.lists.sectors.$code": {
    at: () => "/operator/lists/sectors/MTR-01",
    get: administrators,
    post: "in no no no no no bad",
    body: { intent: "save" },
  },
  "routes/operator_.lists.units._index": { at: () => "/operator/lists/units", get: administrators },
  "routes/operator_.lists.units.new": {
    at: () => "/operator/lists/units/new",
    get: administrators,
    post: "in no no no no no bad",
  },
  "routes/operator_.lists.units.of.$": {
    at: () => "/operator/lists/units/of/m³/h",
    get: administrators,
    post: "in no no no no no bad",
    body: { intent: "save" },
  },
  "routes/operator_.lists.reasons._index": { at: () => "/operator/lists/reasons", get: administrators },
  "routes/operator_.lists.reasons.$list._index": {
    at: () => "/operator/lists/reasons/review.reject",
    get: administrators,
    post: "in no no no no no bad",
  },
  "routes/operator_.lists.reasons.$list.$code": {
    at: () => "/operator/lists/reasons/review.reject/too_early",
    get: administrators,
    post: "in no no no no no bad",
  },
  "routes/operator_.lists.technology._index": { at: () => "/operator/lists/technology", get: administrators },
  "routes/operator_.lists.technology.new": {
    at: () => "/operator/lists/technology/new",
    get: administrators,
    post: "in no no no no no bad",
  },
  "routes/operator_.lists.reviewing": {
    at: () => "/operator/lists/reviewing",
    get: administrators,
    post: "in no no no no no bad",
  },
  "routes/broker.templates._index": { at: () => "/broker/templates", get: "in no no ok none none ok" },
  "routes/broker.templates.new": {
    at: () => "/broker/templates/new",
    get: "in no no ok none none ok",
    post: "in no no bad none none bad",
  },
  "routes/broker.templates.$id": {
    at: (t) => `/broker/templates/${t.absentId}`,
    get: "in no no none none none none",
    post: "in no no none none none none",
  },
  "routes/challenges": { at: () => "/challenges", get: everybody },
  "routes/broker.dead-letters": {
    at: () => "/broker/dead-letters",
    get: administrators,
    post: "in no no no no no bad",
  },

  "routes/dev.mailbox._index": { at: () => "/dev/mailbox", get: everybody },
  "routes/dev.mailbox.$id._index": { at: (t) => `/dev/mailbox/${t.mailId}`, get: everybody },
  "routes/dev.mailbox.$id.html": { at: (t) => `/dev/mailbox/${t.mailId}/html`, get: everybody },
  // the mail of this test carries no calendar
  "routes/dev.mailbox.$id.calendar[.]ics": { at: (t) => `/dev/mailbox/${t.mailId}/calendar.ics`, get: nobody },
};
