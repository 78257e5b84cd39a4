import { useTranslation } from "react-i18next";
import { useLocale } from "~/components/locale";
import { Timeline } from "~/components/ui";
import type { ListChangeView } from "~/platform/lists/list-changes.server";

type Value = unknown;
const listed = (value: Value): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Added and taken away of a list; before → after of anything else. */
function Difference({ name, before, after }: { name: string; before: Value; after: Value }) {
  const { t } = useTranslation(["lists", "listings", "units"]);
  const locale = useLocale();
  const said = (value: Value): string => {
    if (value === null || value === undefined || value === "") return "–";
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    // all its digits: a factor is no figure for reading
    if (typeof value === "number") return String(value).replace(".", locale === "en" ? "." : ",");
    if (name === "purpose") return t(`template.for.${value}`);
    if (name === "dimension") return t(`units:dimension.${value}`);
    if (name === "reasonCode") return t(`listings:reason.${value}`);
    return String(value);
  };
  const label = t(`field.${name}`);
  if (Array.isArray(before) || Array.isArray(after)) {
    const [was, is] = [listed(before), listed(after)];
    const added = is.filter((one) => !was.includes(one));
    const gone = was.filter((one) => !is.includes(one));
    return (
      <>
        {added.length > 0 ? (
          <p>
            {label}: {t("added")} <ins className="no-underline">{added.join("; ")}</ins>
          </p>
        ) : null}
        {gone.length > 0 ? (
          <p>
            {label}: {t("removed")} <del>{gone.join("; ")}</del>
          </p>
        ) : null}
      </>
    );
  }
  return (
    <p>
      {label}: {before === undefined ? null : <del className="text-muted">{said(before)}</del>}
      {before === undefined ? "" : " → "}
      <span className="font-medium">{said(after)}</span>
    </p>
  );
}

const same = (one: Value, other: Value) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Who changed what in a list and when, newest first. `named`: the entries differ and are named. */
export function ChangeHistory({ changes, named = false }: { changes: ListChangeView[]; named?: boolean }) {
  const { t } = useTranslation("lists");
  if (changes.length === 0) return <p className="text-muted">{t("historyEmpty")}</p>;
  return (
    <Timeline
      items={changes.map(({ seq, at, by, action, entryKey, before, after, note }) => ({
        key: String(seq),
        at,
        title: `${by} · ${t(`action.${action.replace(".", "_")}`)}${named ? ` · ${entryKey}` : ""}`,
        body: (
          <div className="text-sm break-words">
            {Object.keys(after)
              .filter((name) => !same(before[name], after[name]))
              .map((name) => (
                <Difference key={name} name={name} before={before[name]} after={after[name]} />
              ))}
            {note ? <p className="text-muted">{t("noteWas", { note })}</p> : null}
          </div>
        ),
      }))}
    />
  );
}
