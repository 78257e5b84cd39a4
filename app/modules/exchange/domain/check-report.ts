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
});
export type CheckReport = z.infer<typeof checkReportSchema>;
export type KeptProblem = CheckReport["problems"][number];

export const columnsSchema = z.object({
  sheet: z.string(),
  headRow: z.number().int(),
  columns: z.array(z.object({ at: z.number().int().min(0), field: z.string() })),
});
