import type {
  FundingSource,
  IpStatus,
  IpType,
  ListingKind,
  ListingState,
  Locale,
  NeedType,
  PriceModel,
  RecordOrigin,
  TransferForm,
  TransferMethod,
  TransferObject,
  TransferRight,
  TrlBasis,
  Visibility,
} from "~/generated/prisma/enums";
import type { Line } from "./compare-line";

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
  expiresOn: Date | null;
  /** null for blind listings unless the reader may know the owner */
  sourceUrl: string | null;
  sourceNote: string | null;
  pictureId: string | null;
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
};

export type Contact = { name: string | null; phone: string | null; email: string | null };

/** A listing as one reader may see it: what is hidden from them was never selected. */
export type ListingView = ListingCard & {
  officeId: string;
  versionId: string;
  versionNumber: number;
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
  pdfId: string | null;
  /** the owner, only for readers who may know it */
  organisationId: string | null;
  ownerHidden: boolean;
  /** null = hidden; the page then leads to the broker */
  contact: Contact | null;
  /** the Department's broker who looks after this listing */
  broker: { fullName: string; phone: string | null; email: string } | null;
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
  /** Vietnamese first */
  texts: ListingText[];
  lines: ListingLine[];
  publishedAt: Date;
};

/** What the index must forget. */
export type Tombstone = { removed: true; id: string; rowVersion: number };
