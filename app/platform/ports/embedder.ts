/**
 * A language model that turns texts into vectors: texts of like meaning get vectors of like direction. Absent unless an operator
 * names one (EMBEDDER_URL); nothing may depend on it.
 */
export interface EmbedderPort {
  /** names the space of its vectors; those of another space are not comparable */
  readonly space: string;
  /** the model's name, for people */
  readonly model: string;
  /**
   * One vector of length 1 a text, in their order.
   * @throws JobError "embedder.away" when it does not answer in time (worth another try), "embedder.refused" when it says no or
   * answers with something else than vectors
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
}

/** Texts of one call. */
export const EMBED_AT_ONCE = 32;
