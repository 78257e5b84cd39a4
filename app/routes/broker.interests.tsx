import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors, TextAreaField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { Badge, Button, Card, DateText, EmptyState, LinkButton, PageHeader, TabLinks } from "~/components/ui";
import { answerInterest, openInterests } from "~/modules/matching/index.server";
import { answerSchema, fieldErrors } from "~/modules/matching/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { dateOnly, localDay } from "~/platform/ports/clock";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction = (args) => metaTitle(args, "matching:interests.title");

export async function loader({ context, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const state = new URL(request.url).searchParams.get("state") === "settled" ? "settled" : "open";
  return { state, interests: await openInterests(ctx, state), today: dateOnly(localDay(ctx.clock.now())) };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const form = Object.fromEntries(await request.formData());
  const typed = { interestId: String(form.interestId ?? ""), answer: String(form.answer ?? "") };
  const parsed = answerSchema.safeParse({ ...form, outcome: form.intent });
  if (!parsed.success)
    return data(
      { failure: fail("matching:error.invalid", { fields: fieldErrors(parsed.error) }), typed },
      { status: 400 },
    );
  const result = await answerInterest(ctxOf(context), parsed.data);
  if (!result.ok) return data({ failure: result, typed }, { status: 400 });
  return redirect("/broker/interests");
}

export default function InterestsPage() {
  const { state, interests, today } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("matching");
  const elsewhere = answer && !interests.some((one) => one.id === answer.typed.interestId);
  return (
    <>
      <PageHeader title={t("interests.title")} lead={t("interests.lead")} />
      <TabLinks
        label={t("interests.title")}
        items={[
          { to: "/broker/interests", label: t("interests.open"), current: state === "open" },
          { to: "/broker/interests?state=settled", label: t("interests.settled"), current: state === "settled" },
        ]}
      />
      {elsewhere ? <FormErrors failure={answer.failure} /> : null}
      {interests.length === 0 ? (
        <EmptyState title={t(`interests.empty.${state}`)}>
          {state === "open" ? t("interests.empty.text") : null}
        </EmptyState>
      ) : (
        <ol className="flex flex-col gap-5">
          {interests.map((interest) => {
            const mine = answer?.typed.interestId === interest.id ? answer : null;
            const late = interest.dueOn !== null && interest.dueOn < today;
            return (
              <li key={interest.id}>
                <Card
                  title={t(`interests.kind.${interest.kind}`, { organisation: interest.organisation })}
                  actions={
                    interest.dueOn ? (
                      <Badge tone={late ? "danger" : "info"}>
                        {t(late ? "interests.late" : "interests.due")} <DateText date={interest.dueOn} />
                      </Badge>
                    ) : (
                      <Badge tone={interest.state === "answered" ? "success" : "neutral"}>
                        {t(`interests.state.${interest.state}`)}
                      </Badge>
                    )
                  }
                >
                  <p className="text-sm text-muted">
                    <DateText date={interest.createdAt} time />
                    {interest.person
                      ? ` · ${[interest.person.fullName, interest.person.phone, interest.person.email].filter(Boolean).join(" · ")}`
                      : ""}
                  </p>
                  {interest.listing ? (
                    <p className="mt-2">
                      {t("interests.about")}{" "}
                      <Link className="link font-medium" to={`/broker/listings/${interest.listing.id}`}>
                        {interest.listing.reference} {interest.listing.title}
                      </Link>
                    </p>
                  ) : null}
                  <p className="mt-3 max-w-text whitespace-pre-line break-words">{interest.message}</p>
                  {interest.answer ? (
                    <p className="mt-3 max-w-text whitespace-pre-line border-l-2 border-primary-line pl-3">
                      <span className="font-semibold">{t("interests.answered")}: </span>
                      {interest.answer}
                    </p>
                  ) : null}
                  {interest.state === "open" ? (
                    <Form method="post" className="no-print mt-4 border-t border-line pt-4">
                      <FormErrors failure={mine?.failure} labels={{ answer: t("interests.answer") }} />
                      <input type="hidden" name="interestId" value={interest.id} />
                      <TextAreaField
                        id={`answer-${interest.id}`}
                        name="answer"
                        label={t("interests.answer")}
                        hint={t("interests.answerHint")}
                        required
                        rows={3}
                        defaultValue={mine?.typed.answer ?? ""}
                        error={mine?.failure.fields?.answer}
                      />
                      <div className="flex flex-wrap gap-3">
                        <LinkButton variant="secondary" to={`/broker/cases/new?interest=${interest.id}`}>
                          {t("case.open")}
                        </LinkButton>
                        <Button name="intent" value="answered">
                          {t("interests.send")}
                        </Button>
                        <Button name="intent" value="closed" variant="secondary">
                          {t("interests.close")}
                        </Button>
                      </div>
                    </Form>
                  ) : null}
                </Card>
              </li>
            );
          })}
        </ol>
      )}
    </>
  );
}
