import { z } from "zod";

/** What /notices posts. */
export const noticesActionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("read"), id: z.uuid() }),
  z.object({ intent: z.literal("read-all") }),
]);

/** What /broker/dead-letters posts. */
export const deadLetterActionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("replay"), id: z.uuid() }),
  z.object({ intent: z.literal("drop"), id: z.uuid(), note: z.string().max(500).default("") }),
]);

/** Shortest note that says anything. */
export const NOTE_MIN = 5;
