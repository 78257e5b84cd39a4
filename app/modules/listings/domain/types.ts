import type {
  FundingSource,
  HelpWanted,
  IpStatus,
  IpType,
  ListingKind,
  ListingState,
  Locale,
  NeedType,
  OriginFunding,
  PriceModel,
  RecordOrigin,
  SupplyOrigin,
  TransferForm,
  TransferMethod,
  TransferObject,
  TransferRight,
  TrlBasis,
  Urgency,
  Visibility,
} from "~/generated/prisma/enums";
import type { Line } from "./compare-line";
import type { ListingDetails } from "./detail-rows";
import type { ReadinessConfirmation } from "./readiness";

/** A field (top level) or sector of the taxonomy. */
export type SectorNode = {
  code: string;
  nameVi: string;
  nameEn: string;
  keywordsVi: string[];
  keywordsEn: string[];
  relatedCodes: string[];
  children: SectorNode[];
};

/** One row of a list of listings. `organisation` null = hidden from this reader. */
export type ListingCard = {
  id: string;
  kind: ListingKind;
  reference: string | null;
  /** where its page is */
  address: string;
  title: string;
  summary: string | null;
  organisation: string | null;
  sectors: string[];
  provinceCode: string | null;
  trl: number | null;
  trlBasis: TrlBasis | null;
  visibility: Visibility;
  state: ListingState;
  origin: RecordOrigin;
  lang: Locale;
  publishedAt: Date | null;
  /** its owner last said that it holds */
  lastConfirmedAt: Date | null;
  /** hidden from searching since; seen by its owner and brokers only */
  unconfirmedAt: Date | null;
  expiresOn: Date | null;
  /** null for blind listings unless the reader may know the owner */
  sourceUrl: string | null;
  sourceNote: string | null;
  pictureId: string | null;
  /** since when it is a problem of the province ("bài toán lớn") */
  challengeSince: Date | null;
  /** a blind listing of which this reader sees the open part only (domain/open-part.ts) */
  ownerHidden: boolean;
};

export type ListingText = {
  lang: Locale;
  title: string;
  summary: string | null;
  description: string | null;
  currentTechnology: string | null;
  problemSolved: string | null;
  advantages: string | null;
  referenceSites: string | null;
  standards: string | null;
  tried: string | null;
  ipWishes: string | null;
  principle: string | null;
  operatingConditions: string | null;
  trlEvidence: string | null;
  support: string | null;
};

export type ListingLine = Line & { must: boolean | null; condition: string | null };

/** The facts of one version that need no permission beyond seeing the listing. Money in đồng. */
export type ListingFacts = {
  sectorMain: string | null;
  sectorCodes: string[];
  sectorText: string | null;
  sectorGuessed: boolean;
  keywords: string[];
  trl: number | null;
  trlBasis: TrlBasis | null;
  needTypes: NeedType[];
  funding: FundingSource[];
  moneyMin: number | null;
  moneyMax: number | null;
  moneyNegotiable: boolean | null;
  priceModel: PriceModel | null;
  moneyText: string | null;
  neededBy: Date | null;
  provinceCode: string | null;
  objects: TransferObject[];
  forms: TransferForm[];
  methods: TransferMethod[];
  rights: TransferRight[];
  ipType: IpType | null;
  ipStatus: IpStatus | null;
  expiresOn: Date | null;
  urgency: Urgency | null;
  supplyOrigin: SupplyOrigin | null;
  helpWanted: HelpWanted[];
  scaleMin: number | null;
  scaleMax: number | null;
  scaleUnit: string | null;
  /** đồng per `unitCostPer` of capacity */
  unitCost: number | null;
  unitCostPer: string | null;
  paybackMonths: number | null;
  transferMonths: number | null;
  warrantyMonths: number | null;
  originFunding: OriginFunding | null;
  originAcceptedYear: number | null;
};

export type Picture = { id: string; alt: string };
export type Contact = { name: string | null; phone: string | null; email: string | null };

/** A listing as one reader may see it: what is hidden from them was never selected. */
export type ListingView = ListingCard & {
  officeId: string;
  versionId: string;
  versionNumber: number;
  /** a broker's word on the level; null while it is the author's own */
  trlConfirmation: ReadinessConfirmation | null;
  /** the text in the reader's language when there is one, else the original */
  text: ListingText;
  texts: ListingText[];
  facts: ListingFacts;
  lines: ListingLine[];
  /** null = hidden (blind) or not stated */
  communeCode: string | null;
  ipNumber: string | null;
  ipText: string | null;
  originTaskCode: string | null;
  /** holders, titles, references, tests; null = hidden. Contacts at reference sites are in it only for the owner and brokers */
  details: ListingDetails | null;
  pictures: Picture[];
  pdfId: string | null;
  /** there is a confidential annex; nothing else is told of it here */
  hasAnnex: boolean;
  /** the owner, only for readers who may know it */
  organisationId: string | null;
  /** null = hidden; the page then leads to the broker */
  contact: Contact | null;
  /** the Department's broker who looks after this listing */
  broker: { fullName: string; phone: string | null } | null;
  mayEdit: boolean;
  lastConfirmedAt: Date | null;
};

/** Everything the matching engine and the index know of a published listing: no contacts. */
export type MatchableListing = ListingFacts & {
  id: string;
  versionId: string;
  officeId: string;
  kind: ListingKind;
  reference: string;
  rowVersion: number;
  visibility: Visibility;
  origin: RecordOrigin;
  /** id of the owning organisation; null when unknown or an anonymous person. Never displayed */
  ownerKey: string | null;
  /** display name; null for blind listings */
  organisation: string | null;
  /** the province made it its own */
  challenge: boolean;
  /** Vietnamese first */
  texts: ListingText[];
  lines: ListingLine[];
  publishedAt: Date;
};

/** What the index must forget. */
export type Tombstone = { removed: true; id: string; rowVersion: number };
