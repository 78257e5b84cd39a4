import { JobError } from "~/platform/ports/queue";

const AWAY = new Set(["MeilisearchRequestError", "MeilisearchRequestTimeOutError", "MeilisearchTaskTimeOutError"]);

/** A search server that does not answer is worth another try; what it refused is not. */
export async function searchErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && AWAY.has(error.name))
      throw new JobError("search.away", "The search server did not answer", { cause: error });
    throw error;
  }
}
