import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SelectField } from "~/components/forms";
import { useReasons } from "~/components/reasons";
import { Badge, Button, DateText } from "~/components/ui";
import type { LikelyDuplicate } from "~/modules/listings/index.server";
import { DISTINCT_REASONS, DUPLICATE_REASONS } from "~/modules/listings/schemas";

/** One listing that looks like this one: what it is, whose, and by what it is alike. */
function Alike({ other }: { other: LikelyDuplicate }) {
  const { t } = useTranslation(["duplicates", "common"]);
  const name = (
    <>
      {other.reference ? <span className="tabular-nums">{other.reference} · </span> : null}
      {other.title}
    </>
  );
  return (
    <>
      <p className="font-medium break-words">
        {other.reference && other.state === "published" ? (
          <Link className="link" to={`/listings/${other.reference}`}>
            {name}
          </Link>
        ) : (
          name
        )}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <span>{other.own ? t("own") : (other.organisation ?? t("common:organisationHidden"))}</span>
        {other.state === "published" ? null : <Badge>{t(`common:listingState.${other.state}`)}</Badge>}
        <span>
          {t("alike", { percent: other.score })}
          {other.why.length > 0 ? `: ${other.why.map((part) => t(`why.${part}`)).join(", ")}` : ""}
        </span>
      </p>
    </>
  );
}

/** For the author, before sending: listings that already say the same. Never in the way, always in words. */
export function DuplicateNote({ duplicates }: { duplicates: readonly LikelyDuplicate[] }) {
  const { t } = useTranslation("duplicates");
  return (
    <>
      <p className="mb-3 text-muted">{t("authorLead")}</p>
      <ul className="flex flex-col gap-4">
        {duplicates.map((other) => (
          <li key={other.id}>
            <Alike other={other} />
          </li>
        ))}
      </ul>
    </>
  );
}

type DuplicateReviewProps = {
  duplicates: readonly LikelyDuplicate[];
  mayMark: boolean;
  errors: Record<string, string[]>;
};

/** For the broker, beside the review: listings that look alike, and what the broker says of each pair. */
export function DuplicateReview({ duplicates, mayMark, errors }: DuplicateReviewProps) {
  const { t } = useTranslation("duplicates");
  const reasons = {
    distinct: useReasons("duplicate.distinct", DISTINCT_REASONS),
    duplicate: useReasons("duplicate.same", DUPLICATE_REASONS),
  };
  if (duplicates.length === 0) return <p className="text-muted">{t("nothing")}</p>;
  return (
    <ul className="flex flex-col divide-y divide-line">
      {duplicates.map((other) => (
        <li key={other.id} id={`alike-${other.id}`} className="py-3 first:pt-0">
          <Alike other={other} />
          {other.mark ? (
            <p className="mt-1 text-sm">
              <Badge tone={other.mark.verdict === "duplicate" ? "warning" : "success"}>
                {t(`verdict.${other.mark.verdict}`)}
              </Badge>{" "}
              {t(`reason.${other.mark.reasonCode}`)} · <DateText date={other.mark.at} />
            </p>
          ) : null}
          {other.mark?.verdict === "duplicate" ? <p className="mt-1 text-sm">{t("thenReject")}</p> : null}
          {mayMark ? (
            <details className="mt-1" open={errors[`reason.${other.id}`] ? true : undefined}>
              <summary className="link inline-flex min-h-11 cursor-pointer items-center text-sm">
                {t(other.mark ? "sayAgain" : "say")}
                <span className="sr-only"> {other.title}</span>
              </summary>
              {(["distinct", "duplicate"] as const).map((verdict) => (
                <Form key={verdict} method="post" noValidate className="mt-2">
                  <input type="hidden" name="otherId" value={other.id} />
                  <input type="hidden" name="verdict" value={verdict} />
                  <SelectField
                    label={t(`reasonLabel.${verdict}`)}
                    id={`reason.${other.id}.${verdict}`}
                    name="duplicateReason"
                    placeholder={t("choose")}
                    options={reasons[verdict].map((value) => ({
                      value,
                      label: t(`reason.${value}`),
                    }))}
                    error={errors[`reason.${other.id}`]}
                  />
                  <Button name="intent" value="duplicate" variant="secondary">
                    {t(`verdict.${verdict}`)}
                  </Button>
                </Form>
              ))}
            </details>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
