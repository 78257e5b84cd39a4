import { expect, type Page } from "@playwright/test";
import { aPdf, type NeedWords } from "./listing-forms";
import { onExchange } from "./logins";
import { field } from "./world";

export const ENTERPRISE = "Doanh nghiệp trình diễn (demo)";
export const INSTITUTE = "Viện trình diễn (demo)";
export const OFFERING = "Công nghệ sấy bơm nhiệt kèm quy trình cho dược liệu và trà hoa vàng";
export const DEAL_REFERENCE = /TV-22-\d{4}-\d{6}/;

/** A need that the demo institute's dryer answers. */
export const NEED_FORM = {
  description: "Sấy than làm mất màu, mất hoạt chất của dược liệu; cần sấy nhiệt độ thấp, chất lượng đều giữa các mẻ.",
  current: "Lò sấy than tự chế, mỗi mẻ 200 kg.",
  sector: "CBT-02",
  lines: [{ name: "Công suất", comparison: "gte", value: "500", unit: "kg/mẻ" }],
} satisfies Omit<NeedWords, "title">;

/** YYYY-MM-DD in Việt Nam, so many days from today, as a date field takes it. */
export function dayFromNow(days: number): string {
  return new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day as it is read: dd/mm/yyyy. */
export const asRead = (day: string): string => day.split("-").reverse().join("/");

/** Opens an address and waits until its scripts have taken the page over: a form follows at once. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: "networkidle" });
}

/** Goes to the paper that the next step still misses and puts it in. */
export async function putIn(page: Page, what: string, file: string): Promise<void> {
  await page.getByRole("link", { name: `Bổ sung: ${what}` }).click();
  await field(page, "Tệp").setInputFiles(aPdf(file));
  await page.getByRole("button", { name: "Tải lên" }).click();
}

/** A step of a deal that asks for nothing more than a yes. */
export async function takeStep(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("button", { name, exact: true }).click();
}

/** One choice of a group by its legend. */
export function choice(page: Page, group: string, name: string | RegExp) {
  const kind = page.getByRole("group", { name: new RegExp(`^${group}`) });
  return kind.getByRole("radio", { name }).or(kind.getByRole("checkbox", { name }));
}

/** The figures of the funnel on the broker's home, by the name of the step. */
export async function funnelFigures(broker: Page): Promise<Record<string, number>> {
  await broker.goto("/broker");
  const rows = broker
    .getByRole("listitem")
    .filter({ has: broker.getByRole("link", { name: /^(Gợi ý được chọn|Đã thanh lý)/ }) });
  await expect(rows).toHaveCount(2);
  const figures: Record<string, number> = {};
  for (const text of await rows.first().locator("xpath=..").getByRole("listitem").allInnerTexts()) {
    const [, name = "", count] = /^(\D+?)\s*([\d.]+)$/s.exec(text.trim()) ?? [];
    figures[name] = Number(count?.replaceAll(".", ""));
  }
  return figures;
}

/**
 * Lets the hour of a planned session come. The built application has no clock to move, so the plan is put back instead: the
 * session began an hour ago and its meeting has just been, short enough to be in nobody's way. The answers to the invitation
 * were given before.
 */
export async function letTheHourCome(session: string): Promise<void> {
  await onExchange(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `UPDATE connection_session SET starts_at = now() - interval '1 hour', ends_at = now() + interval '1 hour'
       WHERE title = $1 RETURNING id`,
      [session],
    );
    if (rows.length !== 1) throw new Error(`no session is called ${session}`);
    for (const table of ["meeting", "meeting_participant"]) {
      const own =
        table === "meeting" ? "session_id = $1" : "meeting_id IN (SELECT id FROM meeting WHERE session_id = $1)";
      await client.query(`UPDATE ${table} SET starts_at = now() - interval '1 second', ends_at = now() WHERE ${own}`, [
        rows[0]?.id,
      ]);
    }
  });
}
