export * from "./domain/limits";
