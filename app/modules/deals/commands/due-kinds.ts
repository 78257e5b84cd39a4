/** Kinds of deadlines in the Due table that belong to deals. */
/** handing in the registration: the law's 90 days after signing */
export const FILE_DUE = "registration.file";
/** the registrar's answer to a complete file */
export const PROCESS_DUE = "registration.process";
/** a milestone of performance; its subject is the milestone */
export const MILESTONE_DUE = "deal.milestone";
/** a royalty of the plan; its subject is the milestone row that holds it */
export const ROYALTY_DUE = "deal.royalty";

/** Whose deadline a row of the plan opens, and the rule by which its reminders go out. */
export const planDue = (row: { royalty: boolean }) =>
  row.royalty
    ? { kind: ROYALTY_DUE, ruleKey: "deal.royalty.remindDays" }
    : { kind: MILESTONE_DUE, ruleKey: "deal.milestone.remindDays" };
