export type { CheckReport, KeptProblem } from "./domain/check-report";
export * from "./domain/limits";
