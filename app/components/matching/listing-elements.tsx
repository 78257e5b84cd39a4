import { useTranslation } from "react-i18next";
import { ELEMENTS, type ListingElements } from "~/modules/matching/schemas";

/** What the engine read out of a listing, by kind, and which kinds it found nothing of: what its author may still say. */
export function ListingElementsView({ elements }: { elements: ListingElements }) {
  const { t } = useTranslation("matching");
  const absent = ELEMENTS.filter((element) => elements[element].length === 0);
  if (absent.length === ELEMENTS.length) return null;
  return (
    <section className="card mb-6 p-4 sm:p-5" aria-labelledby="listing-elements">
      <h2 id="listing-elements" className="font-semibold">
        {t("elements.own")}
      </h2>
      <dl className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr]">
        {ELEMENTS.map((element) =>
          elements[element].length === 0 ? null : (
            <div key={element} className="contents">
              <dt className="text-muted">{t(`elements.${element}`)}</dt>
              <dd className="mb-2 min-w-0 break-words sm:mb-0">{elements[element].join(" · ")}</dd>
            </div>
          ),
        )}
      </dl>
      {absent.length > 0 ? (
        <p className="mt-2 text-sm text-muted">
          {t("elements.absent", { list: absent.map((element) => t(`elements.${element}`).toLowerCase()).join("; ") })}
        </p>
      ) : null}
    </section>
  );
}
