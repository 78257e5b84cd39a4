import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import FileText from "lucide-react/icons/file-text";
import { useTranslation } from "react-i18next";
import { formatDate, formatDateTime } from "~/components/format";
import { FormErrors } from "~/components/forms";
import { UndertakingForm, UndertakingWords } from "~/components/listings/annex-undertaking";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, KindBadge, LinkButton, PageHeader } from "~/components/ui";
import { type AnnexPage, acceptUndertaking, annexPage, requestAnnex } from "~/modules/listings/index.server";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "annexes:page.title");

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const page = await annexPage(ctxOf(context), params.reference ?? "");
  if (!page) throw new Response(null, { status: 404 });
  const { searchParams } = new URL(request.url);
  const done = searchParams.has("accepted") ? "done" : searchParams.has("asked") ? "sent" : null;
  return { page, done: done === "done" && page.files.length === 0 ? null : done };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const page = await annexPage(ctx, params.reference ?? "");
  if (!page) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const typed = { name: String(form.get("name") ?? ""), position: String(form.get("position") ?? "") };
  const listingId = page.listing.id;
  const intent = form.get("intent");
  const here = `/listings/${params.reference}/annex`;
  if (intent === "ask") {
    const asked = await requestAnnex(ctx, { listingId, organisationId: String(form.get("organisationId") ?? "") });
    return asked.ok ? redirect(`${here}?asked=1`) : data({ failure: asked, typed: {} }, { status: 400 });
  }
  if (intent !== "accept") return data({ failure: fail("common:invalid"), typed: {} }, { status: 400 });
  const accepted = await acceptUndertaking(ctx, {
    ...typed,
    listingId,
    annexIds: String(form.get("annexIds") ?? "").split(","),
    textHash: String(form.get("textHash") ?? ""),
    lang: form.get("lang") === "en" ? "en" : "vi",
    agreed: form.get("agreed") === "yes",
  });
  return accepted.ok ? redirect(`${here}?accepted=1`) : data({ failure: accepted, typed }, { status: 400 });
}

/** Not let in: what opens it, and how to ask. */
function Closed({ page }: { page: AnnexPage }) {
  const { t } = useTranslation("annexes");
  const organisations = page.ask?.organisations ?? [];
  return (
    <>
      <Alert title={t("page.closedTitle")}>
        <p>{t("page.closedText")}</p>
      </Alert>
      <Card title={t("page.askTitle")} className="mb-6">
        <p className="mb-4 max-w-text">{t("page.askText")}</p>
        {organisations.map(({ id, name, state }) =>
          state === "may" ? (
            <Form key={id} method="post" className="mb-3">
              <input type="hidden" name="organisationId" value={id} />
              <Button name="intent" value="ask">
                {t("page.ask", { name })}
              </Button>
            </Form>
          ) : (
            <p key={id} className="mb-3 font-medium">
              {t(`page.${state}`, { name })}
            </p>
          ),
        )}
        {organisations.length === 0 ? <p className="mb-4 font-medium">{t("page.unverified")}</p> : null}
        <p className="flex flex-wrap gap-3">
          {organisations.length === 0 ? (
            <LinkButton to="/organisations/new">{t("page.unverifiedAction")}</LinkButton>
          ) : null}
          <LinkButton to={`/listings/${page.listing.reference}/interest?kind=ask_broker`} variant="secondary">
            {t("page.broker")}
          </LinkButton>
        </p>
      </Card>
    </>
  );
}

function Files({ page }: { page: AnnexPage }) {
  const { t } = useTranslation("annexes");
  const { accepted } = page;
  return (
    <Card title={t("page.filesTitle")} className="mb-6">
      {page.door === "in" ? <p className="mb-3">{t("page.filesText")}</p> : null}
      <ul>
        {page.files.map(({ fileId, number, bytes, addedAt }) => (
          <li key={fileId}>
            <a href={`/files/${fileId}`} download className="link inline-flex min-h-11 items-center gap-2">
              <FileText size={20} aria-hidden="true" className="shrink-0" />
              {t("page.download", { number })}
            </a>{" "}
            <span className="text-sm text-muted">
              {t("size", { kilobytes: Math.ceil(bytes / 1024) })} · {t("page.added", { date: formatDate(addedAt) })}
            </span>
          </li>
        ))}
      </ul>
      {accepted ? (
        <p className="mt-3 text-sm text-muted">
          {t("page.acceptedBy", {
            name: accepted.name,
            position: accepted.position,
            at: formatDateTime(accepted.at),
            version: accepted.textVersion,
          })}
        </p>
      ) : null}
    </Card>
  );
}

export default function AnnexOfListing() {
  const loaded = useLoaderData<typeof loader>();
  const page = loaded.page;
  const answer = useActionData<typeof action>();
  const { t } = useTranslation(["annexes", "common"]);
  const { listing, undertaking } = page;
  const failure = answer?.failure ?? null;
  const mustAccept = page.door === "in" && undertaking && page.pending.length > 0;
  return (
    <>
      <PageHeader
        back={{ to: `/listings/${listing.reference}`, label: t("page.back") }}
        above={
          <>
            <KindBadge kind={listing.kind} />
            <span className="font-medium tabular-nums">{listing.reference}</span>
          </>
        }
        title={t("page.title")}
        lead={<span lang={listing.lang}>{listing.title}</span>}
      />
      {loaded.done && !failure ? (
        <Alert tone="success" role="status">
          <p>{t(`page.${loaded.done}`)}</p>
        </Alert>
      ) : null}
      {page.door === "in" ? (
        <p className="mb-4">
          {t("page.inName", { name: page.organisation ?? t("page.department") })}{" "}
          {page.until ? t("page.until", { date: formatDateTime(page.until) }) : null}
        </p>
      ) : null}
      {page.door === "own" ? (
        <Alert title={t("page.ownTitle")}>
          <p className="mb-3">{t("page.ownText")}</p>
          <LinkButton to={`/my/listings/${listing.id}/annex`} variant="secondary">
            {t("page.manage")}
          </LinkButton>
        </Alert>
      ) : null}
      {page.door === "closed" ? (
        <>
          <FormErrors failure={failure} />
          <Closed page={page} />
        </>
      ) : null}
      {page.files.length > 0 ? <Files page={page} /> : null}
      {mustAccept ? (
        <>
          {page.accepted ? (
            <Alert tone="warning">
              <p>{t("page.again")}</p>
            </Alert>
          ) : null}
          <UndertakingForm page={page} text={undertaking} typed={answer?.typed ?? {}} failure={failure} />
        </>
      ) : undertaking && page.files.length > 0 ? (
        <Card title={t("page.readTitle")}>
          <UndertakingWords text={undertaking} />
        </Card>
      ) : null}
    </>
  );
}
