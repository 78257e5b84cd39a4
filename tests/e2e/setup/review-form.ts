import type { Page } from "@playwright/test";
import type { Words } from "./words";

/** Answers the broker's checklist so that the listing may be approved: only the questions that are asked. */
export async function answerChecklist(broker: Page, words: Words): Promise<void> {
  await broker.getByRole("radio", { name: words("review:listStatus.none"), exact: true }).check();
  for (const no of await broker.getByRole("radio", { name: words("review:answer.no"), exact: true }).all())
    await no.check();
  const rest = [
    broker.getByRole("radio", { name: words("review:owner.proven"), exact: true }),
    broker.getByRole("checkbox", { name: words("review:contactsSeen") }),
  ];
  for (const control of rest) if ((await control.count()) > 0) await control.check();
}
