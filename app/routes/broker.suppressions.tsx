import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, DateText, DefinitionList, EmptyState, PageHeader, Pagination } from "~/components/ui";
import { liftSuppression, listSuppressions } from "~/modules/notifications/index.server";
import { liftSchema } from "~/modules/notifications/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { type Failure, fail } from "~/platform/result";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "mailing:suppressed.title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const page = Number(new URL(request.url).searchParams.get("page") ?? 1);
  const list = await listSuppressions(ctxOf(context), page);
  if (!list) throw new Response(null, { status: 404 });
  return list;
}

type Answer = { failure: Failure; id: string; note: string } | { done: true };

export async function action({ request, context }: ActionFunctionArgs) {
  const parsed = liftSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) {
    return data<Answer>({ failure: fail("mailing:error.unknownIntent"), id: "", note: "" }, { status: 400 });
  }
  const result = await liftSuppression(ctxOf(context), parsed.data);
  if (result.ok) return data<Answer>({ done: true });
  if (result.code === "notFound") throw new Response(null, { status: 404 });
  return data<Answer>({ failure: result, ...parsed.data }, { status: 400 });
}

export default function Suppressions() {
  const { addresses, page, pages } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("mailing");
  const failed = answer && "failure" in answer ? answer : undefined;
  return (
    <>
      <PageHeader title={t("suppressed.title")} lead={t("suppressed.lead")} />
      {answer && "done" in answer ? (
        <Alert tone="success" role="status">
          <p>{t("suppressed.lifted")}</p>
        </Alert>
      ) : null}
      <FormErrors failure={failed ? { code: failed.failure.code } : null} />
      {addresses.length === 0 ? (
        <EmptyState title={t("suppressed.empty")}>
          <p>{t("suppressed.emptyBody")}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t("suppressed.caption")} className="flex flex-col gap-6">
          {addresses.map((row) => (
            <li key={row.id}>
              <Card title={<span className="break-all">{row.address}</span>}>
                <DefinitionList
                  items={[
                    { term: t("suppressed.person"), description: row.personName ?? t("suppressed.nobody") },
                    { term: t("suppressed.since"), description: <DateText date={row.since} time /> },
                    {
                      term: t("suppressed.reason"),
                      description: (
                        <span className="break-words">
                          {row.said} ({row.status}; {t(`suppressed.source.${row.source}`)})
                        </span>
                      ),
                    },
                  ]}
                />
                <details className="no-print mt-4 border-t border-line pt-2" open={failed?.id === row.id}>
                  <summary className="link inline-flex min-h-11 cursor-pointer items-center">
                    {t("suppressed.liftTitle")}
                  </summary>
                  <Form method="post" className="mt-3 max-w-text">
                    <input type="hidden" name="id" value={row.id} />
                    <TextField
                      id={`note-${row.id}`}
                      name="note"
                      label={t("suppressed.note")}
                      hint={t("suppressed.noteHint")}
                      required
                      maxLength={500}
                      defaultValue={failed?.id === row.id ? failed.note : undefined}
                      error={failed?.id === row.id ? failed.failure.fields?.note : undefined}
                    />
                    <Button>{t("suppressed.lift")}</Button>
                  </Form>
                </details>
              </Card>
            </li>
          ))}
        </ul>
      )}
      <Pagination page={page} pages={pages} hrefFor={(wanted) => `/broker/suppressions?page=${wanted}`} />
    </>
  );
}
