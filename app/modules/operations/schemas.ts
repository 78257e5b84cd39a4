import { z } from "zod";
import { needed } from "~/platform/form-fields";

/** What /operator/hand-over posts. */
export const handOverAllSchema = z.object({
  fromId: z.uuid(),
  toBrokerId: z.uuid("brokering:error.chooseBroker"),
  note: needed(2_000),
});
export type HandOverAllInput = z.output<typeof handOverAllSchema>;
export { REASON_LENGTH, type ReasonInput, reasonSchema, switchReasonSchema } from "./reason-schemas";
