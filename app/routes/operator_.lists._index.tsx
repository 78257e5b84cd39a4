import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ChangeHistory } from "~/components/lists/change-history";
import { metaTitle } from "~/components/meta";
import { Card, PageHeader } from "~/components/ui";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { listChanges } from "~/platform/lists/list-changes.server";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:title");

export async function loader({ context }: LoaderFunctionArgs) {
  return { changes: await listChanges(ctxOf(context).db, { most: 20 }) };
}

const ROOMS = [
  { key: "sectors", to: "/operator/lists/sectors" },
  { key: "reasons", to: "/operator/lists/reasons" },
  { key: "units", to: "/operator/lists/units" },
  { key: "technology", to: "/operator/lists/technology" },
  { key: "reviewing", to: "/operator/lists/reviewing" },
  { key: "templates", to: "/broker/templates" },
  { key: "dictionary", to: "/broker/dictionary" },
] as const;

export default function ListsPage() {
  const { changes } = useLoaderData<typeof loader>();
  const { t } = useTranslation("lists");
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <ul className="mb-8 grid gap-4 sm:grid-cols-2">
        {ROOMS.map(({ key, to }) => (
          <li key={key}>
            <Link to={to} className="card block h-full p-4 hover:border-primary">
              <span className="block text-lg font-semibold text-link underline decoration-1 underline-offset-4">
                {t(`room.${key}.title`)}
              </span>
              <span className="mt-1 block text-muted">{t(`room.${key}.text`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Card title={t("recent")}>
        <ChangeHistory changes={changes} named />
      </Card>
    </>
  );
}
