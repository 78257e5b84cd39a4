import type { TimelineItem } from "~/components/ui";
import type { OwnListingView } from "~/modules/listings/index.server";

type Translate = (key: string, params?: Record<string, string>) => string;

/** What happened to a listing, newest first. */
export function reviewTimeline(listing: Pick<OwnListingView, "createdAt" | "reviews">, t: Translate): TimelineItem[] {
  const items: TimelineItem[] = listing.reviews.flatMap((review): TimelineItem[] => {
    const sent: TimelineItem = {
      key: `${review.id}.sent`,
      at: review.submittedAt,
      title: t("listings:own.event.submitted"),
    };
    if (!review.decidedAt || review.state === "open") return [sent];
    const reason = review.reasonCode ? t(`listings:reason.${review.reasonCode}`) : "";
    return [
      {
        key: review.id,
        at: review.decidedAt,
        title: t(`listings:own.event.${review.state}`, { reason }),
        body: (
          <>
            {review.note ? <p className="whitespace-pre-line">{review.note}</p> : null}
            {review.by ? <p className="text-sm text-muted">{review.by}</p> : null}
          </>
        ),
      },
      sent,
    ];
  });
  return [...items, { key: "created", at: listing.createdAt, title: t("listings:own.event.created") }];
}
