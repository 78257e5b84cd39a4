import type { ChaseAnswer, DealStage, Locale } from "~/generated/prisma/enums";
import enDeals from "~/locales/en/deals.json";
import en from "~/locales/en/mail.json";
import viDeals from "~/locales/vi/deals.json";
import vi from "~/locales/vi/mail.json";
import { fill } from "./fill";

const WORDS: Record<Locale, typeof vi> = { vi, en };

const STAGES: Record<Locale, Record<DealStage, string>> = { vi: viDeals.stage, en: enDeals.stage };

/** A stage as it stands inside a sentence; the deals' own word for it. */
export const stageLabel = (locale: Locale, stage: DealStage): string => STAGES[locale][stage].toLocaleLowerCase(locale);

/** What a side said of what came of a meeting, inside a sentence. */
export const answerLabel = (locale: Locale, answer: ChaseAnswer): string => WORDS[locale].answer[answer];

/** One line for the broker: what happened to a deal. Empty for events that have words of their own. */
export function dealNews(locale: Locale, event: string, words: Record<string, string>): string {
  const news: Record<string, string> = WORDS[locale].dealNews;
  const key = event.replace(/^deal\./, "");
  return Object.hasOwn(news, key) ? fill(news[key] ?? "", words) : "";
}
