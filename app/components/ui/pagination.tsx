import { Link } from "@remix-run/react";
import ChevronLeft from "lucide-react/icons/chevron-left";
import ChevronRight from "lucide-react/icons/chevron-right";
import { useTranslation } from "react-i18next";

/** Page numbers around the current one, with the first and last; 0 stands for a gap. */
export function pageNumbers(page: number, pages: number): number[] {
  const wanted = new Set([1, pages, page - 1, page, page + 1]);
  const shown = [...wanted].filter((n) => n >= 1 && n <= pages).sort((a, b) => a - b);
  return shown.flatMap((n, index) => {
    const before = shown[index - 1] ?? 0;
    if (n - before === 2) return [n - 1, n];
    return n - before > 2 ? [0, n] : [n];
  });
}

type PaginationProps = { page: number; pages: number; hrefFor: (page: number) => string };

/** Plain links from page to page; nothing when there is one page. */
export function Pagination({ page, pages, hrefFor }: PaginationProps) {
  const { t } = useTranslation();
  if (pages <= 1) return null;
  const box =
    "inline-flex min-h-11 min-w-11 items-center justify-center gap-1 rounded-md border border-line bg-surface px-3 font-medium text-link hover:border-primary aria-[current=page]:border-primary aria-[current=page]:bg-primary aria-[current=page]:text-on-primary";
  return (
    <nav aria-label={t("pagination.label")} className="no-print mt-8">
      <ul className="flex flex-wrap items-center justify-center gap-2">
        {page > 1 ? (
          <li>
            <Link className={box} to={hrefFor(page - 1)} rel="prev">
              <ChevronLeft size={18} aria-hidden="true" />
              {t("pagination.previous")}
            </Link>
          </li>
        ) : null}
        {pageNumbers(page, pages).map((n, index, all) =>
          n === 0 ? (
            <li key={`gap-${all[index - 1] ?? 0}`} aria-hidden="true" className="px-1 text-muted">
              …
            </li>
          ) : (
            <li key={n} className={n === page ? "" : "hidden sm:block"}>
              <Link
                className={box}
                to={hrefFor(n)}
                aria-current={n === page ? "page" : undefined}
                aria-label={t("pagination.page", { page: n, pages })}
              >
                {n}
              </Link>
            </li>
          ),
        )}
        {page < pages ? (
          <li>
            <Link className={box} to={hrefFor(page + 1)} rel="next">
              {t("pagination.next")}
              <ChevronRight size={18} aria-hidden="true" />
            </Link>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}
