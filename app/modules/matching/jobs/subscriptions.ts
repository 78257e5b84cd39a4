import type { Subscription } from "~/platform/subscriptions";
import { applyDictionaryJob } from "./apply-dictionary.job";
import { applySectorsJob } from "./apply-sectors.job";
import { applyUnitsJob } from "./apply-units.job";
import { askSearchesJob } from "./ask-searches.job";
import { computeMatchesJob } from "./compute-matches.job";
import { indexListingJob } from "./index-listing.job";

export const subscriptions: readonly Subscription[] = [
  {
    event: ["dictionary.changed"],
    job: applyDictionaryJob,
    payload: (event) => ({ changeId: event.subjectId }),
  },
  {
    event: ["sector.changed"],
    job: applySectorsJob,
    payload: (event) => ({ changeId: event.subjectId }),
  },
  {
    event: ["unit.changed"],
    job: applyUnitsJob,
    payload: (event) => ({ changeId: event.subjectId }),
  },
  {
    event: [
      "listing.published",
      "listing.updated",
      "listing.withdrawn",
      "listing.expired",
      "listing.unconfirmed",
      "listing.reconfirmed",
    ],
    job: indexListingJob,
    payload: (event) => ({ listingId: event.subjectId }),
  },
  {
    event: ["listing.published", "listing.updated"],
    job: computeMatchesJob,
    payload: (event) => ({ listingId: event.subjectId }),
  },
  {
    event: ["listing.published", "listing.updated"],
    job: askSearchesJob,
    payload: (event) => ({ listingId: event.subjectId }),
  },
];
