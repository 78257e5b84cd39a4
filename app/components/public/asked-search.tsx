import { Link } from "@remix-run/react";
import type { Asked } from "~/modules/matching/schemas";
import { useAskedWords } from "./save-search";
import { parseSearchParams, searchHref, searchText } from "./search-params";

/** A search that was asked once, in words that lead to it. */
export function AskedSearch({ asked }: { asked: Asked }) {
  const params = parseSearchParams(new URLSearchParams(searchText(asked)));
  return (
    <Link className="link font-medium" to={searchHref(params)}>
      {useAskedWords(params)}
    </Link>
  );
}
