import { randomBytes, randomUUID } from "node:crypto";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import helmet from "helmet";
import type { ServeContainer } from "../container.server";
import type { Actor, Ctx } from "../context";
import { type Metrics, mayReadMetrics } from "../metrics.server";
import { loginCookieName, readCookie } from "./cookies.server";
import { createEventStream, type LiveSource } from "./event-stream.server";
import { pickLocale } from "./locale.server";
import { routeNames } from "./route-names";
import type { RequestScope } from "./scope";

/** Turns the login cookie's secret into the person behind it; null when there is none (any more). */
export type ResolveActor = (
  container: ServeContainer,
  token: string,
) => Promise<{ actor: Extract<Actor, { kind: "person" }>; locale: "vi" | "en" } | null>;

export type AppOptions = {
  container: ServeContainer;
  resolveActor: ResolveActor;
  build: () => Promise<ServerBuild>;
  /** Vite's middleware in development; static files are served from build/client otherwise */
  assets: RequestHandler[];
  strictCsp: boolean;
  /** counts answered requests; read at /metrics with METRICS_TOKEN */
  metrics?: Metrics;
  /** what signed-in people are kept up to date about, by path */
  live?: { path: string; source: LiveSource };
};

function requestScope(
  container: ServeContainer,
  resolveActor: ResolveActor,
  req: Request,
  requestId: string,
): RequestScope {
  let pending: Promise<Ctx> | undefined;
  const scope: RequestScope = {
    ctx: null,
    remoteAddress: req.ip ?? "unknown",
    resolve() {
      pending ??= (async () => {
        const token = readCookie(req.headers.cookie, loginCookieName(container.env));
        const signedIn = token ? await resolveActor(container, token) : null;
        // only the query is read: "//" and the like are addresses that URL refuses
        const query = req.originalUrl.indexOf("?");
        const url = new URL(query === -1 ? "/" : req.originalUrl.slice(query), container.env.PUBLIC_URL);
        const ctx: Ctx = {
          ...container.ports,
          log: container.log.child({ requestId }),
          actor: signedIn?.actor ?? { kind: "anonymous" },
          requestId,
          locale: pickLocale(
            { url, cookie: req.headers.cookie, acceptLanguage: req.headers["accept-language"] },
            signedIn?.locale,
          ),
        };
        scope.ctx = ctx;
        return ctx;
      })();
      return pending;
    },
  };
  return scope;
}

/** Called by programs that are no browsers and send no Origin; what they may do is in the token or signature they carry. */
const FROM_PROGRAMS = /^\/(mail\/stop\/[^/]+|hooks\/mail-bounces)$/;

/** Refuses writes that another site's page started: browsers send Origin or Sec-Fetch-Site with every one of them. */
function sameOrigin(publicUrl: string): RequestHandler {
  return (req, res, next) => {
    if (req.method === "GET" || req.method === "HEAD" || req.method === "OPTIONS") return next();
    if (FROM_PROGRAMS.test(req.path)) return next();
    const origin = req.headers.origin;
    const expected = [new URL(publicUrl).host, req.headers.host];
    const foreign =
      req.headers["sec-fetch-site"] === "cross-site" ||
      (origin !== undefined && (!URL.canParse(origin) || !expected.includes(new URL(origin).host))) ||
      (origin === undefined && req.headers["sec-fetch-site"] === undefined);
    if (foreign) return void res.status(403).type("text/plain").send("Cross-origin request refused.");
    next();
  };
}

/** Addresses whose last part is a one-time token: logged without it. */
const CARRIES_TOKEN =
  /\/(confirm|reset|invitations|(?:introductions|meetings|minutes|outcomes)\/answer|mail\/(?:stop|check))\/[^/]+/;

/** More than any form without files needs. */
const LARGEST_FORM = 1024 * 1024;
/** The forms that carry files: they want a sign-in first, and answer in words what is too large. */
const CARRIES_FILES = /^(\/my\/listings\/([^/]+\/edit(\/[a-z]+)?|import)|\/deals\/[^/]+\/documents)(\.data)?$/;

const TOO_LARGE = [
  "Nội dung gửi lên lớn hơn 1 MB nên chưa được nhận. Bấm nút Quay lại của trình duyệt: phần đã nhập vẫn còn; xin rút ngắn rồi gửi lại.",
  "What was sent is larger than 1 MB and was not taken. Press your browser's Back button: what you typed is still there; please shorten it and send it again.",
].join("\n\n");

