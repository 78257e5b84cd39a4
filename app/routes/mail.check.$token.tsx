import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { confirmAddress, viewAddressCheck } from "~/modules/notifications/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => [
  ...metaTitle(args, "mailing:check.title"),
  { name: "robots", content: "noindex" },
];

/** Looking confirms nothing: mail scanners open links too. */
export function loader({ params, context }: LoaderFunctionArgs) {
  return viewAddressCheck(ctxOf(context), params.token ?? "");
}

export async function action({ params, context }: ActionFunctionArgs) {
  const result = await confirmAddress(ctxOf(context), { token: params.token ?? "" });
  if (!result.ok) return data({ failure: result }, { status: 400 });
  throw redirect(`/mail/check/${params.token}`);
}

export default function CheckAddress() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("mailing");
  if (view.state !== "ready") {
    const address = view.state === "done" ? view.address : "";
    return (
      <>
        <PageHeader title={t(`check.${view.state}Title`)} />
        <FormErrors failure={answer?.failure} />
        <Card>
          <p className="mb-4 max-w-text">{t(`check.${view.state}Text`, { address })}</p>
          <LinkButton to={view.state === "done" ? "/home" : "/account/address"} variant="secondary">
            {view.state === "done" ? t("notifications:emptyAction") : t("unreachable.page")}
          </LinkButton>
        </Card>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("check.title")} lead={t("check.lead", { address: view.address })} />
      <FormErrors failure={answer?.failure} />
      <Card>
        <Form method="post">
          <Button>{t("check.confirm")}</Button>
        </Form>
      </Card>
    </>
  );
}
