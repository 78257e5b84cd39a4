import file from "../data/evaluation.json";
import { ENGINE_VERSION } from "../domain/engine";
import { type Evaluation, evaluationSchema } from "../domain/evaluation";

let read: Evaluation | undefined;

/** The last published evaluation, and whether this engine is the one that was measured. Public. */
export function lastEvaluation(): Evaluation & { current: boolean } {
  // not at import: whoever measures anew must be able to start with a file of an older shape
  read ??= evaluationSchema.parse(file);
  return { ...read, current: `${read.weights}+${read.dictionary}` === ENGINE_VERSION };
}
