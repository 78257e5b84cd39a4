import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { ChangeHistory } from "~/components/lists/change-history";
import { SectorForm, typedSector } from "~/components/lists/sector-form";
import { SectorStanding } from "~/components/lists/sector-standing";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Card, PageHeader } from "~/components/ui";
import { restoreSector, retireSector, saveSector, viewSector } from "~/modules/listings/index.server";
import { retireSectorSchema, sectorSchema } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { readForm, refuse } from "~/platform/http/read-form.server";
import { ctxOf } from "~/platform/http/scope";

export const handle: RouteHandle = { access: "administrator" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "lists:sector.edit");

const DONE = ["saved", "retired", "merged", "restored"] as const;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const sector = await viewSector(ctxOf(context), params.code ?? "");
  if (!sector) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams;
  return {
    sector,
    done: DONE.find((one) => one === asked.get("done")) ?? null,
    refiled: Number(asked.get("refiled")) || 0,
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const code = params.code ?? "";
  const form = await request.formData();
  const intent = form.get("intent");
  const here = (done: (typeof DONE)[number], refiled = 0) =>
    redirect(`/operator/lists/sectors/${code}?done=${done}${refiled > 0 ? `&refiled=${refiled}` : ""}`);
  if (intent === "retire" || intent === "restore") {
    const read = readForm(form, retireSectorSchema);
    if (!read.ok) return data({ about: "standing" as const, ...read.answer }, { status: 400 });
    const result = await (intent === "retire" ? retireSector : restoreSector)(ctx, { ...read.value, code });
    if (!result.ok) return data({ about: "standing" as const, ...refuse(form, result) }, { status: 400 });
    return here(intent === "restore" ? "restored" : read.value.replacedBy ? "merged" : "retired", result.value.refiled);
  }
  const read = readForm(form, sectorSchema);
  if (!read.ok) return data({ about: "words" as const, ...read.answer }, { status: 400 });
  const result = await saveSector(ctx, { ...read.value, code });
  if (!result.ok) return data({ about: "words" as const, ...refuse(form, result) }, { status: 400 });
  return here("saved");
}

export default function SectorPage() {
  const { sector, done, refiled } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["lists", "sectors"]);
  const typed = answer?.about === "words" ? answer : null;
  const values = typed
    ? typedSector(typed.values, false)
    : {
        code: null,
        nameVi: sector.nameVi,
        nameEn: sector.nameEn,
        keywordsVi: sector.keywordsVi.join("\n"),
        keywordsEn: sector.keywordsEn.join("\n"),
        relatedCodes: sector.relatedCodes.join("\n"),
        note: "",
        revision: sector.revision,
      };
  return (
    <>
      <PageHeader
        back={{ to: "/operator/lists/sectors", label: t("sector.back") }}
        above={
          <>
            <Badge>{sector.code}</Badge>
            {sector.active ? null : (
              <Badge tone="warning">
                {sector.replacedBy ? t("sector.mergedInto", { code: sector.replacedBy }) : t("retired")}
              </Badge>
            )}
          </>
        }
        title={t(`sectors:${sector.code}`)}
        lead={
          <Link className="link" to={`/search?sector=${sector.code}`}>
            {t("sector.listings", { count: sector.listings })}
          </Link>
        }
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          <p>
            {t(`done.${done}`)} {refiled > 0 ? t("sector.refiled", { count: refiled }) : null}
          </p>
        </Alert>
      ) : null}
      {sector.replaces.length > 0 ? (
        <p className="mb-4 text-muted">{t("sector.replaces", { codes: sector.replaces.join(", ") })}</p>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <Card>
          <SectorForm
            key={`${sector.revision}.${typed ? "typed" : "kept"}`}
            values={values}
            failure={typed?.failure ?? null}
          />
        </Card>
        <div className="flex min-w-0 flex-col gap-6">
          <SectorStanding
            key={sector.revision}
            sector={sector}
            failure={answer?.about === "standing" ? answer.failure : null}
            values={answer?.about === "standing" ? answer.values : null}
          />
          <Card title={t("history")}>
            <ChangeHistory changes={sector.history} />
          </Card>
        </div>
      </div>
    </>
  );
}
