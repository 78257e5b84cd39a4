import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "~/components/format";
import { FormErrors, TextAreaField } from "~/components/forms";
import { metaTitle } from "~/components/meta";
import { ListingArticle } from "~/components/public/listing-article";
import { Alert, Button, Card, KindBadge, LinkButton, PageHeader } from "~/components/ui";
import {
  type ApprovalView,
  answeredDraft,
  approveDraft,
  sendBackDraft,
  viewApproval,
} from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "office:page.title");

export async function loader({ context, params }: LoaderFunctionArgs) {
  const ctx = ctxOf(context);
  const approval = await viewApproval(ctx, params.id ?? "");
  if (approval) return { approval, answered: null };
  // who comes later, by the link of a notice, hears who was quicker
  const answered = await answeredDraft(ctx, params.id ?? "");
  if (!answered) throw new Response(null, { status: 404 });
  return { approval, answered };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const listingId = params.id ?? "";
  const form = await request.formData();
  const note = String(form.get("note") ?? "");
  const intent = form.get("intent");
  if (intent === "approve") {
    const sent = await approveDraft(ctx, { listingId, revision: Number(form.get("revision")) || 0 });
    if (sent.ok) return redirect(`/my/listings/${listingId}?sent=1`);
    if (sent.code === "common:notFound") throw new Response(null, { status: 404 });
    return data({ failure: sent, note }, { status: 400 });
  }
  const back = intent === "back" ? await sendBackDraft(ctx, { listingId, note }) : fail("common:invalid");
  if (back.ok) return redirect("/my/approvals?back=1");
  if (back.code === "common:notFound") throw new Response(null, { status: 404 });
  return data({ failure: back, note }, { status: 400 });
}

export default function OfficeDecision() {
  const { approval, answered } = useLoaderData<typeof loader>();
  const { t } = useTranslation("office");
  if (approval) return <Decision approval={approval} />;
  return (
    <>
      <PageHeader title={t("page.title")} back={{ to: "/my/approvals", label: t("queue.title") }} />
      <Alert>{answered?.by ? t("error.taken", { name: answered.by }) : t("error.sent")}</Alert>
    </>
  );
}

function Decision({ approval }: { approval: ApprovalView }) {
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["office", "listings"]);
  const { contact, preview } = approval;
  const reach = [contact.contactName, contact.contactPhone, contact.contactEmail].filter((one) => one.trim());
  return (
    <>
      <PageHeader
        title={approval.title || t("listings:mine.untitled")}
        lead={t("page.asked", { name: approval.askedBy, at: formatDateTime(approval.askedAt) })}
        back={{ to: "/my/approvals", label: t("queue.title") }}
        above={
          <>
            <KindBadge kind={approval.kind} />
            <span>{approval.organisation}</span>
          </>
        }
      />
      <FormErrors failure={answer?.failure} labels={{ note: t("page.note") }} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-6 lg:order-2">
          <Card title={t("page.decide")}>
            <Form method="post" noValidate>
              <input type="hidden" name="revision" value={approval.draftRevision} />
              <p className="mb-3">{t("page.approveText")}</p>
              <div className="flex flex-wrap gap-3">
                <Button name="intent" value="approve">
                  {t("page.approve")}
                </Button>
                <LinkButton to={`/my/listings/${approval.id}/edit`} variant="quiet">
                  {t("page.edit")}
                </LinkButton>
              </div>
              <div className="mt-5 border-t border-line pt-4">
                <p className="mb-3 text-muted">{t("page.backText")}</p>
                <TextAreaField
                  label={t("page.note")}
                  hint={t("page.noteHint")}
                  name="note"
                  rows={4}
                  maxLength={2000}
                  defaultValue={answer?.note}
                  error={answer?.failure.fields?.note}
                />
                <Button name="intent" value="back" variant="secondary">
                  {t("page.back")}
                </Button>
              </div>
            </Form>
          </Card>
          {reach.length > 0 ? (
            <Card title={t("page.contact")}>
              <p className="break-words">{reach.join(" · ")}</p>
            </Card>
          ) : null}
        </div>
        <section aria-labelledby="office-preview" className="min-w-0">
          <h2 id="office-preview" className="mb-3 text-xl font-semibold">
            {t("page.content")}
          </h2>
          {preview ? (
            <div className="rounded-lg border-2 border-dashed border-line-strong p-3 sm:p-5">
              <ListingArticle listing={preview} level={3} />
            </div>
          ) : (
            <Alert>{t("page.empty")}</Alert>
          )}
        </section>
      </div>
    </>
  );
}
