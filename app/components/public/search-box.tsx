import { useFetcher, useNavigate } from "@remix-run/react";
import Search from "lucide-react/icons/search";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Suggestions } from "~/modules/matching/schemas";
import { Button } from "../ui";
import { searchHref } from "./search-params";

type SearchBoxProps = { q?: string; label: string; placeholder: string; hint?: string };
type Choice = { key: string; text: string; lang?: string; kind: "term" | "sector" | "need" | "offering"; to: string };

const PAUSE_MS = 150;

function choicesOf(found: Suggestions | undefined): Choice[] {
  if (!found) return [];
  return [
    ...found.terms.map((text): Choice => ({ key: `term ${text}`, text, kind: "term", to: searchHref({ q: text }) })),
    ...found.sectors.map(
      ({ code, name }): Choice => ({ key: code, text: name, kind: "sector", to: searchHref({ sector: code }) }),
    ),
    ...found.listings.map(
      ({ kind, reference, address, title, lang }): Choice => ({
        key: reference,
        text: title,
        lang,
        kind,
        to: address,
      }),
    ),
  ];
}

/**
 * The one box that searches; also on the front page. Proposes terms, sectors and listings as one types (ARIA combobox with a
 * list box: arrows choose, Enter goes there, Escape closes); without JavaScript it is a plain search field.
 */
export function SearchBox({ q, label, placeholder, hint }: SearchBoxProps) {
  const { t } = useTranslation("search");
  const fetcher = useFetcher<Suggestions>();
  const navigate = useNavigate();
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const waiting = useRef<ReturnType<typeof setTimeout>>();
  const choices = open ? choicesOf(fetcher.data) : [];
  const shown = choices.length > 0;
  useEffect(() => () => clearTimeout(waiting.current), []);

  const typed = (text: string) => {
    clearTimeout(waiting.current);
    setAt(-1);
    if (text.trim().length < 2) return setOpen(false);
    waiting.current = setTimeout(() => {
      setOpen(true);
      fetcher.load(`/search/suggest?${new URLSearchParams({ q: text })}`);
    }, PAUSE_MS);
  };
  const close = () => {
    clearTimeout(waiting.current);
    setOpen(false);
    setAt(-1);
  };
  const pressed = (event: KeyboardEvent) => {
    if (!shown) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      // -1 is the field itself
      setAt(((at + 1 + step + choices.length + 1) % (choices.length + 1)) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      const chosen = choices[at];
      close();
      if (!chosen) return;
      event.preventDefault();
      navigate(chosen.to);
    }
  };
  return (
    <div>
      <label htmlFor="q" className="mb-1.5 block font-semibold">
        {label}
      </label>
      <div className="flex flex-col gap-2 sm:flex-row">
        <div className="relative min-w-0 flex-1">
          <input
            id="q"
            name="q"
            type="search"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={shown}
            aria-controls={shown ? listId : undefined}
            aria-activedescendant={shown && at >= 0 ? `${listId}-${at}` : undefined}
            autoComplete="off"
            defaultValue={q}
            maxLength={200}
            placeholder={placeholder}
            enterKeyHint="search"
            aria-describedby={hint ? "q-hint" : undefined}
            className="control min-h-13 text-lg"
            onChange={(event) => typed(event.target.value)}
            onKeyDown={pressed}
            onBlur={close}
          />
          {shown ? (
            <div
              id={listId}
              role="listbox"
              aria-label={t("suggest.label")}
              className="absolute inset-x-0 top-full z-30 mt-1 max-h-96 overflow-y-auto rounded-md border border-line bg-surface py-1 shadow-lg"
            >
              {choices.map((choice, place) => (
                // the field keeps the focus; a press chooses before the field loses it
                // biome-ignore lint/a11y/useFocusableInteractive: a combobox moves through its options by aria-activedescendant
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field
                <div
                  key={choice.key}
                  id={`${listId}-${place}`}
                  role="option"
                  aria-selected={place === at}
                  className="flex min-h-11 cursor-pointer items-baseline gap-3 px-4 py-2 hover:bg-sunken aria-selected:bg-primary-soft"
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => {
                    close();
                    navigate(choice.to);
                  }}
                >
                  <span lang={choice.lang} className="line-clamp-2 min-w-0 flex-1">
                    {choice.text}
                  </span>
                  <span className="shrink-0 text-sm text-muted">{t(`suggest.${choice.kind}`)}</span>
                </div>
              ))}
            </div>
          ) : null}
          <p className="sr-only" aria-live="polite">
            {shown ? t("suggest.count", { count: choices.length }) : ""}
          </p>
        </div>
        <Button size="large" className="shrink-0">
          <Search size={22} aria-hidden="true" />
          {t("apply")}
        </Button>
      </div>
      {hint ? (
        <p id="q-hint" className="mt-1.5 text-sm text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
