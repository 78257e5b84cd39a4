import { Form, Link } from "@remix-run/react";
import BellPlus from "lucide-react/icons/bell-plus";
import { useTranslation } from "react-i18next";
import { ALERT_MODES, type AlertMode, SEARCH_NAME_LENGTH } from "~/modules/matching/schemas";
import { SelectField, SubmitRow, TextField } from "../forms";
import { Card } from "../ui";
import { Button } from "../ui/button";
import { useActiveFilters } from "./search-form";
import { type SearchParams, searchHref, searchText } from "./search-params";

type FieldsProps = {
  name: string;
  mode?: string;
  error?: (field: string) => string[] | undefined;
};

/** Name and rhythm of a saved search. */
export function SavedSearchFields({ name, mode = "immediate", error }: FieldsProps) {
  const { t } = useTranslation("searches");
  return (
    <>
      <TextField
        name="name"
        id="search-name"
        label={t("name")}
        hint={t("nameHint")}
        required
        maxLength={SEARCH_NAME_LENGTH}
        defaultValue={name}
        error={error?.("name")}
      />
      <SelectField
        name="mode"
        id="search-mode"
        label={t("mode")}
        hint={t("modeHint")}
        required
        defaultValue={mode}
        error={error?.("mode")}
        options={ALERT_MODES.map((one: AlertMode) => ({ value: one, label: t(`modes.${one}`) }))}
      />
    </>
  );
}

/** A search in words: what is typed and the filters in force. */
export function useAskedWords(params: SearchParams): string {
  const { t } = useTranslation("searches");
  const filters = useActiveFilters(params).map(({ name }) => name);
  const parts = [...(params.q ? [t("words", { q: params.q })] : []), ...filters];
  return parts.length > 0 ? parts.join(" · ") : t("everything");
}

/** Keeps the search as it stands, with alerts; who is not signed in is led there and back. */
export function SaveSearch({ params, signedIn }: { params: SearchParams; signedIn: boolean }) {
  const { t } = useTranslation("searches");
  const words = useAskedWords(params);
  const next = encodeURIComponent(searchHref(params));
  if (!signedIn)
    return (
      <p className="no-print mt-6">
        <Link className="link inline-flex min-h-11 items-center gap-2" to={`/sign-in?next=${next}`}>
          <BellPlus size={18} aria-hidden="true" className="shrink-0" />
          {t("save.signIn")}
        </Link>
      </p>
    );
  return (
    <details className="no-print card mt-6 min-w-0 px-4 py-2 sm:px-5">
      <summary className="inline-flex min-h-11 items-center gap-2 font-medium text-link">
        <BellPlus size={18} aria-hidden="true" className="shrink-0" />
        {t("save.title")}
      </summary>
      <p className="mt-2 max-w-text">{t("save.text")}</p>
      <p className="mb-4 text-sm text-muted">
        {t("asked")}: {words}
        {params.days ? ` ${t("save.fresh")}` : ""}
      </p>
      <Form method="post" action="/account/searches" className="max-w-text">
        <input type="hidden" name="asked" value={searchText({ ...params, days: undefined })} />
        <SavedSearchFields name={words.slice(0, SEARCH_NAME_LENGTH)} />
        <SubmitRow>
          <Button name="intent" value="save">
            {t("save.button")}
          </Button>
        </SubmitRow>
      </Form>
    </details>
  );
}

/** The same form on a page of its own: after a mistake. */
export function SaveSearchCard(props: FieldsProps & { asked: string }) {
  const { t } = useTranslation("searches");
  return (
    <Card title={t("save.title")} className="mb-6 max-w-text">
      <Form method="post">
        <input type="hidden" name="asked" value={props.asked} />
        <SavedSearchFields {...props} />
        <SubmitRow>
          <Button name="intent" value="save">
            {t("save.button")}
          </Button>
        </SubmitRow>
      </Form>
    </Card>
  );
}
