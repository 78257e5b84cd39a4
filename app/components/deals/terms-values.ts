import type { DealView } from "~/modules/deals/index.server";
import { typedAmount } from "./amounts";

type Typed = Record<string, string | string[]> | undefined;

const yesNo = (value: boolean | null) => (value === null ? "" : value ? "yes" : "no");

/** The stored terms as the form's first values. */
export function storedTerms({ title, parties, terms }: DealView): Record<string, string | null> {
  return {
    title,
    transferorId: parties.transferor?.organisationId ?? null,
    transfereeId: parties.transferee?.organisationId ?? null,
    technologyName: terms.technologyName,
    form: terms.form,
    right: terms.right,
    scope: terms.scope,
    sectorMain: terms.sectorMain,
    value: typedAmount(terms.value, terms.currency),
    currency: terms.currency,
    royaltyPercent: terms.royaltyBasisPoints === null ? null : String(terms.royaltyBasisPoints / 100).replace(".", ","),
    royaltyYears: terms.royaltyYears === null ? null : String(terms.royaltyYears),
    royaltyMinimum: typedAmount(terms.royaltyMinimum, terms.currency),
    royaltyCap: typedAmount(terms.royaltyCap, terms.currency),
    improvementRights: terms.improvementRights,
    transferorCountry: terms.transferorCountry,
    transfereeCountry: terms.transfereeCountry,
    stateMoney: yesNo(terms.stateMoney),
    taskCertificate: yesNo(terms.taskCertificate),
    restrictedList: yesNo(terms.restrictedList),
  };
}

/** Ticks of a list: what was typed when the form came back, what is stored otherwise. An empty list that came back stays empty. */
export function ticks({ terms }: DealView, typed: Typed) {
  const stored: Record<string, readonly string[]> = {
    objects: terms.objects,
    methods: terms.methods,
    paymentKinds: terms.paymentKinds,
    checklist: terms.checklist.map(String),
  };
  return (name: string): readonly string[] => {
    if (!typed) return stored[name] ?? [];
    const value = typed[name];
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  };
}
