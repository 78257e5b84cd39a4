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
    | "comparisons",
    readonly string[]
  >;
  length: Record<"title" | "summary" | "description" | "text" | "short" | "line", number>;
};

export type Errors = Record<string, string[]>;
export type SectionProps = { kind: "need" | "offering"; draft: Draft; errors: Errors; choices: FormChoices };
