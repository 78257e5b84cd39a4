import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import express from "express";
import { resolveActor, signIn } from "~/modules/accounts/index.server";
import { liveUnread } from "~/modules/notifications/index.server";
import { exchangeState } from "~/modules/operations/index.server";
import { createApp } from "~/platform/http/app.server";
import { loginCookieName } from "~/platform/http/cookies.server";
import { guardBuild } from "~/platform/http/guard.server";
import { createMetrics } from "~/platform/metrics.server";
import { buildAll } from "../../scripts/lib/prepare.mjs";
import { must, PASSWORD } from "../factories/people";
import type { TestWorld } from "./harness";

export type TestWeb = {
  url: string;
  build: ServerBuild;
  /** one request, redirects not followed; `token` is a login cookie's secret */
  request(
    method: "GET" | "POST",
    path: string,
    options?: { token?: string | null; body?: Record<string, string>; headers?: Record<string, string> },
  ): Promise<Response>;
  close(): Promise<void>;
};

/** The built application (built now if the sources changed) on this world, listening on a free port. */
export async function openTestWeb(world: TestWorld): Promise<TestWeb> {
  await buildAll(process.cwd(), { logFile: path.join(os.tmpdir(), "cungcau-test-build.log") });
  const build = guardBuild(
    (await import(/* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild,
    true,
  );
  const app = createApp({
    container: world.container,
    resolveActor,
    build: async () => build,
    assets: [express.static(path.resolve("build/client"))],
    strictCsp: true,
    live: liveUnread,
    ...(world.env.METRICS_TOKEN ? { metrics: createMetrics("web", () => exchangeState(world.container.ports)) } : {}),
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    build,
    request(method, where, { token, body, headers } = {}) {
      return fetch(url + where, {
        method,
        redirect: "manual",
        headers: {
          Origin: url,
          "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0",
          ...(token ? { Cookie: `${loginCookieName(world.env)}=${token}` } : {}),
          ...headers,
        },
        ...(method === "POST" ? { body: new URLSearchParams(body ?? {}) } : {}),
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

let address = 1;

/** Signs somebody made by the factories in; returns the login cookie's secret. */
export async function signInAs(world: TestWorld, email: string): Promise<string> {
  const result = must(
    await signIn(world.ctx(), {
      email,
      password: PASSWORD,
      remoteAddress: `198.51.100.${address++ % 250}`,
      userAgent: "test",
    }),
  );
  return result.loginToken;
}
