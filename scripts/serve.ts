/** The web process: Express around Remix. Development and production in one file. */
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import express, { type RequestHandler } from "express";
import { resolveActor } from "~/modules/accounts/index.server";
import { liveUnread } from "~/modules/notifications/index.server";
import { claimFiles, exchangeState } from "~/modules/operations/index.server";
import { checkFiles, createServeContainer } from "~/platform/container.server";
import { EnvError, parseEnv } from "~/platform/env.server";
import { createApp } from "~/platform/http/app.server";
import { guardBuild } from "~/platform/http/guard.server";
import { createMetrics } from "~/platform/metrics.server";
import { FilesError } from "~/platform/ports/files";

async function main(): Promise<void> {
  const env = parseEnv(process.env);
  const container = createServeContainer(env);
  await checkFiles(container);
  await container.ports.search.prepare();
  if (env.S3_BUCKET) await claimFiles({ ...container.ports, log: container.log });
  const server = createServer();
  const demo = env.APP_MODE !== "production";

  const assets: RequestHandler[] = [];
  let build: () => Promise<ServerBuild>;
  if (env.NODE_ENV === "development") {
    const vite = await (await import("vite")).createServer({
      server: { middlewareMode: true, hmr: { server } },
      appType: "custom",
    });
    assets.push(vite.middlewares);
    build = async () =>
      guardBuild((await vite.ssrLoadModule("virtual:remix/server-build")) as unknown as ServerBuild, demo);
  } else {
    const client = path.resolve("build/client");
    // hashed names never change; everything else (favicon, robots.txt) may
    assets.push(
      express.Router().use("/assets", express.static(path.join(client, "assets"), { immutable: true, maxAge: "1y" })),
      express.static(client, { maxAge: "1h" }),
    );
    const loaded = guardBuild(
      (await import(pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild,
      demo,
    );
    build = async () => loaded;
  }
  const app = createApp({
    container,
    resolveActor,
    build,
    assets,
    strictCsp: env.NODE_ENV !== "development",
    live: liveUnread,
    ...(env.METRICS_TOKEN ? { metrics: createMetrics("web", () => exchangeState(container.ports)) } : {}),
  });
  server.on("request", app);

  server.on("error", (error: NodeJS.ErrnoException) => {
    console.error(
      error.code === "EADDRINUSE"
        ? `Port ${env.PORT} is taken by another program. Stop that program or choose another port: PORT=${env.PORT + 1} npm start`
        : `The web server could not start: ${error.message}`,
    );
    process.exit(1);
  });
  server.listen(env.PORT, env.HOST, () => container.log.info({ port: env.PORT }, "web ready"));

  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    // running requests may finish; idle keep-alive connections are let go
    app.locals.endStreams?.();
    server.close(() => void container.close().finally(() => process.exit(0)));
    server.closeIdleConnections();
    setTimeout(() => process.exit(1), 10_000).unref();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError || error instanceof FilesError ? error.message : error);
  process.exit(1);
});
