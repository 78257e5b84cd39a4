import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, RadioGroup, SubmitRow, TextField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Button, Card, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import { findOrganisations } from "~/modules/accounts/index.server";
import { startDraft } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { isId } from "~/platform/ids";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "listings:post.title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const q = new URL(request.url).searchParams.get("q")?.trim().slice(0, 200) ?? "";
  return { q, found: q ? await findOrganisations(ctxOf(context), q) : [] };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const kind = form.get("kind") === "offering" ? "offering" : "need";
  const organisationId = String(form.get("organisationId") ?? "");
  const chosen = isId(organisationId) ? organisationId : null;
  const result = await startDraft(ctxOf(context), { kind, organisationId: chosen, onBehalf: true });
  if (!result.ok) return data({ failure: result, kind, organisationId }, { status: 400 });
  return redirect(`/my/listings/${result.value.listingId}/edit`);
}

export default function PostOnBehalf() {
  const { q, found } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["listings", "imports", "common"]);
  return (
    <>
      <PageHeader
        title={t("post.title")}
        lead={t("post.lead")}
        back={{ to: "/broker/reviews", label: t("review.back") }}
      />
      <div className="flex max-w-3xl flex-col gap-6">
        <Form method="get">
          <Card>
            <TextField label={t("post.find")} hint={t("post.findHint")} name="q" type="search" defaultValue={q} />
            <Button variant="secondary">{t("common:search")}</Button>
          </Card>
        </Form>
        <p>
          {t("imports:fromPost")}{" "}
          <Link className="link" to="/broker/listings/import">
            {t("imports:link")}
          </Link>
        </p>
        {q && found.length === 0 ? (
          <EmptyState
            title={t("post.none")}
            action={
              <LinkButton to="/broker/organisations" variant="secondary">
                {t("common:nav.organisations")}
              </LinkButton>
            }
          />
        ) : null}
        {found.length > 0 ? (
          <Form method="post" noValidate>
            <FormErrors failure={answer?.failure} labels={{ organisationId: t("post.choose") }} />
            <Card>
              <RadioGroup
                legend={t("post.choose")}
                name="organisationId"
                required
                defaultValue={answer?.organisationId ?? (found.length === 1 ? found[0]?.id : undefined)}
                error={answer?.failure.fields?.organisationId}
                options={found.map((one) => ({
                  value: one.id,
                  label: one.nameVi,
                  hint:
                    [
                      one.taxCode && t("post.taxCode", { code: one.taxCode }),
                      one.state === "pending" ? t("new.pending") : null,
                    ]
                      .filter(Boolean)
                      .join(" · ") || undefined,
                }))}
              />
              <RadioGroup
                legend={t("new.kind")}
                name="kind"
                defaultValue={answer?.kind ?? "need"}
                options={[
                  { value: "need", label: t("common:kindLong.need") },
                  { value: "offering", label: t("common:kindLong.offering") },
                ]}
              />
              <SubmitRow>
                <Button>{t("new.start")}</Button>
              </SubmitRow>
            </Card>
          </Form>
        ) : null}
      </div>
    </>
  );
}
