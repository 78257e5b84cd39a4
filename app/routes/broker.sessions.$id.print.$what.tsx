import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { AgendaSheets } from "~/components/sessions/agenda-sheets";
import { InvitationSheets } from "~/components/sessions/invitation-sheets";
import { PairSheet } from "~/components/sessions/pair-sheet";
import { PAPERS } from "~/components/sessions/session-cards";
import { EmptyState, PageHeader, PrintButton, TabLinks } from "~/components/ui";
import { getOffice } from "~/modules/accounts/index.server";
import { provinceName } from "~/modules/accounts/schemas";
import { printSession } from "~/modules/sessions/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "sessions:papers.title");

export async function loader({ params, context }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const what = PAPERS.find((paper) => paper === params.what);
  const printed = what && (await printSession(ctx, params.id ?? ""));
  if (!what || !printed) throw new Response(null, { status: 404 });
  const { provinceCode } = await getOffice(ctx.db);
  return { what, printed, provinceCode };
}

const SHEETS = { pairs: PairSheet, agenda: AgendaSheets, invitations: InvitationSheets };

export default function PrintPage() {
  const { what, printed, provinceCode } = useLoaderData<typeof loader>();
  const { t } = useTranslation("sessions");
  const locale = useLocale();
  const { session } = printed;
  const Sheets = SHEETS[what];
  const office = {
    province: provinceName(provinceCode, locale) ?? "",
    name: locale === "en" ? printed.office.nameEn : printed.office.nameVi,
  };
  return (
    <>
      <div className="no-print">
        <PageHeader
          back={{ to: `/broker/sessions/${session.id}`, label: t("sheet.back") }}
          title={t(`papers.${what}`)}
          lead={session.title}
          actions={printed.pairs.length > 0 ? <PrintButton /> : null}
        />
        <TabLinks
          label={t("papers.title")}
          items={PAPERS.map((paper) => ({
            to: `/broker/sessions/${session.id}/print/${paper}`,
            label: t(`papers.${paper}`),
            current: paper === what,
          }))}
        />
      </div>
      {printed.pairs.length > 0 ? (
        <Sheets printed={printed} office={office} />
      ) : (
        <EmptyState title={t("sheet.nothing")}>{t("sheet.nothingText")}</EmptyState>
      )}
    </>
  );
}
