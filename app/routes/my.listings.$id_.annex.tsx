import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { FormErrors, SelectField } from "~/components/forms";
import { AnnexReaders } from "~/components/listings/annex-readers";
import { metaTitle } from "~/components/meta";
import { Alert, Button, Card, LinkButton, PageHeader } from "~/components/ui";
import { type AnnexRoom, answerAnnexRequest, closeAnnexTo, viewAnnexRoom } from "~/modules/listings/index.server";
import { ANNEX_DAYS, ANNEX_DAYS_DEFAULT } from "~/modules/listings/schemas";
import type { RouteHandle } from "~/platform/http/access";
import { ctxOf } from "~/platform/http/scope";
import { fail } from "~/platform/result";

export const handle: RouteHandle = { access: "signed-in" };

export const meta: MetaFunction<typeof loader> = (args) => metaTitle(args, "annexes:room.title");

const DONE = ["granted", "declined", "closed"] as const;

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const room = await viewAnnexRoom(ctxOf(context), params.id ?? "");
  if (!room) throw new Response(null, { status: 404 });
  const { searchParams } = new URL(request.url);
  return { room, done: DONE.find((one) => searchParams.has(one)) ?? null };
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const ctx = ctxOf(context);
  const listingId = params.id ?? "";
  if (!(await viewAnnexRoom(ctx, listingId))) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const intent = String(form.get("intent") ?? "");
  const result =
    intent === "granted" || intent === "declined"
      ? await answerAnnexRequest(ctx, {
          listingId,
          requestId: String(form.get("requestId") ?? ""),
          answer: intent,
          days: Number(form.get("days")),
        })
      : intent === "closed"
        ? await closeAnnexTo(ctx, { listingId, organisationId: String(form.get("organisationId") ?? "") })
        : fail("common:invalid");
  return result.ok
    ? redirect(`/my/listings/${listingId}/annex?${intent}=1`)
    : data({ failure: result }, { status: 400 });
}

/** Who asks to be let in, and the answer with its days. */
function Requests({ requests }: { requests: AnnexRoom["requests"] }) {
  const { t } = useTranslation("annexes");
  if (requests.length === 0) return <p className="text-muted">{t("room.requestsNone")}</p>;
  return (
    <ul className="flex flex-col gap-4">
      {requests.map(({ id, organisation, person, askedAt }) => (
        <li key={id} className="rounded-md border border-line p-4">
          <p className="font-semibold break-words">{organisation}</p>
          <p className="mb-3 text-sm text-muted">{t("room.askedBy", { person, date: formatDate(askedAt) })}</p>
          <Form method="post">
            <input type="hidden" name="requestId" value={id} />
            <SelectField
              label={t("room.days")}
              name="days"
              id={`days-${id}`}
              defaultValue={String(ANNEX_DAYS_DEFAULT)}
              options={ANNEX_DAYS.map((days) => ({ value: String(days), label: t("room.daysOption", { days }) }))}
            />
            <div className="flex flex-wrap gap-3">
              <Button name="intent" value="granted" aria-label={t("room.grantFor", { name: organisation })}>
                {t("room.grant")}
              </Button>
              <Button
                name="intent"
                value="declined"
                variant="secondary"
                aria-label={t("room.declineFor", { name: organisation })}
              >
                {t("room.decline")}
              </Button>
            </div>
          </Form>
        </li>
      ))}
    </ul>
  );
}

/** Who is let in until when, and the button that closes it. */
function Access({ access }: { access: AnnexRoom["access"] }) {
  const { t } = useTranslation("annexes");
  if (access.length === 0) return <p className="text-muted">{t("room.accessNone")}</p>;
  return (
    <>
      <ul className="flex flex-col gap-3">
        {access.map(({ organisationId, organisation, since, until, reason }) => (
          <li
            key={`${organisationId}.${String(since)}`}
            className="flex flex-wrap items-center justify-between gap-3 rounded-md border border-line p-3"
          >
            <div className="min-w-0">
              <p className="font-semibold break-words">{organisation}</p>
              <p className="text-sm text-muted">
                {t(`room.reason.${reason.replace(".", "_")}`)} · {t("room.since", { date: formatDate(since) })} ·{" "}
                {until ? t("room.until", { date: formatDate(until) }) : t("room.noEnd")}
              </p>
            </div>
            <Form method="post">
              <input type="hidden" name="organisationId" value={organisationId} />
              <Button
                name="intent"
                value="closed"
                variant="danger"
                size="small"
                aria-label={t("room.closeFor", { name: organisation })}
              >
                {t("room.close")}
              </Button>
            </Form>
          </li>
        ))}
      </ul>
      <p className="mt-3 max-w-text text-sm text-muted">{t("room.closeText")}</p>
    </>
  );
}

export default function AnnexRoomPage() {
  const { room, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t } = useTranslation("annexes");
  return (
    <>
      <PageHeader
        back={{ to: `/my/listings/${room.listingId}`, label: t("room.back") }}
        above={room.reference ? <span className="font-medium tabular-nums">{room.reference}</span> : null}
        title={t("room.title")}
        lead={room.title}
      />
      {done && !answer ? (
        <Alert tone="success" role="status">
          <p>{t(`room.done.${done}`)}</p>
        </Alert>
      ) : null}
      <FormErrors failure={answer?.failure ?? null} />
      <div className="flex flex-col gap-6">
        <Card title={t("room.requests")}>
          <Requests requests={room.requests} />
        </Card>
        <Card title={t("room.readers")}>
          <AnnexReaders readers={room.readers} />
        </Card>
        <Card title={t("room.access")}>
          <Access access={room.access} />
        </Card>
        <Card title={t("room.files")}>
          {room.files.length === 0 ? <p className="mb-4 text-muted">{t("room.none")}</p> : null}
          <ul className="mb-4">
            {room.files.map(({ fileId, number, name, bytes, addedAt }) => (
              <li key={fileId}>
                <a
                  href={`/files/${fileId}`}
                  download
                  className="link inline-flex min-h-11 max-w-full items-center break-words"
                >
                  {t("number", { number })} · {name}
                </a>{" "}
                <span className="text-sm text-muted">
                  {t("size", { kilobytes: Math.ceil(bytes / 1024) })} · {t("page.added", { date: formatDate(addedAt) })}
                </span>
              </li>
            ))}
          </ul>
          <LinkButton to={`/my/listings/${room.listingId}/edit/files`} variant="secondary">
            {t("room.change")}
          </LinkButton>
        </Card>
      </div>
    </>
  );
}
