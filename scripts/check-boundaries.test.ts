import { describe, expect, it } from "vitest";
import { checkBoundaries, checkProse, importsOf, type SourceFile } from "./lib/boundaries";
import { checkLocales, checkUsedKeys } from "./lib/locale-keys";

const file = (path: string, ...lines: string[]): SourceFile => ({ path, text: lines.join("\n") });
const messages = (...files: SourceFile[]) => checkBoundaries(files).map((one) => one.message);

describe("imports", () => {
  it("are found however they are written", () => {
    const text =
      'import a from "a";\nimport type { B } from "b";\nimport {\n  c,\n  d,\n} from "c";\nimport "d";\nexport { e } from "e";\nconst f = await import("f");';
    expect(importsOf(text).map((one) => one.specifier)).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(importsOf(text).map((one) => one.typeOnly)).toEqual([false, true, false, false, false, false]);
  });
});

describe("the house", () => {
  it.each([
    [
      "an inner file of another context",
      "app/modules/listings/commands/a.server.ts",
      "~/modules/accounts/policy",
      /only the doors/,
    ],
    [
      "an inner file by a relative path",
      "app/modules/listings/policy.ts",
      "../accounts/domain/tax-code",
      /only the doors/,
    ],
    [
      "a higher context",
      "app/modules/listings/commands/a.server.ts",
      "~/modules/matching/index.server",
      /may not know/,
    ],
    [
      "notifications",
      "app/modules/deals/commands/a.server.ts",
      "~/modules/notifications/index.server",
      /imported by no module/,
    ],
    [
      "an adapter",
      "app/modules/documents/commands/a.server.ts",
      "~/platform/adapters/files-local.server",
      /only the container/,
    ],
    ["a route", "app/components/ui/card.tsx", "~/routes/_index", /nothing imports routes/],
    [
      "an inner file from a route",
      "app/routes/search.tsx",
      "~/modules/matching/queries/search.server",
      /only the doors/,
    ],
    [
      "a handler from a script",
      "scripts/seed.ts",
      "~/modules/matching/jobs/index.handler.server",
      /handlers are imported by workers only/,
    ],
    [
      "the database in domain code",
      "app/modules/listings/domain/states.ts",
      "~/generated/prisma/client",
      /database client/,
    ],
    ["input and output in domain code", "app/modules/listings/domain/states.ts", "node:fs", /pure/],
    ["a server file in domain code", "app/modules/listings/domain/states.ts", "~/platform/audit.server", /pure/],
    ["a server file in schemas", "app/modules/listings/schemas.ts", "~/platform/db/client.server", /client-safe/],
    [
      "a module in the platform",
      "app/platform/http/app.server.ts",
      "~/modules/accounts/index.server",
      /platform knows no module/,
    ],
    ["data in a component", "app/components/ui/card.tsx", "~/modules/listings/index.server", /components read no data/],
  ])("finds %s", (_what, from, specifier, message) => {
    expect(messages(file(from, `import { x } from "${specifier}";`))).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    ["app/modules/matching/commands/a.server.ts", "~/modules/listings/index.server"],
    ["app/modules/notifications/jobs/a.handler.server.ts", "~/modules/matching/index.server"],
    ["app/modules/listings/commands/a.server.ts", "../domain/states"],
    ["app/routes/search.tsx", "~/modules/matching/index.server"],
    ["workers/main.ts", "~/modules/matching/jobs/index-listing.handler.server"],
    ["tests/contract/queue/queue.test.ts", "~/platform/adapters/queue-bullmq.server"],
    ["app/modules/listings/domain/states.ts", "~/generated/prisma/enums"],
  ])("lets %s import %s", (from, specifier) => {
    expect(messages(file(from, `import { x } from "${specifier}";`))).toEqual([]);
  });

  it("limits how long a file may be", () => {
    const long = Array.from({ length: 300 }, () => "");
    expect(messages(file("app/routes/a.tsx", ...long))).toEqual([expect.stringMatching(/at most 250/)]);
    expect(messages(file("app/modules/a/policy.ts", ...long))).toEqual([]);
  });

  it("finds paths of one machine", () => {
    const planted = ["", "home", "somebody", "cungcau"].join("/");
    expect(
      checkProse([file("docs/a.md", `See ${planted}`), file("docs/b.md", "https://example.org/home/a/b")]),
    ).toHaveLength(1);
  });
});

describe("locales", () => {
  const vi = { a: { save: "Lưu", left: "Còn {{days}} ngày", days_other: "{{count}} ngày" } };
  it("are complete in both languages, with the same placeholders", () => {
    const en = {
      a: { save: "Save", left: "{{days}} days left", days_one: "{{count}} day", days_other: "{{count}} days" },
    };
    expect(checkLocales({ vi, en })).toEqual([]);
    const worse = { a: { save: "", left: "{{day}} days left" } };
    expect(checkLocales({ vi, en: worse }).map((one) => one.message)).toEqual([
      '"save" is empty',
      '"left" has different placeholders',
      'lacks "days"',
    ]);
  });

  it("hold every key that the code names", () => {
    const text = [
      'const { t } = useTranslation("a");',
      't("save"); t("days", { count }); t("a:left"); t("gone"); t(`a:${code}`); t(`a:none.${code}`);',
      'return fail("a:missing");',
    ];
    expect(
      checkUsedKeys([file("app/routes/x.tsx", ...text)], { vi }).map((one) => /"(.+?)"/.exec(one.message)?.[1]),
    ).toEqual(["a:gone", "a:none.${code}", "a:missing"]);
  });
});
