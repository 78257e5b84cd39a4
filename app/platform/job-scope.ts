import { AsyncLocalStorage } from "node:async_hooks";

/** The job that runs now; `requestId` is that of the request (or sweep) whose event led to it, once it is known. */
export type JobScope = { job: string; requestId?: string };

const scopes = new AsyncLocalStorage<JobScope>();

/** Runs one job's work: every line it logs carries the job's id and its request's. */
export const inJob = <T>(scope: JobScope, work: () => Promise<T>): Promise<T> => scopes.run(scope, work);

export const jobScope = (): JobScope | undefined => scopes.getStore();
