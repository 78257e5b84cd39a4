import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ContactLines } from "~/components/brokering/states";
import { metaTitle } from "~/components/meta";
import { AskedSearch } from "~/components/public/asked-search";
import { Alert, Card, DateText, PageHeader } from "~/components/ui";
import { viewInterest } from "~/modules/matching/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "matching:myInterest.title");

export async function loader({ context, params }: LoaderFunctionArgs) {
  const view = await viewInterest(ctxOf(context), params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  return view;
}

export default function InterestPage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation("matching");
  return (
    <>
      <PageHeader
        back={{ to: "/home", label: t("myInterest.back") }}
        title={t(`myInterest.heading.${view.kind}`)}
        lead={
          view.organisation
            ? t("myInterest.sent", { organisation: view.organisation, name: view.sentBy ?? "…" })
            : t("myInterest.sentAlone", { name: view.sentBy ?? "…" })
        }
      />
      <div className="flex max-w-3xl flex-col gap-5">
        <State view={view} />
        <Card title={t("myInterest.message")}>
          <p className="text-sm text-muted">
            <DateText date={view.createdAt} time />
          </p>
          <p className="mt-2">
            {view.asked ? (
              <>
                {t("myInterest.searched")} <AskedSearch asked={view.asked} />
              </>
            ) : null}
            {view.listing ? (
              <Link className="link font-medium" lang={view.listing.lang} to={`/listings/${view.listing.reference}`}>
                {view.listing.reference} {view.listing.title}
              </Link>
            ) : view.aboutListing ? (
              t("myInterest.gone")
            ) : null}
          </p>
          <p className="mt-3 max-w-text whitespace-pre-line break-words">{view.message}</p>
        </Card>
        {view.broker ? (
          <Card title={t("myInterest.broker")}>
            <ContactLines contact={view.broker} />
          </Card>
        ) : null}
      </div>
    </>
  );
}

function State({ view }: { view: ReturnType<typeof useLoaderData<typeof loader>> }) {
  const { t } = useTranslation("matching");
  if (view.answer)
    return (
      <Card title={t("myInterest.answer")}>
        <p className="text-sm text-muted">
          {view.answeredBy}
          {view.answeredAt ? (
            <>
              {" · "}
              <DateText date={view.answeredAt} time />
            </>
          ) : null}
        </p>
        <p className="mt-2 max-w-text whitespace-pre-line break-words">{view.answer}</p>
      </Card>
    );
  if (view.takenUp)
    return (
      <Alert tone="success" title={t("myInterest.takenUp")}>
        {t("myInterest.takenUpText")}
      </Alert>
    );
  if (view.state !== "open") return <Alert tone="info" title={t("myInterest.closed")} />;
  return (
    <Alert
      tone="info"
      title={
        <>
          {t("myInterest.waiting")} {view.dueOn ? <DateText date={view.dueOn} /> : null}
        </>
      }
    >
      {t("myInterest.waitingText")}
    </Alert>
  );
}
