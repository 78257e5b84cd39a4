import { Transform } from "node:stream";
import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/node";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { createI18n, type Words } from "./locales";
import { resources as en } from "./locales/en";
import { resources as vi } from "./locales/vi";
import { NonceContext } from "./platform/nonce";

const RENDER_LIMIT_MS = 10_000;

/**
 * The page's bytes without zero bytes. React 18 fills the rest of its buffer with them where a letter of several bytes does
 * not fit (facebook/react#24985): browsers show "Chuy\ufffdển" in a field's value. HTML has no zero byte of its own.
 */
function pageBody(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk);
    },
  });
}

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { locale } = await loadContext.scope.resolve();
  const root = remixContext.staticHandlerContext.loaderData.root as { words?: Words } | undefined;
  const i18n = createI18n(locale, locale === "en" ? en : vi, root?.words);
  const nonce = loadContext.cspNonce;
  // bots and people without a browser get the page when all of it is ready
  const whole = isbot(request.headers.get("user-agent"));
  return new Promise((resolve, reject) => {
    let failed = false;
    const answer = () => {
      const body = pageBody();
      body.on("close", () => clearTimeout(timer));
      headers.set("Content-Type", "text/html; charset=utf-8");
      headers.set("Content-Language", locale);
      if (!headers.has("Cache-Control")) headers.set("Cache-Control", "private, no-cache");
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: failed ? 500 : status }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <I18nextProvider i18n={i18n}>
          <RemixServer context={remixContext} url={request.url} nonce={nonce} />
        </I18nextProvider>
      </NonceContext.Provider>,
      {
        nonce,
        onShellReady: () => !whole && answer(),
        onAllReady: () => whole && answer(),
        onShellError: reject,
        onError: (error) => {
          failed = true;
          loadContext.scope.ctx?.log.error({ err: error }, "rendering failed");
        },
      },
    );
    const timer = setTimeout(abort, RENDER_LIMIT_MS);
  });
}

/** Surprises in loaders and actions: logged once, with the request's id, never shown. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  context.scope?.ctx?.log.error({ err: error }, "loader or action failed");
};
