import { z } from "zod";
import { needed, optional, revision } from "~/platform/form-fields";

/** What a form says of a coded reason. Messages are i18next keys. */
export const REASON_LENGTH = 120;
const LAST_PLACE = 10_000;

export const reasonSchema = z.object({
  labelVi: needed(REASON_LENGTH),
  labelEn: needed(REASON_LENGTH),
  position: z.coerce
    .number("lists:error.position")
    .int("lists:error.position")
    .min(1, "lists:error.position")
    .max(LAST_PLACE, "lists:error.position"),
  note: optional(500),
  revision,
});
export type ReasonInput = z.output<typeof reasonSchema>;
export const switchReasonSchema = z.object({ note: optional(500), revision });
