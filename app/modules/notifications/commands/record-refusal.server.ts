import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { ok } from "~/platform/result";
import { refusesAddress } from "../domain/refusal";

const DAY = 86_400_000;
/** Two refusals without an enhanced status within this time speak of the address. */
const REMEMBERED_MS = 30 * DAY;

export type RefusedMail = { mailId: string | null; address: string; source: "smtp" | "report" };
export type RefusedAs = {
  code: string;
  status?: string | undefined;
  response: string;
  atRecipient?: boolean | undefined;
};

/**
 * Keeps that a recipient's server refused a mail for good, and stops mails to the address when it is the address that is
 * refused. Reported again, nothing changes. @returns whether the address is stopped now by this
 */
export async function recordRefusal(ctx: Ctx, mail: RefusedMail, given: RefusedAs): Promise<boolean> {
  const address = mail.address.toLowerCase();
  const status = given.status ?? given.code;
  const verdict = refusesAddress(given);
  const now = ctx.clock.now();
  const result = await transact(ctx, async (tx) => {
    const { count } = await tx.mailRefusal.createMany({
      data: [
        {
          id: newId(),
          dedupeKey: `${mail.mailId ?? address}:${mail.source}:${status}`,
          mailId: mail.mailId,
          address,
          source: mail.source,
          status,
          said: given.response.slice(0, 300),
          ofAddress: verdict !== "no",
          at: now,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0 || verdict === "no") return ok(false);
    if (verdict === "perhaps" && (await refusedSince(tx, address, new Date(now.getTime() - REMEMBERED_MS))) < 2) {
      return ok(false);
    }
    const id = newId();
    const stopped = await tx.$executeRaw`
      INSERT INTO mail_suppression (id, address, source, status, said, since)
      VALUES (${id}::uuid, ${address}, ${mail.source}::"RefusalSource", ${status}, ${given.response.slice(0, 300)}, ${now})
      ON CONFLICT DO NOTHING`;
    if (stopped === 0) return ok(false);
    await audit(tx, ctx, {
      action: "mail.address-stopped",
      subjectKind: "mail-suppression",
      subjectId: id,
      after: { status, source: mail.source },
    });
    return ok(true);
  });
  return result.ok && result.value;
}

/** Refusals of the address since then, and since it was last said to work. */
async function refusedSince(tx: Tx, address: string, since: Date): Promise<number> {
  const lifted = await tx.mailSuppression.findFirst({
    where: { address, liftedAt: { gt: since } },
    orderBy: { liftedAt: "desc" },
    select: { liftedAt: true },
  });
  return tx.mailRefusal.count({ where: { address, ofAddress: true, at: { gt: lifted?.liftedAt ?? since } } });
}
