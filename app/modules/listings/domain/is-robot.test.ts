import { describe, expect, it } from "vitest";
import { isRobot } from "./is-robot";

const asks = (agent: string | null, more: Record<string, string> = {}) =>
  isRobot(new Headers({ ...(agent ? { "user-agent": agent } : {}), ...more }));
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

describe("who reads a page", () => {
  it("is a person in a browser, also in the one of Zalo and on a telephone", () => {
    expect(asks(FIREFOX)).toBe(false);
    expect(
      asks(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
      ),
    ).toBe(false);
    expect(
      asks("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Zalo/24.11 Safari/537.36"),
    ).toBe(false);
  });
  it("is nobody when a program asks, or a browser on a guess", () => {
    for (const agent of [
      null,
      "curl/8.5.0",
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
      "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
      "facebookexternalhit/1.1",
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/130.0 Safari/537.36",
      "python-requests/2.32",
    ])
      expect(asks(agent), String(agent)).toBe(true);
    expect(asks(FIREFOX, { "sec-purpose": "prefetch;prerender" })).toBe(true);
    expect(asks(FIREFOX, { "x-moz": "prefetch" })).toBe(true);
  });
});
