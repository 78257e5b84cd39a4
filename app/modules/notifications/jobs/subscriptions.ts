import type { Subscription } from "~/platform/subscriptions";
import { CATALOGUE } from "../domain/catalogue";
import { notifyJob } from "./notify.job";
import { replayDeadLetterJob } from "./replay-dead-letter.job";

/** Every event of the catalogue is one `notify` job. */
export const subscriptions: readonly Subscription[] = [
  {
    event: [...new Set(CATALOGUE.map((rule) => rule.event))],
    job: notifyJob,
    payload: (event) => ({ eventId: event.id }),
  },
  {
    event: ["dead-letter.replayed"],
    job: replayDeadLetterJob,
    payload: (event) => ({ deadLetterId: event.subjectId }),
  },
];
