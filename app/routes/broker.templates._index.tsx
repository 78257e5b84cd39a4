import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Badge, Card, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import { reviewTemplates } from "~/modules/listings/index.server";
import { TEMPLATE_PURPOSES } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "staff" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:template.title");

export async function loader({ context }: LoaderFunctionArgs) {
  const templates = await reviewTemplates(ctxOf(context));
  if (!templates) throw new Response(null, { status: 404 });
  return templates;
}

export default function TemplatesPage() {
  const templates = useLoaderData<typeof loader>();
  const { t } = useTranslation(["lists", "listings"]);
  const locale = useLocale();
  return (
    <>
      <PageHeader
        back={{ to: "/broker/reviews", label: t("template.back") }}
        title={t("template.title")}
        lead={t("template.lead")}
        actions={<LinkButton to="/broker/templates/new">{t("template.add")}</LinkButton>}
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {TEMPLATE_PURPOSES.map((purpose) => {
          const list = templates.filter((one) => one.purpose === purpose);
          return (
            <Card key={purpose} title={t(`template.for.${purpose}`)}>
              {list.length === 0 ? <EmptyState title={t("template.none")}>{t("template.noneText")}</EmptyState> : null}
              <ul className="divide-y divide-line">
                {list.map(({ id, nameVi, nameEn, bodyVi, bodyEn, active, reasonCode }) => (
                  <li key={id} className="py-3 first:pt-0">
                    <p className="flex flex-wrap items-center gap-x-3">
                      <Link
                        className="link inline-flex min-h-11 items-center font-medium"
                        to={`/broker/templates/${id}`}
                      >
                        {locale === "en" ? nameEn : nameVi}
                      </Link>
                      {active ? null : <Badge tone="warning">{t("retired")}</Badge>}
                    </p>
                    {reasonCode ? (
                      <p className="text-sm text-muted">
                        {t("template.with", { reason: t(`listings:reason.${reasonCode}`) })}
                      </p>
                    ) : null}
                    <p className="line-clamp-3 text-sm whitespace-pre-line">{locale === "en" ? bodyEn : bodyVi}</p>
                  </li>
                ))}
              </ul>
            </Card>
          );
        })}
      </div>
    </>
  );
}
