import type { Ctx } from "~/platform/context";
import type { MailPort } from "~/platform/ports/mail";
import type { JobHandler } from "~/platform/ports/queue";
import { deliverMail } from "../commands/deliver-mail.server";
import { deliverMailJob } from "./deliver-mail.job";

/** Hands one mail to the mail server. */
export function handleDeliverMail(ctx: () => Ctx, mail: MailPort): JobHandler {
  return async ({ payload, lastAttempt }) => {
    await deliverMail(ctx(), mail, deliverMailJob.payload.parse(payload).mailId, lastAttempt);
  };
}
