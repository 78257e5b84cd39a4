import type { EventType } from "~/platform/events";
import { BOTH, MAIL, PAGE, PATHS, type Rule, type TemplateKey } from "./rule";

/** Told to a party in words of its own and to the deal's broker as one line of news. */
const told = (event: EventType, template: TemplateKey, unless?: Rule["unless"]): Rule[] => [
  { event, to: "owners", channels: BOTH, template, when: "to-side", path: PATHS.deal, ...(unless ? { unless } : {}) },
  { event, to: "responsible-broker", channels: BOTH, template: "deal-news", when: "to-broker", path: PATHS.deal },
];

/** Deals, registration and what became of a meeting. Everything about a deal leads to its page; outcome questions to one tap. */
// biome-ignore format: one rule a line reads as the table it is
export const DEAL_RULES: readonly Rule[] = [
  ...told("deal.opened", "deal-opened"),
  { event: "deal.moved", to: "owners", channels: BOTH, template: "deal-returned", when: ["to-side", "returned", "deadline"], path: PATHS.deal },
  { event: "deal.moved", to: "owners", channels: BOTH, template: "deal-returned-open", when: ["to-side", "returned"], unless: "deadline", path: PATHS.deal },
  ...told("deal.moved", "deal-moved", "returned"),
  { event: "deal.signed", to: "owners", channels: BOTH, template: "deal-signed-register", when: ["to-side", "deadline"], path: PATHS.deal },
  ...told("deal.signed", "deal-signed", "deadline"),
  { event: "deal.signed", to: "registrars", channels: BOTH, template: "deal-to-register", when: ["to-registrars", "deadline"], path: PATHS.deal },
  ...told("deal.filed", "deal-filed"),
  { event: "deal.filed", to: "registrars", channels: BOTH, template: "deal-file-to-process", when: "to-registrars", path: PATHS.deal },
  ...told("deal.registered", "deal-registered"),
  { event: "deal.acceptance-given", to: "owners", channels: BOTH, template: "deal-acceptance-asked", when: ["to-side", "awaits-you"], path: PATHS.deal },
  { event: "deal.acceptance-given", to: "owners", channels: BOTH, template: "deal-acceptance-recorded", when: "to-side", unless: "awaits-you", path: PATHS.deal },
  { event: "deal.acceptance-given", to: "responsible-broker", channels: BOTH, template: "deal-news", when: "to-broker", path: PATHS.deal },
  ...told("deal.accepted", "deal-accepted"),
  ...told("deal.liquidated", "deal-liquidated"),
  ...told("deal.paused", "deal-paused"),
  ...told("deal.resumed", "deal-resumed"),
  ...told("deal.lost", "deal-lost"),
  ...told("deal.terminated", "deal-terminated"),
  { event: "deal.handed-over", to: "person", channels: BOTH, template: "deal-received", when: "receiver", path: PATHS.deal },
  { event: "deal.handed-over", to: "person", channels: PAGE, template: "deal-given", when: "giver", path: PATHS.deal },
  { event: "deal.registration-reminder", to: "owners", channels: BOTH, template: "deal-registration-reminder", when: "to-side", path: PATHS.deal },
  { event: "deal.registration-reminder", to: "responsible-broker", channels: BOTH, template: "deal-registration-due", when: "to-broker", path: PATHS.deal },
  { event: "deal.registration-reminder", to: "registrars", channels: BOTH, template: "deal-registration-due", when: "to-registrars", path: PATHS.deal },
  { event: "deal.milestone-reminder", to: "owners", channels: BOTH, template: "deal-milestone-reminder", when: "to-side", path: PATHS.deal },
  { event: "deal.milestone-reminder", to: "responsible-broker", channels: BOTH, template: "deal-milestone-due", when: "to-broker", path: PATHS.deal },
  { event: "deal.royalty-reminder", to: "owners", channels: BOTH, template: "deal-royalty-reminder", when: "to-side", path: PATHS.deal },
  { event: "deal.royalty-reminder", to: "responsible-broker", channels: BOTH, template: "deal-royalty-due", when: "to-broker", path: PATHS.deal },

  { event: "outcome.asked", to: "owners", channels: PAGE, template: "outcome-asked", when: "to-side", path: PATHS.outcome },
  { event: "outcome.asked", to: "owners", channels: MAIL, template: "outcome-asked", when: "to-side", path: PATHS.answerOutcome },
  { event: "outcome.answered", to: "responsible-broker", channels: BOTH, template: "outcome-answered", when: "to-broker", path: PATHS.outcomes },
  { event: "outcome.conflict", to: "responsible-broker", channels: BOTH, template: "outcome-conflict", when: "to-broker", path: PATHS.outcomes },
];
