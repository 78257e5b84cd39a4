import { subscriptions as matching } from "~/modules/matching/index.server";
import { subscriptions as notifications } from "~/modules/notifications/index.server";
import type { Subscription } from "~/platform/subscriptions";

/** Which job follows which event, over all contexts. */
export const SUBSCRIPTIONS: readonly Subscription[] = [...matching, ...notifications];
