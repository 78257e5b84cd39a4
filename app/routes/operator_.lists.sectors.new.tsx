import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SectorForm, typedSector } from "~/components/lists/sector-form";
import { metaTitle } from "~/components/meta";
import { Card, PageHeader } from "~/components/ui";
import { addSector } from "~/modules/listings/index.server";
import { newSectorSchema } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:sector.add");

export function loader(_: LoaderFunctionArgs) {
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, newSectorSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await addSector(ctxOf(context), read.value);
  if (!result.ok) return data(refuse(form, result), { status: 400 });
  return redirect(`/operator/lists/sectors/${result.value.code}?done=saved`);
}

export default function NewSectorPage() {
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("lists");
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists/sectors", label: t("sector.back") }}
        title={t("sector.add")}
        lead={t("sector.addLead")}
      />
      <Card>
        <SectorForm values={typedSector(answer?.values ?? {}, true)} failure={answer?.failure} />
      </Card>
    </>
  );
}
