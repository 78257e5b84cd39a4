import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { unitAddress } from "~/components/lists/unit-address";
import { typedUnit, UnitForm } from "~/components/lists/unit-form";
import { metaTitle } from "~/components/meta";
import { Card, PageHeader } from "~/components/ui";
import { addUnit } from "~/modules/listings/index.server";
import { conversionsOf, newUnitSchema } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "units:add");

export function loader(_: LoaderFunctionArgs) {
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, newUnitSchema);
  if (!read.ok) return data({ ...read.answer, preview: null }, { status: 400 });
  if (form.get("intent") === "preview")
    return data({ failure: null, values: typedUnit(textsOf(form)), preview: conversionsOf(read.value) });
  const result = await addUnit(ctxOf(context), read.value);
  if (!result.ok) return data({ ...refuse(form, result), preview: null }, { status: 400 });
  return redirect(`${unitAddress(result.value.code)}?done=saved`);
}

const textsOf = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));

export default function NewUnitPage() {
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["units", "lists"]);
  return (
    <>
      <PageHeader back={{ to: "/operator/lists/units", label: t("back") }} title={t("add")} lead={t("addLead")} />
      <Card>
        <UnitForm
          of="new"
          values={typedUnit(answer?.values ?? {})}
          failure={answer?.failure}
          preview={answer?.preview}
        />
      </Card>
    </>
  );
}
