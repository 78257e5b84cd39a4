import { describe, expect, it } from "vitest";
import { openCard, openMatchable, openText, openView, openWords } from "./open-part";
import type { ListingCard, ListingFacts, ListingText, ListingView, MatchableListing } from "./types";

/** Every field holds something that would be seen. */
const TEXT: ListingText = {
  lang: "vi",
  title: "title",
  summary: "summary",
  description: "description",
  currentTechnology: "currentTechnology",
  problemSolved: "problemSolved",
  advantages: "advantages",
  referenceSites: "referenceSites",
  standards: "standards",
  tried: "tried",
  ipWishes: "ipWishes",
  principle: "principle",
  operatingConditions: "operatingConditions",
  trlEvidence: "trlEvidence",
  support: "support",
};
const FACTS: ListingFacts = {
  sectorMain: "MTR-01",
  sectorCodes: ["MTR-01"],
  sectorText: "sectorText",
  sectorGuessed: true,
  keywords: ["keyword"],
  trl: 7,
  trlBasis: "confirmed",
  needTypes: ["licence"],
  funding: ["own"],
  moneyMin: 1,
  moneyMax: 2,
  moneyNegotiable: true,
  priceModel: "fixed",
  moneyText: "moneyText",
  neededBy: new Date(0),
  provinceCode: "22",
  objects: ["know_how"],
  forms: ["standalone"],
  methods: ["training"],
  rights: ["assignment"],
  ipType: "patent",
  ipStatus: "granted",
  expiresOn: new Date(0),
  urgency: "months_3_6",
  supplyOrigin: "any",
  helpWanted: ["expert"],
  scaleMin: 1,
  scaleMax: 2,
  scaleUnit: "m3/h",
  unitCost: 1,
  unitCostPer: "m3",
  paybackMonths: 1,
  transferMonths: 1,
  warrantyMonths: 1,
  originFunding: "own",
  originAcceptedYear: 2020,
};
const LINE = {
  name: "line",
  comparison: "gte",
  minValue: 1,
  maxValue: null,
  textValue: null,
  unit: "m3/h",
  must: true,
  condition: null,
} as const;
const CARD: ListingCard = {
  id: "id",
  kind: "need",
  reference: "NC-22-2026-000001",
  address: "/listings/x",
  title: "title",
  summary: "summary",
  organisation: "organisation",
  sectors: ["MTR-01"],
  provinceCode: "22",
  trl: 7,
  trlBasis: "confirmed",
  visibility: "blind",
  state: "published",
  origin: "imported",
  lang: "vi",
  publishedAt: new Date(0),
  lastConfirmedAt: new Date(0),
  unconfirmedAt: null,
  expiresOn: new Date(0),
  sourceUrl: "https://source.example.invalid",
  sourceNote: "note",
  pictureId: "picture",
  challengeSince: new Date(0),
  ownerHidden: true,
};
const VIEW: ListingView = {
  ...CARD,
  officeId: "office",
  versionId: "version",
  versionNumber: 1,
  trlConfirmation: { trl: 7, at: new Date(0), by: "by" },
  text: TEXT,
  texts: [TEXT, { ...TEXT, lang: "en" }],
  facts: FACTS,
  lines: [LINE],
  communeCode: "06700",
  ipNumber: "ipNumber",
  ipText: "ipText",
  originTaskCode: "task",
  details: {
    owners: [{ type: "institute", name: "owner", share: 100 }],
    ipTitles: null,
    sites: null,
    tests: null,
    ownershipDecision: null,
    resultCertificate: null,
  },
  pictures: [{ id: "picture", alt: "alt" }],
  pdfId: "pdf",
  hasAnnex: true,
  organisationId: "organisationId",
  contact: { name: "name", phone: "phone", email: "email" },
  broker: { fullName: "broker", phone: null },
  mayEdit: false,
};
const MATCHABLE: MatchableListing = {
  ...FACTS,
  id: "id",
  versionId: "version",
  officeId: "office",
  kind: "need",
  reference: "NC-22-2026-000001",
  rowVersion: 1,
  visibility: "blind",
  origin: "member",
  ownerKey: "owner",
  organisation: "organisation",
  challenge: false,
  texts: [TEXT],
  lines: [LINE],
  publishedAt: new Date(0),
};

/** Names of the fields that still say something. */
const stated = (thing: object) =>
  Object.entries(thing)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name]) => name)
    .sort();

const OPEN_TEXT = ["description", "lang", "problemSolved", "summary", "title"];
const OPEN_FACTS = ["keywords", "sectorCodes", "sectorGuessed", "sectorMain"];

describe("the open part of a blind listing", () => {
  it("of texts: title, summary, the problem and what it solves", () => {
    expect(stated(openText(TEXT))).toEqual(OPEN_TEXT);
  });
  it("of a page: sectors, key words and dates; no place, money, line, file, holder or contact", () => {
    const view = openView(VIEW);
    expect(view.texts.map(stated)).toEqual([OPEN_TEXT, OPEN_TEXT]);
    expect(stated(view.text)).toEqual(OPEN_TEXT);
    expect(stated(view.facts)).toEqual(OPEN_FACTS);
    for (const name of ["provinceCode", "communeCode", "contact", "details", "pdfId", "pictureId", "organisation"])
      expect(stated(view), name).not.toContain(name);
    expect([view.lines, view.pictures]).toEqual([[], []]);
    const values: unknown[] = [];
    JSON.stringify(view, (_, value: unknown) => (typeof value === "string" ? values.push(value) : value));
    for (const said of ["organisation", "task", "confirmed", "moneyText", "owner", "picture", "alt", "phone", "06700"])
      expect(values).not.toContain(said);
    expect(stated(view)).toEqual(expect.arrayContaining(["title", "sectors", "publishedAt", "broker", "hasAnnex"]));
  });
  it("of a card: what is in the page's", () => {
    const { organisation, provinceCode, trl, expiresOn, pictureId, sourceUrl } = openCard(CARD);
    expect([organisation, provinceCode, trl, expiresOn, pictureId, sourceUrl]).toEqual(Array(6).fill(null));
    expect(openCard(CARD)).toMatchObject({ title: "title", sectors: ["MTR-01"], publishedAt: CARD.publishedAt });
  });
  it("of what is indexed: nothing to find it by but open words and sectors", () => {
    const open = openMatchable(MATCHABLE);
    expect(stated(open).filter((name) => name in FACTS)).toEqual(OPEN_FACTS);
    expect([open.lines, open.ownerKey, open.organisation]).toEqual([[], null, null]);
    expect(open.texts.map(stated)).toEqual([OPEN_TEXT]);
  });
  it("of what the engine reads: open words, while the rest goes on counting", () => {
    const read = openWords(MATCHABLE);
    expect(read.texts.map(stated)).toEqual([OPEN_TEXT]);
    expect(read).toMatchObject({ sectorText: null, lines: [LINE], moneyMax: 2, provinceCode: "22", ownerKey: "owner" });
  });
});
