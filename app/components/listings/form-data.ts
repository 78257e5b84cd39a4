import type { ExampleWords } from "~/modules/listings/index.server";
import type { Draft } from "~/modules/listings/schemas";

export type Choice = { value: string; label: string; group?: string };
/** Everything a listing form needs besides the draft; made by the loader so that no schema travels to the browser. */
export type FormChoices = {
  sectors: Choice[];
  provinces: Choice[];
  communes: Choice[];
  units: string[];
  lists: Record<
    | "needTypes"
    | "funding"
    | "objects"
    | "forms"
    | "methods"
    | "rights"
    | "ipTypes"
    | "ipStatuses"
    | "priceModels"
    | "visibilities"
    | "comparisons"
    | "urgencies"
    | "supplyOrigins"
    | "helpWanted"
    | "originFundings"
    | "ownerTypes",
    readonly string[]
  >;
  length: Record<"title" | "summary" | "description" | "text" | "short" | "line", number>;
};

export type Errors = Record<string, string[]>;
export type FileInfo = { id: string; kind: "picture" | "pdf"; name: string; bytes: number };
export type AnnexInfo = { id: string; number: number; name: string | null; bytes: number };
export type SectionProps = {
  kind: "need" | "offering";
  draft: Draft;
  errors: Errors;
  choices: FormChoices;
  suggestions: string[];
  files: FileInfo[];
  annexes: AnnexInfo[];
  /** a good listing of the same field, for who does not know how to begin */
  example: ExampleWords | null;
  /** protection numbers that do not look like the usual ones */
  oddNumbers: string[];
  /** organisations the writer may post for, while that can still be chosen */
  organisations: Choice[];
  organisationId: string;
  /** something changed that no change event tells */
  onChange: () => void;
  onUseSector: (code: string) => void;
};
