import { RemixBrowser } from "@remix-run/react";
import { StrictMode } from "react";
import { flushSync } from "react-dom";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { createI18n, type Words } from "./locales";

/**
 * Waits for the loaders' data that came with the page. RemixBrowser suspends the whole document while it decodes them, and
 * React 18 throws "root did not complete" (#345) when somebody presses a button in that moment. It throws the promise
 * before its first hook, so it may be called here; when the data is there the call fails differently, which is fine.
 */
async function dataDecoded(): Promise<void> {
  try {
    RemixBrowser({});
  } catch (pending) {
    if (pending instanceof Promise) await pending;
  }
}

/** Loads the page's language only, then brings the page to life at one go. */
async function start(): Promise<void> {
  const locale = document.documentElement.lang === "en" ? "en" : "vi";
  const [{ resources }] = await Promise.all([
    locale === "en" ? import("./locales/en") : import("./locales/vi"),
    dataDecoded(),
  ]);
  // what the page was drawn with
  const root = window.__remixContext.state.loaderData?.root as { words?: Words } | undefined;
  const i18n = createI18n(locale, resources, root?.words);
  flushSync(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <I18nextProvider i18n={i18n}>
          <RemixBrowser />
        </I18nextProvider>
      </StrictMode>,
    );
  });
}

/** Opens for the printer what is folded on the screen, in browsers whose style sheets cannot (app.css, `.on-paper`). */
function unfoldOnPaper(): void {
  const opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll<HTMLDetailsElement>("details.on-paper:not([open])")) {
      one.open = true;
      opened.push(one);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened.splice(0)) one.open = false;
  });
}

unfoldOnPaper();
void start();
