import { z } from "zod";
import { isTimeZone } from "./domain/rhythm";
import { TOPICS, type Topic } from "./domain/topics";

/** What /notices posts. */
export const noticesActionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("read"), id: z.uuid() }),
  z.object({ intent: z.literal("read-all") }),
]);

/** What /broker/dead-letters posts. */
export const deadLetterActionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("replay"), id: z.uuid() }),
  z.object({ intent: z.literal("drop"), id: z.uuid(), note: z.string().max(500).default("") }),
  z.object({ intent: z.literal("replay-all"), jobName: z.string().min(1), errorCode: z.string().min(1) }),
  z.object({
    intent: z.literal("drop-all"),
    jobName: z.string().min(1),
    errorCode: z.string().min(1),
    note: z.string().max(500).default(""),
  }),
]);

/** Shortest note that says anything. */
export const NOTE_MIN = 5;

const MODES = ["immediate", "daily", "weekly", "off"] as const;
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "mailing:error.clock")
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const whole = (min: number, max: number) =>
  z.coerce.number("mailing:error.choose").int().min(min, "mailing:error.choose").max(max, "mailing:error.choose");

/** Hours at which a digest may be asked for. */
export const DIGEST_HOURS = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] as const;

/** What /account/notices posts. */
export const choicesSchema = z
  .object({
    timeZone: z.string().refine(isTimeZone, "mailing:error.timeZone"),
    quietOn: z.literal("on").optional(),
    quietFrom: clock.optional(),
    quietUntil: clock.optional(),
    digestHour: whole(0, 23),
    digestWeekday: whole(1, 7),
    ...(Object.fromEntries(TOPICS.map((topic) => [topic, z.enum(MODES).optional()])) as Record<
      Topic,
      z.ZodOptional<z.ZodEnum<{ immediate: "immediate"; daily: "daily"; weekly: "weekly"; off: "off" }>>
    >),
  })
  .superRefine((value, context) => {
    if (!value.quietOn) return;
    for (const name of ["quietFrom", "quietUntil"] as const) {
      if (value[name] === undefined) context.addIssue({ code: "custom", path: [name], message: "mailing:error.clock" });
    }
    if (value.quietFrom !== undefined && value.quietFrom === value.quietUntil) {
      context.addIssue({ code: "custom", path: ["quietUntil"], message: "mailing:error.quietSame" });
    }
  })
  .transform(({ timeZone, quietOn, quietFrom, quietUntil, digestHour, digestWeekday, ...modes }) => ({
    timeZone,
    quiet:
      quietOn && quietFrom !== undefined && quietUntil !== undefined ? { from: quietFrom, until: quietUntil } : null,
    digestHour,
    digestWeekday,
    modes,
  }));
export type ChoicesInput = z.output<typeof choicesSchema>;

/** What /mail/stop posts: a button of the page, or a mail program by RFC 8058. */
export const stopSchema = z
  .union([z.object({ mode: z.enum(["off", "daily"]) }), z.object({ "List-Unsubscribe": z.literal("One-Click") })])
  .transform((value) =>
    "mode" in value ? { mode: value.mode, oneClick: false } : { mode: "off" as const, oneClick: true },
  );

/** What /broker/suppressions posts. */
export const liftSchema = z.object({ id: z.uuid(), note: z.string().max(500).default("") });

/** How /notices may be narrowed. */
export const noticesQuerySchema = z.object({
  show: z.enum(["all", "unread"]).catch("all"),
  topic: z.enum(TOPICS).nullable().catch(null),
  page: z.coerce.number().int().min(1).catch(1),
});
