/** Fixed choices of a deal in the order they are shown. Labels: deals:<list>.<value>; transfer objects, forms, methods and rights are those of listings. */
export const DEAL_STAGES = [
  "negotiation",
  "mou",
  "drafting",
  "signed",
  "registration_filed",
  "registered",
  "performing",
  "accepted",
  "liquidated",
] as const;
export const DEAL_STATUSES = ["active", "paused", "lost", "terminated", "closed"] as const;
/** Origins a person chooses; "meeting" and "introduction" come with a link. */
export const FREE_DEAL_ORIGINS = ["fair", "phone", "other"] as const;
export const DEAL_ORIGINS = ["meeting", "introduction", ...FREE_DEAL_ORIGINS] as const;

/** How the price is paid (Luật 07/2017/QH14 Điều 27); combinations are normal. */
export const PAYMENT_KINDS = [
  "lump_sum",
  "instalments",
  "equity",
  "royalty_net_price",
  "royalty_net_revenue",
  "royalty_pretax_profit",
  "other",
] as const;
/** How often a royalty is paid, in months. */
export const ROYALTY_PERIODS = ["1", "3", "6", "12"] as const;
export const CURRENCIES = ["VND", "USD", "EUR", "JPY", "KRW", "CNY"] as const;
export const REGISTRATION_DUTIES = ["mandatory", "voluntary", "licence"] as const;

export const DEAL_DOCUMENT_KINDS = [
  "mou",
  "draft_contract",
  "signed_contract",
  "registration_file",
  "certificate",
  "handover",
  "acceptance_record",
  "liquidation_record",
  "other",
] as const;
export type DocumentKind = (typeof DEAL_DOCUMENT_KINDS)[number];

/** What a technology-transfer contract says, item by item (Luật 07/2017/QH14 Điều 23); each is looked at before signing. */
export const CHECKLIST_ITEMS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14] as const;
/** Items a contract may do without ("nếu có"): ticked as looked at, too. */
export const CHECKLIST_OPTIONAL: readonly number[] = [8, 14];

/** Why a deal is paused or lost. Coded, so that the sum teaches. */
export const PAUSE_REASONS = ["price", "technical", "finance", "timing", "ip", "lost_contact", "other"] as const;
export const LOSE_REASONS = PAUSE_REASONS;
/** Why a signed contract ends early. */
export const TERMINATE_REASONS = [
  "price",
  "technical",
  "finance",
  "timing",
  "ip",
  "lost_contact",
  "breach",
  "mutual",
  "force_majeure",
  "other",
] as const;
/** Why a registrar sends a file back. */
export const RETURN_REASONS = [
  "contract_incomplete",
  "file_incomplete",
  "not_certified",
  "parties_unclear",
  "restricted_technology",
  "wrong_authority",
  "other",
] as const;

/** Steps forward, each with a form of its own; the other commands have their own doors. */
export const MOVE_COMMANDS = [
  "agree_mou",
  "start_drafting",
  "sign",
  "file_registration",
  "register",
  "return_registration",
  "start_performing",
  "liquidate",
] as const;
export type MoveCommand = (typeof MOVE_COMMANDS)[number];

export type PartySide = "transferor" | "transferee";
export const PARTY_SIDES: readonly PartySide[] = ["transferor", "transferee"];
export const otherParty = (side: PartySide): PartySide => (side === "transferor" ? "transferee" : "transferor");

/** Countries offered for the parties (ISO 3166-1 alpha-2), Việt Nam first; names by Intl.DisplayNames. */
export const COUNTRIES = [
  ..."VN AT AU BE BR CA CH CN CU CZ DE DK ES FI FR GB HK HU ID IE IL IN IT JP KH KR LA LU MM MY NL NO NZ PH PL PT RU SE SG SK TH TR TW UA US".split(
    " ",
  ),
];
export const HOME_COUNTRY = "VN";

export const MAX_MILESTONES = 30;
