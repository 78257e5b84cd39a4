import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { TermForm } from "~/components/matching/term-form";
import { metaTitle } from "~/components/meta";
import { Card, PageHeader } from "~/components/ui";
import { saveTerm } from "~/modules/matching/index.server";
import { fieldErrors, termSchema } from "~/modules/matching/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "dictionary:new");

export function loader(_: LoaderFunctionArgs) {
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = Object.fromEntries(await request.formData());
  const parsed = termSchema.safeParse(form);
  const result = parsed.success
    ? await saveTerm(ctxOf(context), { ...parsed.data, key: null })
    : fail("dictionary:error.invalid", { fields: fieldErrors(parsed.error) });
  if (result.ok) return redirect(`/broker/dictionary/${encodeURIComponent(result.value.key)}?done=saved`);
  const text = (name: string) => String(form[name] ?? "");
  const values = {
    en: text("en"),
    vi: text("vi"),
    kind: text("kind"),
    source: text("source"),
    note: text("note"),
    revision: 0,
  };
  return data({ failure: result, values }, { status: 400 });
}

const EMPTY = { en: "", vi: "", kind: "material", source: "department", note: "", revision: 0 };

export default function NewTermPage() {
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("dictionary");
  return (
    <>
      <PageHeader back={{ to: "/broker/dictionary", label: t("back") }} title={t("new")} lead={t("lead")} />
      <Card>
        <TermForm values={answer?.values ?? EMPTY} failure={answer?.failure} />
      </Card>
    </>
  );
}
