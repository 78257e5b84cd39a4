import { z } from "zod";
import { needed, optional, revision } from "~/platform/form-fields";

/** Answer templates of reviews. Messages are i18next keys. */
export const TEMPLATE_PURPOSES = ["changes", "reject"] as const;
export type TemplatePurpose = (typeof TEMPLATE_PURPOSES)[number];
export const TEMPLATE_NAME_LENGTH = 120;
export const TEMPLATE_LENGTH = 2_000;

export const templateSchema = z.object({
  purpose: z.enum(TEMPLATE_PURPOSES, "common:error.required"),
  /** the reason it goes with: chosen together with the words */
  reasonCode: optional(40),
  nameVi: needed(TEMPLATE_NAME_LENGTH),
  nameEn: needed(TEMPLATE_NAME_LENGTH),
  bodyVi: needed(TEMPLATE_LENGTH),
  bodyEn: needed(TEMPLATE_LENGTH),
  revision,
});
export type TemplateInput = z.output<typeof templateSchema>;
export const switchTemplateSchema = z.object({ revision });
