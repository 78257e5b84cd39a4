import { parseWithZod } from "@conform-to/zod/v4";
import type { z } from "zod";
import { type Failure, fail } from "../result";

/** What an action answers when a form was not accepted: why, and what was typed (never passwords). */
export type FormAnswer = { failure: Failure; values: Record<string, string | string[]> };

const NEVER_SHOWN_AGAIN = new Set(["password", "current"]);

/** What was typed, for showing it again. Fields of one name become a list; files and passwords are left out. */
export function typedValues(form: FormData): FormAnswer["values"] {
  const values: FormAnswer["values"] = {};
  for (const name of new Set(form.keys())) {
    const all = form.getAll(name).filter((value) => typeof value === "string");
    if (!NEVER_SHOWN_AGAIN.has(name) && all.length > 0) values[name] = all.length > 1 ? all : (all[0] ?? "");
  }
  return values;
}

/** The answer to a failed command: its failure with everything typed kept. */
export function refuse(form: FormData, failure: Failure): FormAnswer {
  return { failure, values: typedValues(form) };
}

/** Parses a form on the server. Messages of the schema are i18next keys; each stands beside its field. */
export function readForm<S extends z.ZodType>(
  form: FormData,
  schema: S,
): { ok: true; value: z.output<S> } | { ok: false; answer: FormAnswer } {
  const submission = parseWithZod(form, { schema });
  if (submission.status === "success") return { ok: true, value: submission.value };
  const fields: Record<string, string[]> = {};
  for (const [name, keys] of Object.entries(submission.error ?? {})) {
    // a check-box list reports on its entries too; they all belong to the list. A field of a row keeps its own name
    const field = name.replace(/\[\d*\]$/, "");
    if (keys) fields[field] = [...new Set([...(fields[field] ?? []), ...keys])];
  }
  return { ok: false, answer: refuse(form, fail("invalid", { fields })) };
}
