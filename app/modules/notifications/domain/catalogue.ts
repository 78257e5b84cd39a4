import type { EventType } from "~/platform/events";
import type { Condition, Rule } from "./rule";
import { ACCOUNT_RULES } from "./rules-accounts";
import { BROKERING_RULES } from "./rules-brokering";
import { DEAL_RULES } from "./rules-deals";
import { LISTING_RULES } from "./rules-listings";
import { SESSION_RULES } from "./rules-sessions";

/**
 * The whole catalogue as data: event → who is told → how → which words. A person hit by several rules of one event is
 * told by the first that reaches them on each channel. Events without a row concern no person.
 */
export const CATALOGUE: readonly Rule[] = [
  ...ACCOUNT_RULES,
  ...LISTING_RULES,
  ...BROKERING_RULES,
  ...SESSION_RULES,
  ...DEAL_RULES,
];

/** Events that tell nobody, on purpose; a test keeps catalogue and this list complete against platform/events.ts. */
export const SILENT: readonly EventType[] = [
  "listing.updated",
  "listing.reconfirmed",
  "match.dismissed",
  "dead-letter.replayed",
  "dictionary.changed",
  "sector.changed",
  "unit.changed",
];

/** The rules of an event that apply to what was found out about its subject. */
export function rulesFor(event: EventType, conditions: ReadonlySet<Condition>): Rule[] {
  return CATALOGUE.filter(
    (rule) =>
      rule.event === event &&
      [rule.when ?? []].flat().every((condition) => conditions.has(condition)) &&
      !(rule.unless && conditions.has(rule.unless)),
  );
}
