import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, RadioGroup, SelectField, SubmitRow, TextAreaField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, EmptyState, LinkButton, PageHeader } from "~/components/ui";
import { expressInterest, interestForm } from "~/modules/matching/index.server";
import { fieldErrors, INTEREST_KINDS, interestSchema } from "~/modules/matching/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";
import { numberRuleAt } from "~/platform/rules.server";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "matching:interest.title");

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const [form, days] = await Promise.all([
    interestForm(ctx, params.reference ?? ""),
    numberRuleAt(ctx.db, "interest.answer.workingDays", ctx.clock.now()),
  ]);
  if (!form) throw new Response(null, { status: 404 });
  const query = new URL(request.url).searchParams;
  return { form, days: days.value, wanted: query.get("kind"), matchId: query.get("match") };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const typed = Object.fromEntries(
    [...(await request.formData())].map(([key, value]) => [key, typeof value === "string" ? value : ""]),
  );
  const form = await interestForm(ctx, params.reference ?? "");
  if (!form) throw new Response(null, { status: 404 });
  const parsed = interestSchema.safeParse({
    ...typed,
    matchId: typed.matchId || undefined,
    organisationId: typed.organisationId || undefined,
  });
  if (!parsed.success) {
    return data(
      { sent: false, failure: fail("matching:error.invalid", { fields: fieldErrors(parsed.error) }), typed },
      { status: 400 },
    );
  }
  const result = await expressInterest(ctx, { ...parsed.data, listingId: form.listing.id });
  return result.ok
    ? { sent: true, failure: null, typed }
    : data({ sent: false, failure: result, typed }, { status: 400 });
}

export default function InterestPage() {
  const { form, days, wanted, matchId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("matching");
  const { listing, organisations, broker, own } = form;
  const page = `/listings/${listing.reference ?? listing.id}`;
  const typed = answer?.typed ?? {};
  const failure = answer?.failure;
  const verified = organisations.length > 0;
  const kinds = INTEREST_KINDS.filter((kind) => kind === "ask_broker" || (listing.kind === "need" && !own && verified));
  const chosen = kinds.find((kind) => kind === (typed.kind ?? wanted)) ?? kinds[0];
  const contact = broker ? [broker.fullName, broker.phone].filter(Boolean).join(" · ") : null;
  const header = (
    <PageHeader
      back={{ to: own ? `/my/listings/${listing.id}` : page, label: t("interest.back") }}
      above={<span className="tabular-nums">{listing.reference}</span>}
      title={t("interest.title")}
      lead={<span lang={listing.lang}>{listing.title}</span>}
    />
  );
  if (answer?.sent) {
    return (
      <>
        {header}
        <Alert tone="success" title={t("interest.sent.title")} role="status">
          <p>{t("interest.sent.text", { days })}</p>
          {contact ? <p className="mt-1 font-medium">{t("interest.broker", { contact })}</p> : null}
        </Alert>
        <LinkButton to="/home">{t("interest.sent.home")}</LinkButton>
      </>
    );
  }
  // a question may be one's own; "we can solve this" is said by an organisation
  if (!verified && wanted === "can_solve" && !answer) {
    return (
      <>
        {header}
        <EmptyState
          title={t("interest.unverified.title")}
          action={
            <>
              <LinkButton to="/organisations/new">{t("interest.unverified.action")}</LinkButton>
              <LinkButton to="?kind=ask_broker" variant="secondary">
                {t("interest.kinds.ask_broker")}
              </LinkButton>
            </>
          }
        >
          {t("interest.unverified.text")} {contact ? t("interest.broker", { contact }) : null}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      {header}
      <Card className="max-w-text">
        <FormErrors
          failure={failure}
          labels={{
            message: t("interest.message"),
            organisationId: t("interest.organisation"),
            kind: t("interest.kind"),
          }}
        />
        <Form method="post">
          <input type="hidden" name="matchId" value={typed.matchId ?? matchId ?? ""} />
          <RadioGroup
            name="kind"
            legend={t("interest.kind")}
            required
            defaultValue={chosen}
            error={failure?.fields?.kind}
            options={kinds.map((kind) => ({
              value: kind,
              label: t(`interest.kinds.${kind}`),
              hint: t(`interest.kindHints.${kind}`),
            }))}
          />
          {!verified ? (
            <p className="mb-5">
              {t("interest.asMyself")}. {listing.kind === "need" ? t("interest.solveNeedsOrganisation") : ""}
            </p>
          ) : organisations.length === 1 ? (
            <>
              <input type="hidden" name="organisationId" value={organisations[0]?.organisationId} />
              <p className="mb-5">{t("interest.inTheName", { name: organisations[0]?.name ?? "" })}</p>
            </>
          ) : (
            <SelectField
              name="organisationId"
              label={t("interest.organisation")}
              required
              defaultValue={typed.organisationId}
              error={failure?.fields?.organisationId}
              options={organisations.map((org) => ({ value: org.organisationId, label: org.name }))}
            />
          )}
          <TextAreaField
            name="message"
            label={t("interest.message")}
            hint={t("interest.messageHint")}
            required
            rows={7}
            maxLength={2_000}
            defaultValue={typed.message ?? ""}
            error={failure?.fields?.message}
          />
          <p className="text-sm text-muted">{t("interest.privacy")}</p>
          <SubmitRow>
            <Button>{t("interest.send")}</Button>
            <LinkButton to={page} variant="quiet">
              {t("common:cancel")}
            </LinkButton>
          </SubmitRow>
        </Form>
      </Card>
    </>
  );
}
