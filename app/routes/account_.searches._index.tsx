import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formValues } from "~/components/accounts/form-values";
import { FormErrors } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { SaveSearchCard, useAskedWords } from "~/components/public/save-search";
import { parseSearchParams, searchHref, searchText } from "~/components/public/search-params";
import { Alert, Badge, Card, DateText, DefinitionList, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import { type SavedSearchView, savedSearches, saveSearch } from "~/modules/matching/index.server";
import { askedSchema, saveSearchSchema } from "~/modules/matching/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction = (args) => metaTitle(args, "searches:title");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const deleted = new URL(request.url).searchParams.get("done") === "deleted";
  return { searches: await savedSearches(ctxOf(context)), deleted };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, saveSearchSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const { name, mode, asked } = read.value;
  // the address as the search page reads it: what makes no sense is left out
  const params = parseSearchParams(new URLSearchParams(asked));
  const result = await saveSearch(ctxOf(context), { name, mode, asked: askedSchema.parse(params) });
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  throw redirect(`/account/searches/${result.value.searchId}?done=saved`);
}

function SearchCard({ search }: { search: SavedSearchView }) {
  const { t } = useTranslation("searches");
  const params = parseSearchParams(new URLSearchParams(searchText(search.asked)));
  const words = useAskedWords(params);
  return (
    <Card
      title={
        <Link className="link break-words" to={`/account/searches/${search.id}`}>
          {search.name}
        </Link>
      }
      actions={<Badge tone={search.mode === "off" ? "neutral" : "info"}>{t(`modes.${search.mode}`)}</Badge>}
    >
      <DefinitionList
        items={[
          { term: t("asked"), description: words },
          { term: t("told"), description: search.toldAt ? <DateText date={search.toldAt} time /> : t("notTold") },
          ...(search.tellAt ? [{ term: t("next"), description: <DateText date={search.tellAt} time /> }] : []),
        ]}
      />
      <p className="mt-3 flex flex-wrap gap-x-6">
        <Link className="link inline-flex min-h-11 items-center" to={`/account/searches/${search.id}`}>
          {t("open")}
        </Link>
        <Link className="link inline-flex min-h-11 items-center" to={searchHref({ ...params, sort: "newest" })}>
          {t("run")}
        </Link>
      </p>
    </Card>
  );
}

export default function SavedSearchesPage() {
  const { searches, deleted } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("searches");
  const typed = formValues(answer, { name: "", mode: "immediate", asked: "" });
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} back={{ to: "/account", label: t("back") }} />
      {deleted && !answer ? (
        <Alert tone="success" role="status">
          {t("done.deleted")}
        </Alert>
      ) : null}
      <FormErrors failure={answer?.failure} labels={{ name: t("name"), mode: t("mode") }} />
      {answer ? (
        <SaveSearchCard
          asked={typed.text("asked")}
          name={typed.text("name")}
          mode={typed.text("mode")}
          error={typed.error}
        />
      ) : null}
      {searches.length === 0 ? (
        <EmptyState title={t("empty")} action={<LinkButton to="/search">{t("emptyAction")}</LinkButton>}>
          {t("emptyText")}
        </EmptyState>
      ) : (
        <ul className="grid gap-5 lg:grid-cols-2">
          {searches.map((search) => (
            <li key={search.id} className="min-w-0">
              <SearchCard search={search} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
