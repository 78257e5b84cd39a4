import { BOTH, MAIL, PAGE, PATHS, type Rule } from "./rule";

/** Cases and introductions. One event per group of readers: each side in its own words, the mail with a one-tap link, the broker by the case. */
// biome-ignore format: one rule a line reads as the table it is
export const BROKERING_RULES: readonly Rule[] = [
  { event: "case.opened", to: "owners", channels: PAGE, template: "case-opened", when: "to-side", path: PATHS.mine },
  { event: "case.handed-over", to: "person", channels: BOTH, template: "case-received", when: "receiver", path: PATHS.brokerCase },
  { event: "case.handed-over", to: "person", channels: BOTH, template: "case-given", when: "giver", path: PATHS.brokerCase },
  { event: "case.closed", to: "owners", channels: PAGE, template: "case-closed", when: "to-side", path: PATHS.mine },
  { event: "case.closed", to: "person", channels: BOTH, template: "case-closed-for-you", when: "receiver", path: PATHS.brokerCase },

  { event: "introduction.proposed", to: "owners", channels: PAGE, template: "introduction-proposed", when: "to-side", path: PATHS.introduction },
  { event: "introduction.proposed", to: "owners", channels: MAIL, template: "introduction-proposed", when: "to-side", path: PATHS.answer },
  { event: "introduction.reminder-due", to: "owners", channels: PAGE, template: "introduction-reminder", when: "to-side", path: PATHS.introduction },
  { event: "introduction.reminder-due", to: "owners", channels: MAIL, template: "introduction-reminder", when: "to-side", path: PATHS.answer },
  { event: "introduction.escalated", to: "responsible-broker", channels: BOTH, template: "introduction-due-today", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.side-answered", to: "owners", channels: BOTH, template: "introduction-recorded", when: "to-side", path: PATHS.introduction },
  { event: "introduction.side-answered", to: "responsible-broker", channels: BOTH, template: "introduction-answered", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.accepted", to: "owners", channels: BOTH, template: "introduction-accepted", when: "to-side", path: PATHS.introduction },
  { event: "introduction.accepted", to: "responsible-broker", channels: BOTH, template: "introduction-both-agreed", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.declined", to: "owners", channels: BOTH, template: "introduction-declined", when: "to-side", path: PATHS.introduction },
  { event: "introduction.declined", to: "responsible-broker", channels: BOTH, template: "introduction-not-agreed", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.expired", to: "owners", channels: BOTH, template: "introduction-expired", when: "to-side", path: PATHS.introduction },
  { event: "introduction.expired", to: "responsible-broker", channels: BOTH, template: "introduction-ran-out", when: "to-broker", path: PATHS.brokerCase },
  { event: "introduction.withdrawn", to: "owners", channels: BOTH, template: "introduction-withdrawn", when: "to-side", path: PATHS.introduction },
  { event: "introduction.withdrawn", to: "responsible-broker", channels: BOTH, template: "introduction-taken-back", when: "to-broker", path: PATHS.brokerCase },
];
