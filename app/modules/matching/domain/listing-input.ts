/** What the engine reads of a listing; `MatchableListing` of the listings door fits. Declared here so that the engine stays pure. */
export type InputLine = {
  name: string;
  comparison: "eq" | "gte" | "lte" | "between" | "text";
  minValue: number | null;
  maxValue: number | null;
  textValue: string | null;
  unit: string | null;
  must: boolean | null;
  condition: string | null;
};

export type LineVerdict = "meets" | "near" | "fails" | "unknown";

export type InputText = {
  title: string;
  summary: string | null;
  description: string | null;
  currentTechnology: string | null;
  problemSolved: string | null;
  advantages: string | null;
  standards: string | null;
  /** what a need's author tried already, and how an offering works */
  tried: string | null;
  principle: string | null;
};

/** What is weighed beside the words. */
export type InputFacts = {
  id: string;
  kind: "need" | "offering";
  sectorCodes: readonly string[];
  lines: readonly InputLine[];
  trl: number | null;
  /** what a need asks for, and the forms and rights an offering is handed over in */
  needTypes: readonly string[];
  forms: readonly string[];
  rights: readonly string[];
  /** budget or price in đồng */
  moneyMin: number | null;
  moneyMax: number | null;
  ipStatus: string | null;
  provinceCode: string | null;
  publishedAt: Date;
};

export type InputListing = InputFacts & {
  texts: readonly InputText[];
  keywords: readonly string[];
  /** the sector in the poster's own words, as imported rows have it */
  sectorText: string | null;
};
