import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { TechnologyForm, typedRows } from "~/components/lists/technology-form";
import { metaTitle } from "~/components/meta";
import { Card, PageHeader } from "~/components/ui";
import { setTechnologyLists, technologyRoom } from "~/modules/listings/index.server";
import { technologyVersionSchema } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction = (args) => metaTitle(args, "lists:technology.new");

export async function loader({ context }: LoaderFunctionArgs) {
  const room = await technologyRoom(ctxOf(context));
  const newest = room?.versions[0];
  if (!room || !newest) throw new Response(null, { status: 404 });
  return { newest, today: room.today };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const read = readForm(form, technologyVersionSchema);
  if (!read.ok) return data(read.answer, { status: 400 });
  const result = await setTechnologyLists(ctxOf(context), read.value);
  return result.ok ? redirect("/operator/lists/technology?done=1") : data(refuse(form, result), { status: 400 });
}

const BLANK = { code: "", list: "restricted", vi: "", en: "", law: "", words: "" };
const MORE = 5;

export default function NewTechnologyVersionPage() {
  const { newest, today } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("lists");
  const text = (name: string, otherwise: string) => String(answer?.values[name] ?? otherwise);
  const rows = answer
    ? typedRows(answer.values)
    : [
        ...newest.entries.map((entry) => ({ ...entry, words: entry.words.join(", ") })),
        ...Array.from({ length: MORE }, () => BLANK),
      ];
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists/technology", label: t("technology.title") }}
        title={t("technology.new")}
        lead={t("technology.newLead", { version: newest.version })}
      />
      <Card>
        <TechnologyForm
          rows={rows}
          failure={answer?.failure ?? null}
          values={{
            version: text("version", String(newest.version)),
            validFrom: text("validFrom", today),
            source: text("source", ""),
            note: text("note", ""),
          }}
        />
      </Card>
    </>
  );
}