/** Actions read a form whole into memory: what is too large, or does not say how large it is, is refused unread. */
function boundedForms(): RequestHandler {
  return (req, res, next) => {
    if (req.method === "GET" || req.method === "HEAD" || CARRIES_FILES.test(req.path)) return next();
    const told = req.headers["content-length"];
    const refused = told === undefined ? req.headers["transfer-encoding"] !== undefined : Number(told) > LARGEST_FORM;
    if (refused) {
      res.setHeader("Connection", "close");
      return void res.status(413).type("text/plain").send(TOO_LARGE);
    }
    next();
  };
}

/** The Express application around Remix: headers, nonce, health, static files, request context. Starts nothing by itself. */
export function createApp({ container, resolveActor, build, assets, strictCsp, metrics, live }: AppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  if (container.env.TRUST_PROXY) app.set("trust proxy", container.env.TRUST_PROXY);
  app.use((_req, res, next) => {
    res.locals.nonce = randomBytes(16).toString("base64");
    res.locals.requestId = randomUUID();
    res.setHeader("X-Request-Id", res.locals.requestId);
    next();
  });
  app.use(
    helmet({
      crossOriginEmbedderPolicy: false,
      // "no-referrer" would make plain form posts send Origin: null, which the same-origin check must refuse
      referrerPolicy: { policy: "strict-origin-when-cross-origin" },
      strictTransportSecurity: container.env.PUBLIC_URL.startsWith("https:"),
      contentSecurityPolicy: strictCsp && {
        useDefaults: false,
        directives: {
          "default-src": ["'self'"],
          "script-src": ["'self'", (_req, res) => `'nonce-${(res as Response).locals.nonce}'`],
          "style-src": ["'self'"],
          "style-src-attr": ["'unsafe-inline'"],
          "img-src": ["'self'", "data:", "blob:"],
          "font-src": ["'self'"],
          "connect-src": ["'self'"],
          "object-src": ["'none'"],
          "base-uri": ["'self'"],
          "form-action": ["'self'"],
          "frame-ancestors": ["'none'"],
        },
      },
    }),
  );
  app.get("/healthz", (_req, res) => void res.json({ alive: true }));
  app.get("/readyz", (_req, res, next) => {
    container.ready().then((report) => res.status(report.ready ? 200 : 503).json(report), next);
  });
  if (metrics) {
    app.get("/metrics", (req, res, next) => {
      if (!mayReadMetrics(container.env.METRICS_TOKEN, req.headers.authorization)) return next();
      metrics.text().then((text) => res.set("Content-Type", metrics.contentType).send(text), next);
    });
  }
  let named: { build: ServerBuild; name: (path: string) => string } | undefined;
  if (live) {
    const stream = createEventStream(
      container.ports.signals,
      (req, res) => requestScope(container, resolveActor, req, res.locals.requestId).resolve(),
      live.source,
    );
    app.get(live.path, stream.handler);
    // streams never end by themselves: a server that closes must end them
    app.locals.endStreams = stream.close;
  }
  app.use(compression());
  for (const handler of assets) app.use(handler);
  app.use((req, res, next) => {
    const started = process.hrtime.bigint();
    res.on("finish", () => {
      const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
      // the path may hold a one-time token: log the route's shape only
      const path = req.path.replace(CARRIES_TOKEN, "/$1/…");
      const route = named?.name(req.path) ?? "none";
      metrics?.http({ method: req.method, route, status: res.statusCode }, milliseconds / 1000);
      container.log.info(
        { requestId: res.locals.requestId, method: req.method, path, status: res.statusCode, milliseconds },
        "request",
      );
    });
    next();
  });
  app.use(sameOrigin(container.env.PUBLIC_URL));
  app.use(boundedForms());
  app.all("*", async (req, res, next) => {
    try {
      const current = await build();
      if (metrics && named?.build !== current) named = { build: current, name: routeNames(current) };
      const handler = createRequestHandler({
        build: current,
        mode: container.env.NODE_ENV,
        getLoadContext: () => ({
          cspNonce: res.locals.nonce,
          scope: requestScope(container, resolveActor, req, res.locals.requestId),
        }),
      });
      await handler(req, res, next);
    } catch (error) {
      next(error);
    }
  });
  const lastResort: express.ErrorRequestHandler = (error, _req, res, _next) => {
    container.log.error({ err: error, requestId: res.locals.requestId }, "request failed");
    if (res.headersSent) return void res.end();
    res
      .status(500)
      .type("text/plain")
      .send(`Có lỗi ngoài dự kiến / Something went wrong. Ref: ${res.locals.requestId}`);
  };
  app.use(lastResort);
  return app;
}
