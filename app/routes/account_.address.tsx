import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, PageHeader } from "~/components/ui";
import { requestAddressCheck, unreachableAddress } from "~/modules/notifications/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import type { Failure } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "mailing:unreachable.page");

/** Does the exchange still reach this person by mail? */
export async function loader({ context }: LoaderFunctionArgs) {
  return { unreachable: await unreachableAddress(ctxOf(context)) };
}

export async function action({ context }: ActionFunctionArgs) {
  const result = await requestAddressCheck(ctxOf(context));
  const failure: Failure | null = result.ok ? null : result;
  return data({ failure }, { status: failure ? 400 : 200 });
}

export default function MyAddress() {
  const { unreachable } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("mailing");
  return (
    <>
      <PageHeader title={t("unreachable.page")} back={{ to: "/account", label: t("common:nav.account") }} />
      {answer && !answer.failure ? (
        <Alert tone="success" role="status">
          <p>{t("unreachable.sent")}</p>
        </Alert>
      ) : null}
      <FormErrors failure={answer?.failure} />
      <Card title={unreachable ? t("unreachable.title", { address: unreachable }) : undefined}>
        <p className="max-w-text">{unreachable ? t("unreachable.text") : t("error.notSuppressed")}</p>
        {unreachable ? (
          <Form method="post" className="mt-4">
            <Button>{t("unreachable.send")}</Button>
          </Form>
        ) : null}
      </Card>
    </>
  );
}
