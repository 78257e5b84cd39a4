import { useRouteLoaderData } from "@remix-run/react";
import type { loader } from "~/root";
import { useLocale } from "../locale";

/** The Department's contact in the page's language; null only when the root could not load. */
export function useOffice(): { name: string; phone: string; email: string } | null {
  const site = useRouteLoaderData<typeof loader>("root");
  const locale = useLocale();
  if (!site) return null;
  const { nameVi, nameEn, phone, email } = site.office;
  return { name: locale === "en" ? nameEn : nameVi, phone, email };
}
