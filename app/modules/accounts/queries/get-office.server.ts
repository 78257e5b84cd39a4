import type { Tx } from "~/platform/db/client.server";

export type OfficeView = {
  id: string;
  code: string;
  provinceCode: string;
  nameVi: string;
  nameEn: string;
  phone: string;
  email: string;
};

/** The Department this deployment serves. Throws when none is set up yet (`npm run set-up -- office …`; the demo has its own). */
export async function getOffice(db: Tx): Promise<OfficeView> {
  const office = await db.office.findFirst({
    orderBy: { id: "asc" },
    select: { id: true, code: true, provinceCode: true, nameVi: true, nameEn: true, phone: true, email: true },
  });
  if (!office) throw new Error("No office is set up: npm run set-up -- office …");
  return office;
}
