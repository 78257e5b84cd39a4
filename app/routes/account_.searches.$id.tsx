import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { FormErrors, SubmitRow } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { SavedSearchFields, useAskedWords } from "~/components/public/save-search";
import { parseSearchParams, searchHref, searchText } from "~/components/public/search-params";
import { Alert, Button, Card, DateText, EmptyState, LinkButton, ListingCardView, PageHeader } from "~/components/ui";
import { changeSearch, deleteSearch, viewSavedSearch } from "~/modules/matching/index.server";
import { changeSearchSchema } from "~/modules/matching/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "searches:title");

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const view = await viewSavedSearch(ctxOf(context), params.id ?? "");
  if (!view) throw new Response(null, { status: 404 });
  const done = new URL(request.url).searchParams.get("done");
  return { ...view, done: (["saved", "changed"] as const).find((one) => one === done) ?? null };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const searchId = params.id ?? "";
  if (!(await viewSavedSearch(ctx, searchId))) throw new Response(null, { status: 404 });
  const form = await request.formData();
  if (form.get("intent") === "delete") {
    const gone = await deleteSearch(ctx, { searchId });
    if (!gone.ok) return data(refuse(form, gone), { status: 400 });
    throw redirect("/account/searches?done=deleted");
  }
  const read = readForm(form, changeSearchSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await changeSearch(ctx, { searchId, ...read.value });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/account/searches/${searchId}?done=changed`);
}

export default function SavedSearchPage() {
  const { search, found, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("searches");
  const params = parseSearchParams(new URLSearchParams(searchText(search.asked)));
  const words = useAskedWords(params);
  const form = formValues(answer, { name: search.name, mode: search.mode });
  return (
    <>
      <PageHeader
        title={search.name}
        lead={`${t("asked")}: ${words}`}
        back={{ to: "/account/searches", label: t("backToList") }}
        actions={
          <LinkButton variant="secondary" to={searchHref({ ...params, sort: "newest" })}>
            {t("run")}
          </LinkButton>
        }
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          {t(`done.${done}`)}
        </Alert>
      ) : null}
      <FormErrors failure={form.failure} labels={{ name: t("name"), mode: t("mode") }} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <section className="min-w-0" aria-labelledby="found">
          <h2 id="found" className="mb-3 text-xl font-semibold">
            {t("found")}
          </h2>
          {found.length === 0 ? (
            <EmptyState title={t("none")}>{t("noneText")}</EmptyState>
          ) : (
            <ul className="flex flex-col gap-4">
              {found.map(({ card, foundAt }) => (
                <li key={card.id}>
                  <p className="mb-1 text-sm text-muted">
                    {t("foundOn")} <DateText date={foundAt} time />
                  </p>
                  <ListingCardView card={card} />
                </li>
              ))}
            </ul>
          )}
        </section>
        <div className="grid min-w-0 gap-5">
          <Card title={t("settings")}>
            {/* a new answer of the server is a new form */}
            <Form method="post" key={`${search.name} ${search.mode}`}>
              <SavedSearchFields name={form.text("name")} mode={form.text("mode")} error={form.error} />
              <SubmitRow>
                <Button name="intent" value="change">
                  {t("change")}
                </Button>
              </SubmitRow>
            </Form>
          </Card>
          <Card title={t("deleteTitle")}>
            <p className="mb-3">{t("deleteText")}</p>
            <Form method="post">
              <Button name="intent" value="delete" variant="danger">
                {t("delete")}
              </Button>
            </Form>
          </Card>
        </div>
      </div>
    </>
  );
}
