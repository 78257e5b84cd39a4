import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ContactLines } from "~/components/brokering/states";
import { formatDate } from "~/components/format";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Button, Card, KindBadge, LinkButton, PageHeader } from "~/components/ui";
import { reconfirmByLink, viewReconfirmLink } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => [
  ...metaTitle(args, "listings:reconfirm.title"),
  { name: "robots", content: "noindex" },
];

// when somebody was quicker, the page shows how things stand now
export const shouldRevalidate: ShouldRevalidateFunction = () => true;

/** Looking confirms nothing: mail scanners open links too. */
export function loader({ params, context }: LoaderFunctionArgs) {
  return viewReconfirmLink(ctxOf(context), params.token ?? "");
}

export async function action({ params, context }: ActionFunctionArgs) {
  const result = await reconfirmByLink(ctxOf(context), {
    token: params.token ?? "",
    remoteAddress: context.scope.remoteAddress,
  });
  if (!result.ok) return data({ failure: result }, { status: 400 });
  throw redirect(`/listings/confirm/${params.token}`);
}

export default function ConfirmListingPage() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("listings");
  if (view.state === "wrong")
    return (
      <>
        <PageHeader title={t("reconfirm.link.wrong.title")} />
        <FormErrors failure={answer?.failure ?? null} />
        <Card>
          <p className="mb-4 max-w-text">{t("reconfirm.link.wrong.text")}</p>
          <LinkButton to="/my/listings">{t("own.backToMine")}</LinkButton>
        </Card>
      </>
    );
  const { listing, broker, hiddenSince, state } = view;
  return (
    <>
      <PageHeader
        title={t(`reconfirm.link.${state}.title`)}
        lead={t(`reconfirm.link.${state}.text`)}
        above={
          <>
            <KindBadge kind={listing.kind} />
            <span className="tabular-nums">{listing.reference}</span>
            {hiddenSince ? <Badge tone="warning">{t("reconfirm.badge")}</Badge> : null}
          </>
        }
      />
      <FormErrors failure={state === "ready" ? (answer?.failure ?? null) : null} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card title={listing.title}>
          {listing.lastConfirmedAt ? (
            <p className="mb-4 text-muted">{t("reconfirm.last", { date: formatDate(listing.lastConfirmedAt) })}</p>
          ) : null}
          {hiddenSince && state === "ready" ? (
            <p className="mb-4 max-w-text">{t("reconfirm.hiddenText", { date: formatDate(hiddenSince) })}</p>
          ) : null}
          {state === "ready" ? (
            <Form method="post" className="mb-4">
              <Button size="large">{t(hiddenSince ? "reconfirm.bringBack" : "reconfirm.confirm")}</Button>
            </Form>
          ) : null}
          <LinkButton variant="secondary" to={`/my/listings/${listing.id}`}>
            {t("reconfirm.link.change")}
          </LinkButton>
        </Card>
        <div className="flex min-w-0 flex-col gap-6">
          {broker ? (
            <Card title={t("common:broker")}>
              <ContactLines contact={{ name: broker.fullName, phone: broker.phone, email: broker.email }} />
            </Card>
          ) : null}
          {state === "ready" ? <Alert>{t("reconfirm.link.personal")}</Alert> : null}
        </div>
      </div>
    </>
  );
}
