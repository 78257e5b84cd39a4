import type { Ctx } from "~/platform/context";
import type { MailPort } from "~/platform/ports/mail";
import type { JobHandler } from "~/platform/ports/queue";
import { createDelivery } from "../commands/deliver-mail.server";
import { deliverMailJob } from "./deliver-mail.job";

/** Hands one mail to the mail server. */
export function handleDeliverMail(ctx: () => Ctx, mail: MailPort): JobHandler {
  const { deliver } = createDelivery(ctx, mail);
  return async ({ payload, lastAttempt, signal }) => {
    await deliver(deliverMailJob.payload.parse(payload).mailId, lastAttempt, signal);
  };
}
