import { z } from "zod";
import type { Env } from "../env.server";
import type { EmbedderPort } from "../ports/embedder";
import { JobError } from "../ports/queue";

export type EmbedderOptions = {
  url: string;
  model: string;
  key?: string;
  /** asked of the model, and what its vectors must have */
  dimensions?: number;
  /** put before every text, as some models want ("query: ") */
  prefix?: string;
  timeoutMs: number;
};

const answerSchema = z.object({
  data: z.array(z.object({ index: z.number().int().min(0), embedding: z.array(z.number()).min(2) })),
});

const refused = (why: string): JobError => new JobError("embedder.refused", `The embedder ${why}`);

/** A server's own address gets the usual path; one with a path is taken as it stands. */
function endpointOf(url: string): string {
  const address = new URL(url);
  if (address.pathname === "/") address.pathname = "/v1/embeddings";
  return address.href;
}

/** Scaled to length 1, so that the dot product of two is their cosine. */
function ofLengthOne(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  if (!Number.isFinite(length) || length === 0) throw refused("answered with a vector that has no direction");
  return Float32Array.from(values, (value) => value / length);
}

/** Embeddings over HTTP in the shape that OpenAI's API made common (POST …/v1/embeddings), as TEI, vLLM, Ollama and others speak it. */
export function createEmbedderRest({ url, model, key, dimensions, prefix, timeoutMs }: EmbedderOptions): EmbedderPort {
  const endpoint = endpointOf(url);

  async function ask(input: readonly string[], signal?: AbortSignal): Promise<unknown> {
    const limit = AbortSignal.timeout(timeoutMs);
    let answer: Response;
    try {
      answer = await fetch(endpoint, {
        method: "POST",
        redirect: "error",
        headers: { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) },
        body: JSON.stringify({ model, input, encoding_format: "float", ...(dimensions ? { dimensions } : {}) }),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      if (answer.ok) return await answer.json();
      await answer.body?.cancel();
    } catch (error) {
      if (error instanceof SyntaxError) throw refused("answered with something else than JSON");
      throw new JobError("embedder.away", "The embedder did not answer", { cause: error });
    }
    if (answer.status === 429 || answer.status === 408 || answer.status >= 500)
      throw new JobError("embedder.away", `The embedder answered with status ${String(answer.status)}`);
    throw refused(`answered with status ${String(answer.status)}`);
  }

  return {
    model,
    space: [model, dimensions ? `@${String(dimensions)}` : "", prefix ? `+${prefix}` : ""].join(""),
    async embed(texts, signal) {
      if (texts.length === 0) return [];
      const parsed = answerSchema.safeParse(
        await ask(
          texts.map((text) => `${prefix ?? ""}${text}`),
          signal,
        ),
      );
      if (!parsed.success) throw refused("answered in another shape");
      const byIndex = new Map(parsed.data.data.map(({ index, embedding }) => [index, embedding]));
      const size = dimensions ?? byIndex.get(0)?.length;
      return texts.map((_, index) => {
        const values = byIndex.get(index);
        if (!values) throw refused("left a text out");
        if (values.length !== size) throw refused(`answered with ${String(values.length)} numbers a vector`);
        return ofLengthOne(values);
      });
    },
  };
}

/** The embedder that the environment names; null when it names none. */
export function embedderOf(env: Env): EmbedderPort | null {
  if (!env.EMBEDDER_URL || !env.EMBEDDER_MODEL) return null;
  return createEmbedderRest({
    url: env.EMBEDDER_URL,
    model: env.EMBEDDER_MODEL,
    key: env.EMBEDDER_KEY,
    dimensions: env.EMBEDDER_DIMENSIONS,
    prefix: env.EMBEDDER_PREFIX,
    timeoutMs: env.EMBEDDER_TIMEOUT_MS,
  });
}
