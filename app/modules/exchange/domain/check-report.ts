import { z } from "zod";

const problem = z.object({
  row: z.number(),
  field: z.string().nullable(),
  severity: z.enum(["error", "gap", "note"]),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  typed: z.string(),
});

/** What a check found, as it is kept for the page. Counts are of rows unless they say otherwise. */
export const checkReportSchema = z.object({
  rows: z.number(),
  /** can be entered: no error, not entered before */
  good: z.number(),
  /** of these, could be sent for review */
  complete: z.number(),
  bad: z.number(),
  /** entered from an earlier file */
  known: z.number(),
  /** good, but like another listing or row */
  like: z.number(),
  /** errors and notes, the first ones; `errors` and `notes` count all */
  problems: z.array(problem),
  errors: z.number(),
  notes: z.number(),
  /** how many good rows lack a field before they can be sent, most often first */
  gaps: z.array(z.object({ field: z.string(), rows: z.number() })),
  /** headings of the mapped columns by field */
  headings: z.record(z.string(), z.string()),
  /** of a file for many: rows that are right but whose organisation is not on the exchange */
  missing: z.number().default(0),
  /** how many organisations the good rows belong to */
  organisations: z.number().default(0),
  /** organisations that could be made, most rows first, the first ones; `newCount` counts all */
  newOrganisations: z
    .array(z.object({ name: z.string(), taxCode: z.string().nullable(), rows: z.number(), like: z.array(z.string()) }))
    .default([]),
  newCount: z.number().default(0),
});
export type CheckReport = z.infer<typeof checkReportSchema>;
export type KeptProblem = CheckReport["problems"][number];

export const columnsSchema = z.object({
  sheet: z.string(),
  headRow: z.number().int(),
  columns: z.array(z.object({ at: z.number().int().min(0), field: z.string() })),
});
