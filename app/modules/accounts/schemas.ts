import { z } from "zod";
import { reasonCode } from "~/platform/form-fields";
import { cleanText } from "~/platform/text";
import { CONSENT_PURPOSES } from "./domain/consents";
import { passwordProblem } from "./domain/passwords";
import { isCommuneOf, isProvinceCode } from "./domain/places";
import { parseTaxCode } from "./domain/tax-code";

export { CONSENT_PURPOSES, CONSENT_TEXT_VERSION, type ConsentPurpose } from "./domain/consents";
export { nameKey } from "./domain/names";
export { safeNext } from "./domain/next-path";
export { PASSWORD_MIN } from "./domain/passwords";
export {
  COMMUNES,
  type Commune,
  communeName,
  PROVINCES,
  type Province,
  provinceByName,
  provinceName,
} from "./domain/places";
export { CLAIM_REASONS, ORGANISATION_REASONS } from "./domain/states";
export { parseTaxCode } from "./domain/tax-code";
export { typeOfName } from "./domain/type-of-name";

/** Kinds of holder (domain list of organisation types), in the order of the form. */
export const ORGANISATION_TYPES = [
  "private_enterprise",
  "state_enterprise",
  "fdi_enterprise",
  "st_enterprise",
  "high_tech_enterprise",
  "startup",
  "cooperative",
  "household_business",
  "research_institute",
  "university",
  "other_st_organisation",
  "intermediary",
  "innovation_centre",
  "investment_fund",
  "association",
  "state_body",
  "individual",
  "international_organisation",
] as const;
/** Kinds that may have no tax code of the exchange's form: private people, foreign bodies, state bodies. */
export const TYPES_WITHOUT_TAX_CODE: readonly string[] = ["individual", "international_organisation", "state_body"];

// Messages are i18next keys; forms translate them.
const required = "accounts:error.required";
const text = (max: number) =>
  z
    .string({ error: required })
    .transform(cleanText)
    .pipe(z.string().min(1, required).max(max, "accounts:error.tooLong"));
const optionalText = (max: number) =>
  z
    .string()
    .optional()
    .transform((value) => cleanText(value ?? "") || undefined)
    .pipe(z.string().max(max, "accounts:error.tooLong").optional());

/** Lower-case NFC e-mail address. */
export const emailField = z
  .string({ error: required })
  .transform((value) => cleanText(value).toLowerCase())
  .pipe(z.string().min(1, required).max(254, "accounts:error.tooLong").pipe(z.email("accounts:error.emailWrong")));

const phoneField = optionalText(30).pipe(
  z
    .string()
    .regex(/^\+?[\d\s().-]{8,}$/, "accounts:error.phoneWrong")
    .optional(),
);
/** Passwords are compared as typed, so only NFC: a phone's keyboard and a PC's may compose Vietnamese letters differently. */
const passwordField = z
  .string({ error: required })
  .transform((value) => value.normalize("NFC"))
  .pipe(z.string().min(1, required).max(1000, "accounts:error.passwordLong"));

type WithPassword = { email?: string; fullName?: string };
const PASSWORD_ERRORS = {
  short: "accounts:error.passwordShort",
  long: "accounts:error.passwordLong",
  common: "accounts:error.passwordCommon",
} as const;
/** Message key for a password that will not do, or null. */
export function passwordError(password: string, own: WithPassword = {}): string | null {
  const problem = passwordProblem(password, own);
  return problem && PASSWORD_ERRORS[problem];
}

const newPassword = passwordField.superRefine((password, ctx) => {
  const error = passwordError(password);
  if (error) ctx.addIssue({ code: "custom", message: error });
});

export const localeField = z.enum(["vi", "en"]);

