import { defineConfig } from "@playwright/test";

/** Browser tests on the built application: one server with the demo exchange, a worker and a real SMTP server. */
export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "tests/e2e/output",
  globalSetup: "./tests/e2e/setup/global.ts",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: "line",
  use: {
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
