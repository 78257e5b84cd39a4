import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Card, PageHeader } from "~/components/ui";
import { reasonRoom } from "~/modules/operations/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:reason.title");

export async function loader({ context }: LoaderFunctionArgs) {
  const lists = await reasonRoom(ctxOf(context));
  if (!lists) throw new Response(null, { status: 404 });
  return lists;
}

export default function ReasonsRoomPage() {
  const lists = useLoaderData<typeof loader>();
  const { t } = useTranslation("lists");
  const locale = useLocale();
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists", label: t("back") }}
        title={t("reason.title")}
        lead={t("reason.lead")}
      />
      <div className="grid items-start gap-5 sm:grid-cols-2 lg:grid-cols-3">
        {lists.map(({ list, reasons }) => {
          const inUse = reasons.filter(({ active }) => active);
          return (
            <Card
              key={list}
              title={
                <Link to={`/operator/lists/reasons/${list}`} className="link">
                  {t(`reason.list.${list.replace(".", "_")}`)}
                </Link>
              }
            >
              <ul className="list-disc pl-5 text-sm text-muted">
                {inUse.map(({ code, labelVi, labelEn }) => (
                  <li key={code}>{locale === "en" ? labelEn : labelVi}</li>
                ))}
              </ul>
            </Card>
          );
        })}
      </div>
    </>
  );
}
