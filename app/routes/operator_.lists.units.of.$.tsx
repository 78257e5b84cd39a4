import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ChangeHistory } from "~/components/lists/change-history";
import { StandingCard } from "~/components/lists/standing-card";
import { unitAddress } from "~/components/lists/unit-address";
import { Conversions, typedUnit, UnitForm } from "~/components/lists/unit-form";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Card, PageHeader } from "~/components/ui";
import { restoreUnit, retireUnit, saveUnit, viewUnit } from "~/modules/listings/index.server";
import {
  conversionsOf,
  ownUnitSchema,
  suppliedUnitSchema,
  unitStandingSchema,
  writeFactor,
} from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "units:edit");

const DONE = ["saved", "retired", "restored"] as const;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const unit = await viewUnit(ctxOf(context), params["*"] ?? "");
  if (!unit) throw new Response(null, { status: 404 });
  const done = new URL(request.url).searchParams.get("done");
  return { unit, conversions: conversionsOf(unit), done: DONE.find((one) => one === done) ?? null };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const unit = await viewUnit(ctx, params["*"] ?? "");
  if (!unit) throw new Response(null, { status: 404 });
  const { code } = unit;
  const here = (done: (typeof DONE)[number]) => redirect(`${unitAddress(code)}?done=${done}`);
  const form = await request.formData();
  const intent = form.get("intent");
  if (intent === "retire" || intent === "restore") {
    const read = readForm(form, unitStandingSchema);
    if (!read.ok) return data({ about: "standing" as const, preview: null, ...read.answer }, { status: 400 });
    const result = await (intent === "retire" ? retireUnit : restoreUnit)(ctx, { ...read.value, code });
    if (!result.ok)
      return data({ about: "standing" as const, preview: null, ...refuse(form, result) }, { status: 400 });
    return here(intent === "retire" ? "retired" : "restored");
  }
  const about = "words" as const;
  if (unit.supplied) {
    const read = readForm(form, suppliedUnitSchema);
    if (!read.ok) return data({ about, preview: null, ...read.answer }, { status: 400 });
    const result = await saveUnit(ctx, { ...read.value, code });
    return result.ok ? here("saved") : data({ about, preview: null, ...refuse(form, result) }, { status: 400 });
  }
  const read = readForm(form, ownUnitSchema);
  if (!read.ok) return data({ about, preview: null, ...read.answer }, { status: 400 });
  if (intent === "preview") {
    const values: Record<string, string> = {};
    for (const [name, value] of form) if (typeof value === "string") values[name] = value;
    return data({ about, failure: null, values, preview: conversionsOf({ ...unit, ...read.value }) });
  }
  const result = await saveUnit(ctx, { ...read.value, code });
  return result.ok ? here("saved") : data({ about, preview: null, ...refuse(form, result) }, { status: 400 });
}

export default function UnitPage() {
  const { unit, conversions, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["units", "lists"]);
  const typed = answer?.about === "words" ? answer : null;
  const kept = {
    factor: writeFactor(unit.factor),
    offset: unit.offset === 0 ? "" : writeFactor(unit.offset),
    aliases: unit.aliases.join("\n"),
    revision: String(unit.revision),
  };
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists/units", label: t("back") }}
        above={
          <>
            <Badge>{t(`dimension.${unit.dimension}`)}</Badge>
            {unit.supplied ? null : <Badge tone="info">{t("own")}</Badge>}
            {unit.active ? null : <Badge tone="warning">{t("retired")}</Badge>}
          </>
        }
        title={unit.code}
        lead={t("listings", { count: unit.listings })}
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          <p>{t(`done.${done}`)}</p>
        </Alert>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <Card title={t("example")}>
          {conversions.length === 0 ? <p>{t("base", { unit: unit.code })}</p> : <Conversions shown={conversions} />}
          {unit.supplied ? (
            <div className="mt-2 mb-5 max-w-text text-muted">
              <p>{t("physics")}</p>
              <p className="mt-2 break-words">
                {unit.suppliedNames.length > 0
                  ? t("supplied", { names: unit.suppliedNames.join("; ") })
                  : t("suppliedNone")}
              </p>
            </div>
          ) : (
            <div className="mb-5" />
          )}
          <UnitForm
            key={`${unit.revision}.${typed ? "typed" : "kept"}`}
            of={unit.supplied ? "supplied" : "own"}
            values={typedUnit(typed?.values ?? kept)}
            failure={typed?.failure}
            preview={typed?.preview}
          />
        </Card>
        <div className="flex min-w-0 flex-col gap-6">
          <StandingCard
            action={t(unit.active ? "retire" : "restore")}
            text={t(unit.active ? "retireText" : "retiredText")}
            active={unit.active}
            revision={unit.revision}
            failure={answer?.about === "standing" ? answer.failure : null}
          />
          <Card title={t("lists:history")}>
            <ChangeHistory changes={unit.history} />
          </Card>
        </div>
      </div>
    </>
  );
}
