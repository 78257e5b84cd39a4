/** The forms' fixed choices in the order they are shown (labels: common:enum.*). Law: Luật 07/2017/QH14 Điều 4–6 as amended by 115/2025/QH15. */
export const NEED_TYPES = [
  "buy_technology",
  "buy_line_with_technology",
  "licence",
  "commissioned_research",
  "joint_development",
  "consulting",
  "testing",
  "upgrade",
] as const;
export const FUNDING_SOURCES = [
  "own",
  "enterprise_st_fund",
  "loan",
  "state_budget",
  "provincial_st_fund",
  "other",
] as const;
export const TRANSFER_OBJECTS = [
  "know_how",
  "process_solution",
  "improvement",
  "data_model_algorithm",
  "design",
  "equipment_with_technology",
  "equipment_only",
] as const;
export const TRANSFER_FORMS = [
  "standalone",
  "in_investment_project",
  "capital_contribution",
  "franchise",
  "with_ip_transfer",
  "with_equipment_sale",
  "other",
] as const;
export const TRANSFER_METHODS = ["documents", "training", "experts", "equipment", "other"] as const;
export const TRANSFER_RIGHTS = ["assignment", "exclusive_licence", "non_exclusive_licence", "sub_licence"] as const;
export const IP_TYPES = [
  "none",
  "patent",
  "utility_solution",
  "industrial_design",
  "trademark",
  "circuit_layout",
  "geographical_indication",
  "plant_variety",
  "trade_secret",
  "software_copyright",
] as const;
export const IP_STATUSES = [
  "not_filed",
  "filed",
  "accepted",
  "published",
  "examining",
  "granted",
  "expired",
  "refused",
  "withdrawn",
  "cancelled",
] as const;
export const PRICE_MODELS = ["negotiable", "fixed", "range", "royalty", "free"] as const;
export const VISIBILITIES = ["public", "blind", "brokers", "invited"] as const;
export const URGENCIES = ["under_3_months", "months_3_6", "months_6_12", "over_12_months"] as const;
export const SUPPLY_ORIGINS = ["any", "domestic", "foreign"] as const;
export const HELP_WANTED = ["find_supply", "expert", "appraisal", "ip", "finance", "legal"] as const;
export const ORIGIN_FUNDINGS = ["own", "state_task", "other_state", "foreign"] as const;
export const OWNER_TYPES = ["institute", "enterprise", "individual", "state", "foreign"] as const;
export const COMPARISONS = ["gte", "lte", "eq", "between", "text"] as const;
/** Kinds of protection that are not registered anywhere and so have no status to state. */
export const IP_WITHOUT_STATUS: readonly string[] = ["none", "trade_secret"];

/** Lengths in characters. Titles and texts as the exchanges we compared allow them. */
export const LENGTH = { title: 120, summary: 500, description: 4_000, text: 2_000, short: 200, line: 120 } as const;
/** Whole months that a form takes: a hundred years is more than any payback or warranty. */
export const MOST_MONTHS = 1_200;
/** Beyond this a number is a slip of the finger, and the database could not hold it. */
export const MOST_NUMBER = 1e12;
export const MAX_PICTURES = 8;
export const MAX_KEYWORDS = 10;
export const MAX_EXTRA_SECTORS = 2;
