import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { FormErrors } from "~/components/forms";
import { besideReason, DecisionForm, type DecisionValues, withTemplate } from "~/components/listings/decision-form";
import { DuplicateReview } from "~/components/listings/duplicate-list";
import { ReviewFindings } from "~/components/listings/find-list";
import { StoredChecklist } from "~/components/listings/review-checklist";
import { typedChecklist } from "~/components/listings/typed-checklist";
import { VersionChanges } from "~/components/listings/version-changes";
import { VersionView } from "~/components/listings/version-view";
import { useLocale } from "~/components/locale";
import { metaTitle } from "~/components/meta";
import { Alert, Badge, Card, DateText, DefinitionList, KindBadge, PageHeader, Timeline } from "~/components/ui";
import {
  approveListing,
  insertTemplate,
  markDuplicate,
  rejectListing,
  requestChanges,
  reviewTemplates,
  viewReview,
} from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "broker" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "listings:review.title");

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const review = await viewReview(ctx, params.id ?? "");
  if (!review) throw new Response(null, { status: 404 });
  return {
    review,
    templates: ((await reviewTemplates(ctx)) ?? []).filter(({ active }) => active),
    done: new URL(request.url).searchParams.has("done"),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const reviewId = params.id ?? "";
  const form = await request.formData();
  const typed = (name: string) => String(form.get(name) ?? "");
  const intent = typed("intent");
  const checklist = typedChecklist(form);
  const values: DecisionValues = {
    note: typed("note"),
    changeReason: typed("changeReason"),
    rejectReason: typed("rejectReason"),
    askSecond: form.has("askSecond"),
    checklist,
  };
  if (intent === "duplicate") {
    const marked = await markDuplicate(ctx, {
      listingId: (await viewReview(ctx, reviewId))?.listing.id ?? "",
      otherId: typed("otherId"),
      verdict: typed("verdict"),
      reasonCode: typed("duplicateReason"),
    });
    if (marked.ok) return redirect(`/broker/reviews/${reviewId}#alike-${typed("otherId")}`);
    if (marked.code === "common:notFound") throw new Response(null, { status: 404 });
    return data({ failure: marked, values }, { status: 400 });
  }
  if (intent.startsWith("template.")) {
    const lang = intent === "template.en" ? "en" : "vi";
    const found = await insertTemplate(ctx, { id: typed("templateId"), lang, note: values.note });
    const failure = found ? null : fail("common:invalid", { fields: { templateId: ["listings:error.choose"] } });
    return data({ failure, values: found ? withTemplate(values, found) : values }, { status: found ? 200 : 400 });
  }
  const result =
    intent === "approve"
      ? await approveListing(ctx, { reviewId, note: values.note, checklist, askSecond: values.askSecond })
      : intent === "reject"
        ? await rejectListing(ctx, { reviewId, note: values.note, reasonCode: values.rejectReason })
        : await requestChanges(ctx, { reviewId, note: values.note, reasonCode: values.changeReason });
  if (result.ok) return redirect(`/broker/reviews/${reviewId}?done=1`);
  if (result.code === "common:notFound") throw new Response(null, { status: 404 });
  const failure = besideReason(result, intent === "reject" ? "rejectReason" : "changeReason");
  return data({ failure, values }, { status: 400 });
}

