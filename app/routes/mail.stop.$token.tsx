import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { stopMails, viewStop } from "~/modules/notifications/index.server";
import { stopSchema } from "~/modules/notifications/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "public" };

export const meta: MetaFunction = (args) => [
  ...metaTitle(args, "mailing:stop.all"),
  { name: "robots", content: "noindex" },
];

/** Looking stops nothing: mail scanners open links too. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const done = new URL(request.url).searchParams.get("done");
  const view = await viewStop(ctxOf(context), params.token ?? "");
  return { view, done: done === "off" || done === "daily" ? done : null };
}

/** The button of the page, or a mail program that posts "List-Unsubscribe=One-Click" (RFC 8058), which follows no redirect. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const parsed = stopSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return data({ failure: fail("mailing:error.unknownIntent") }, { status: 400 });
  const { mode, oneClick } = parsed.data;
  const result = await stopMails(ctxOf(context), { token: params.token ?? "", mode });
  if (!result.ok) return data({ failure: result }, { status: 400 });
  if (oneClick) return data({ failure: null });
  throw redirect(`/mail/stop/${params.token}?done=${mode}`);
}

export default function StopMails() {
  const { view, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("mailing");
  const choose = (
    <LinkButton to="/account/notices" variant="secondary">
      {t("stop.all")}
    </LinkButton>
  );
  if (view.state === "wrong") {
    return (
      <>
        <PageHeader title={t("stop.wrongTitle")} />
        <FormErrors failure={answer?.failure} />
        <Card>
          <p className="mb-4 max-w-text">{t("stop.wrongText")}</p>
          {choose}
        </Card>
      </>
    );
  }
  const digest = view.what === "digest";
  return (
    <>
      <PageHeader
        title={t("stop.title", { topic: t(`topic.${view.what}`) })}
        lead={done || view.stopped ? undefined : t("stop.lead", { address: view.address })}
      />
      <FormErrors failure={answer?.failure} />
      {done || view.stopped ? (
        <Alert tone="success" role="status" title={done === "daily" ? t("stop.doneDaily") : t("stop.doneOff")}>
          <p>{t("stop.doneText")}</p>
        </Alert>
      ) : null}
      <Card>
        <p className="mb-4 max-w-text">{t("stop.text")}</p>
        <Form method="post" className="flex flex-wrap gap-3">
          {view.stopped ? null : (
            <Button name="mode" value="off">
              {digest ? t("stop.digestOff") : t("stop.off")}
            </Button>
          )}
          {digest || done === "daily" ? null : (
            <Button variant="secondary" name="mode" value="daily">
              {t("stop.daily")}
            </Button>
          )}
          {choose}
        </Form>
      </Card>
    </>
  );
}
