/** Kinds of deadlines in the Due table that belong to deals. */
/** handing in the registration: the law's 90 days after signing */
export const FILE_DUE = "registration.file";
/** the registrar's answer to a complete file */
export const PROCESS_DUE = "registration.process";
/** a milestone of performance; its subject is the milestone */
export const MILESTONE_DUE = "deal.milestone";