export default function ReviewPage() {
  const { review, templates, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["listings", "duplicates", "review", "versions", "common"]);
  const locale = useLocale();
  const { listing, organisation, version, previous } = review;
  const blind = version.visibility !== "public";
  return (
    <>
      <PageHeader
        title={version.texts[0]?.title ?? t("review.title")}
        back={{ to: "/broker/reviews", label: t("review.back") }}
        above={
          <>
            <KindBadge kind={listing.kind} />
            {listing.reference ? <span className="font-medium tabular-nums">{listing.reference}</span> : null}
            {blind ? <Badge tone="warning">{t(`common:visibility.${version.visibility}`)}</Badge> : null}
            {listing.onBehalf ? <Badge>{t("reviews.onBehalf")}</Badge> : null}
          </>
        }
      />
      <FormErrors
        failure={answer?.failure}
        labels={{
          note: t("review.note"),
          changeReason: t("review.changeReason"),
          rejectReason: t("review.rejectReason"),
          listStatus: t("review:listStatus.label"),
          owner: t("review:owner.label"),
          contactsSeen: t("review:findsTitle"),
          ...Object.fromEntries(review.asked.questions.map(({ code, ...text }) => [`obsolete.${code}`, text[locale]])),
        }}
      />
      {review.state === "open" ? null : (
        <Alert
          tone={review.state === "approved" ? "success" : "info"}
          role={done ? "status" : undefined}
          title={t("review.decided", { state: t(`review.state.${review.state}`) })}
        >
          {review.state === "approved" ? (
            <p>{t("review.done.approved", { reference: listing.reference ?? "" })}</p>
          ) : null}
          {review.reasonCode ? <p>{t(`reason.${review.reasonCode}`)}</p> : null}
          {review.note ? <p className="whitespace-pre-line">{review.note}</p> : null}
          {review.decidedBy ? (
            <p className="text-sm text-muted">
              {review.decidedBy} · <DateText date={review.decidedAt} time />
            </p>
          ) : null}
        </Alert>
      )}
      {review.state === "open" && review.second.first ? (
        <Alert role={done ? "status" : undefined}>
          <p>{t("review:second.first", { name: review.second.first.by ?? "" })}</p>
          {review.second.mine ? <p>{t("review:error.second")}</p> : null}
        </Alert>
      ) : null}
      {review.ownOrganisation && review.state === "open" ? (
        <Alert tone="warning">{t("error.ownOrganisation")}</Alert>
      ) : null}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-6 lg:order-2">
          <Card title={t("warning.title")}>
            <ReviewFindings warnings={review.warnings} kind={listing.kind} />
          </Card>
          <Card title={t("duplicates:title")}>
            <DuplicateReview
              duplicates={review.duplicates}
              mayMark={review.mayDecide}
              errors={answer?.failure?.fields ?? {}}
            />
          </Card>
          {review.checklist && review.state !== "open" ? (
            <Card title={t("review:stored")}>
              <StoredChecklist review={review} />
            </Card>
          ) : null}
          {review.mayDecide ? (
            <DecisionForm
              key={answer?.values.note ?? ""}
              review={review}
              values={answer?.values}
              errors={answer?.failure?.fields ?? {}}
              templates={templates}
            />
          ) : null}
          <Card>
            <DefinitionList
              items={[
                {
                  key: "organisation",
                  term: t("review.organisation"),
                  description: organisation && (
                    <>
                      <Link className="link" to={`/broker/organisations/${organisation.id}`}>
                        {organisation.name}
                      </Link>
                      {organisation.taxCode ? (
                        <span className="block text-sm text-muted">
                          {t("post.taxCode", { code: organisation.taxCode })}
                        </span>
                      ) : null}
                      <span className="block text-sm text-muted">
                        {t(organisation.verified ? "review.verified" : "review.notVerified")}
                      </span>
                    </>
                  ),
                },
                { key: "by", term: t("review.by"), description: review.submittedBy },
                { key: "at", term: t("review.submitted"), description: <DateText date={review.submittedAt} time /> },
                ...(review.dueOn
                  ? [{ key: "due", term: t("review.due"), description: <DateText date={review.dueOn} /> }]
                  : []),
              ]}
            />
          </Card>
          {review.earlier.length > 0 ? (
            <Card title={t("review.earlier")}>
              <Timeline
                items={review.earlier
                  .filter((one) => one.decidedAt !== null)
                  .map((one, key) => ({
                    key: String(key),
                    at: one.decidedAt ?? "",
                    title: `${t(`review.state.${one.state}`)}${one.reasonCode ? `: ${t(`reason.${one.reasonCode}`)}` : ""}`,
                    body: <>{[one.note, one.by].filter(Boolean).join(" – ")}</>,
                  }))}
              />
            </Card>
          ) : null}
        </div>
        <div className="min-w-0">
          {previous ? (
            <Card title={t("versions:reviewTitle")} className="mb-6">
              <VersionChanges changes={review.changes} />
            </Card>
          ) : null}
          <h2 className="mb-3 text-xl font-semibold">{t("review.asRead")}</h2>
          <VersionView id={listing.id} kind={listing.kind} reference={listing.reference} version={version} />
          {previous ? (
            <details className="mt-6">
              <summary className="link min-h-11 cursor-pointer py-2">{t("review.previous")}</summary>
              <VersionView
                id={listing.id}
                kind={listing.kind}
                reference={listing.reference}
                version={previous}
                showContact={false}
              />
            </details>
          ) : null}
        </div>
      </div>
    </>
  );
}
