import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { EmptyState, LinkButton } from "../ui";
import { isFiltered, type SearchParams, searchHref, searchText } from "./search-params";

type SearchEmptyProps = { params: SearchParams; office: { phone: string } | null };

/** Nothing found: how to look again, and a person to ask. */
export function SearchEmpty({ params, office }: SearchEmptyProps) {
  const { t } = useTranslation(["public", "common"]);
  const { q } = params;
  const filtered = isFiltered(params);
  return (
    <EmptyState
      title={q ? t("search.emptyFor", { q }) : t("search.emptyTitle")}
      action={
        <>
          <LinkButton to="/my/listings/new?kind=need">{t("front.postNeed")}</LinkButton>
          <LinkButton to={`/ask?asked=${encodeURIComponent(searchText(params))}`} variant="secondary">
            {t("search.askBroker")}
          </LinkButton>
        </>
      }
    >
      <p>{t("search.emptyTry")}</p>
      <ul className="mx-auto mt-1 w-fit list-disc pl-5 text-left">
        {q ? <li>{t("search.tryFewer")}</li> : null}
        {filtered ? (
          <li>
            <Link className="link" to={searchHref({ q })}>
              {t("search.tryNoFilter")}
            </Link>
          </li>
        ) : null}
        <li>
          <Link className="link" to="/sectors">
            {t("search.trySectors")}
          </Link>
        </li>
      </ul>
      <p className="mt-3">{t("search.emptyPost")}</p>
      {office ? (
        <p className="mt-1">
          {t("search.askBroker")}:{" "}
          <a href={`tel:${office.phone.replace(/[^+\d]/g, "")}`} className="link">
            {office.phone}
          </a>
        </p>
      ) : null}
    </EmptyState>
  );
}