export const signUpSchema = z
  .object({
    fullName: text(120),
    email: emailField,
    password: newPassword,
    phone: phoneField,
    locale: localeField.catch("vi"),
    consents: z.preprocess(
      (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
      z.array(z.enum(CONSENT_PURPOSES)),
    ),
  })
  .superRefine((value, ctx) => {
    if (!value.consents.includes("account")) {
      ctx.addIssue({ code: "custom", path: ["consents"], message: "accounts:error.consentNeeded" });
    }
    if (!passwordError(value.password) && passwordError(value.password, value)) {
      ctx.addIssue({ code: "custom", path: ["password"], message: "accounts:error.passwordCommon" });
    }
  });
export type SignUpInput = z.output<typeof signUpSchema>;

export const signInSchema = z.object({ email: emailField, password: passwordField });
export type SignInInput = z.output<typeof signInSchema>;

export const emailOnlySchema = z.object({ email: emailField });
export const confirmSchema = z.object({ password: passwordField });
export const resetSchema = z.object({ password: newPassword });
export const changePasswordSchema = z.object({ current: passwordField, password: newPassword });
export const personProfileSchema = z.object({
  fullName: text(120),
  phone: phoneField,
  position: optionalText(120),
  locale: localeField,
});
export type PersonProfileInput = z.output<typeof personProfileSchema>;

const TAX_CODE_ERRORS = {
  form: "accounts:error.taxCodeForm",
  checkDigit: "accounts:error.taxCodeWrong",
  neverIssued: "accounts:error.taxCodeNeverIssued",
  branch: "accounts:error.taxCodeBranch",
} as const;

/** A tax code in stored form, or undefined when the field is empty. */
const taxCodeField = z
  .string()
  .optional()
  .transform((value, ctx) => {
    if (!value?.trim()) return undefined;
    const parsed = parseTaxCode(value);
    if (parsed.ok) return parsed.code;
    ctx.addIssue({ code: "custom", message: TAX_CODE_ERRORS[parsed.problem] });
    return z.NEVER;
  });

const website = optionalText(200).transform((value, ctx) => {
  if (!value) return undefined;
  const full = /^https?:\/\//i.test(value) ? value : `https://${value}`;
  if (URL.canParse(full) && /\.[a-z]{2,}$/i.test(new URL(full).hostname)) return full;
  ctx.addIssue({ code: "custom", message: "accounts:error.websiteWrong" });
  return z.NEVER;
});

const profileFields = {
  nameVi: text(200),
  nameEn: optionalText(200),
  shortName: optionalText(60),
  type: z.enum(ORGANISATION_TYPES, { error: required }),
  countryCode: z
    .string()
    .optional()
    .transform((value) => (value ?? "VN").toUpperCase())
    .pipe(z.string().regex(/^[A-Z]{2}$/, "accounts:error.countryWrong")),
  provinceCode: z
    .string()
    .optional()
    .pipe(z.string().refine(isProvinceCode, "accounts:error.provinceWrong").optional()),
  communeCode: z.string().optional(),
  address: optionalText(300),
  website,
  about: optionalText(2000),
};
type PlaceFields = { countryCode: string; provinceCode?: string; communeCode?: string };
function checkPlace(value: PlaceFields, ctx: z.RefinementCtx): void {
  if (value.countryCode === "VN" && !value.provinceCode) {
    ctx.addIssue({ code: "custom", path: ["provinceCode"], message: required });
  }
  if (value.communeCode && !isCommuneOf(value.communeCode, value.provinceCode ?? null)) {
    ctx.addIssue({ code: "custom", path: ["communeCode"], message: "accounts:error.communeWrong" });
  }
}

export const organisationProfileSchema = z.object(profileFields).superRefine(checkPlace);
export type OrganisationProfileInput = z.output<typeof organisationProfileSchema>;

export const foundOrganisationSchema = z
  .object({
    ...profileFields,
    taxCode: taxCodeField,
    evidence: optionalText(2000),
    notDuplicate: z.literal("yes").optional(),
  })
  .superRefine(checkPlace)
  .superRefine((value, ctx) => {
    const without = TYPES_WITHOUT_TAX_CODE.includes(value.type) || value.countryCode !== "VN";
    if (!value.taxCode && !without) {
      ctx.addIssue({ code: "custom", path: ["taxCode"], message: "accounts:error.taxCodeNeeded" });
    }
  });
export type FoundOrganisationInput = z.output<typeof foundOrganisationSchema>;

export const evidenceSchema = z.object({
  evidence: text(2000).pipe(z.string().min(20, "accounts:error.evidenceShort")),
});
export const joinSchema = z.object({ note: optionalText(500) });
export const inviteSchema = z.object({ email: emailField, role: z.enum(["member", "manager"]).catch("member") });

const decision = () =>
  z
    .object({
      decision: z.enum(["approve", "reject"]),
      reasonCode: reasonCode("accounts:error.reasonNeeded").optional(),
      note: optionalText(1000),
    })
    .superRefine((value, ctx) => {
      if (value.decision !== "reject") return;
      if (!value.reasonCode)
        ctx.addIssue({ code: "custom", path: ["reasonCode"], message: "accounts:error.reasonNeeded" });
      else if (value.reasonCode === "other" && !value.note)
        ctx.addIssue({ code: "custom", path: ["note"], message: "accounts:error.noteNeeded" });
    });
export const decideOrganisationSchema = decision();
export type DecideOrganisationInput = z.output<typeof decideOrganisationSchema>;
export const decideClaimSchema = decision();
export type DecideClaimInput = z.output<typeof decideClaimSchema>;
