import { describe, expect, it } from "vitest";
import enMail from "~/locales/en/mail.json";
import enNotices from "~/locales/en/notifications.json";
import viMail from "~/locales/vi/mail.json";
import viNotices from "~/locales/vi/notifications.json";
import { EVENTS } from "~/platform/events";
import { CATALOGUE, SILENT } from "./catalogue";

const keys = (value: unknown, at = ""): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${at}.${key}`))
    : [at];
const placeholders = (value: unknown): string[] =>
  keys(value).map((key) => {
    const text = key
      .slice(1)
      .split(".")
      .reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], value);
    return `${key}:${[...String(text).matchAll(/\{\{(\w+)\}\}/g)]
      .map((found) => found[1])
      .sort()
      .join(",")}`;
  });

describe("notification catalogue", () => {
  it("knows every event: told to somebody or silent on purpose", () => {
    const told = new Set(CATALOGUE.map((rule) => rule.event));
    expect([...told, ...SILENT].sort()).toEqual(Object.keys(EVENTS).sort());
  });
  it("has words in both languages for every template and channel", () => {
    for (const { template, channels } of CATALOGUE) {
      for (const file of channels.includes("mail") ? [viMail, enMail] : []) {
        expect(Object.keys(file.templates), template).toContain(template);
      }
      for (const file of channels.includes("page") ? [viNotices, enNotices] : []) {
        expect(Object.keys(file.kinds), template).toContain(template);
      }
    }
  });
  it("says the same in both languages: same keys, same placeholders", () => {
    // English has plural forms of its own
    expect(keys(enMail).sort()).toEqual(keys(viMail).sort());
    expect(placeholders(enMail).sort()).toEqual(placeholders(viMail).sort());
    expect(
      keys(enNotices)
        .filter((key) => !/_(one|other)$/.test(key))
        .sort(),
    ).toEqual(
      keys(viNotices)
        .filter((key) => !/_(one|other)$/.test(key))
        .sort(),
    );
  });
});
