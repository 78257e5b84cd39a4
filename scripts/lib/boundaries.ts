import path from "node:path";

/** A source file as the checks see it: path from the project's root with forward slashes, and its text. */
export type SourceFile = { path: string; text: string };
export type Violation = { path: string; message: string };

type Import = { specifier: string; typeOnly: boolean };

const IMPORTS =
  /(?:^|[\n;])\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Static and dynamic imports and re-exports of a file. */
export function importsOf(text: string): Import[] {
  return [...text.matchAll(IMPORTS)].map((match) => ({
    specifier: match[2] ?? match[3] ?? "",
    typeOnly: match[1] !== undefined,
  }));
}

/** The project path an import points at, without extension; null for packages and Node's own modules. */
export function resolveImport(from: string, specifier: string): string | null {
  const bare = specifier.split("?")[0]?.replace(/\.(tsx?|mjs|js)$/, "") ?? "";
  if (bare.startsWith("~/")) return `app/${bare.slice(2)}`;
  if (bare.startsWith(".")) return path.posix.normalize(path.posix.join(path.posix.dirname(from), bare));
  return null;
}

/** A context may use the doors of contexts with a lower rank. */
const RANK: Record<string, number> = {
  accounts: 0,
  documents: 1,
  listings: 2,
  matching: 3,
  brokering: 4,
  sessions: 5,
  deals: 6,
};
/** These read from all others; nothing below may know them. */
const ABOVE_ALL = new Set(["reports", "notifications", "exchange", "operations"]);
/** Packages that reach outside the process: never in domain code. */
const OUTSIDE =
  /^(node:(?!crypto$|path$|url$|util$)|pg$|bullmq|ioredis|nodemailer|meilisearch|sharp|express|@prisma\/|@remix-run\/|react)/;

const ROUTE_LINES = 250;
const FILE_LINES = 400;
const TEST_LINES = 600;

const isTest = (file: string) => /^tests\//.test(file) || /\.test\.tsx?$/.test(file);
const moduleOf = (file: string) => /^app\/modules\/([^/]+)\//.exec(`${file}/`)?.[1] ?? null;
const isDoor = (target: string) => /^app\/modules\/[^/]+\/(index\.server|schemas)$/.test(target);

function moduleRules(file: string, target: string, typeOnly: boolean): string | null {
  const own = moduleOf(file);
  const other = moduleOf(target);
  if (!other || own === other) return null;
  if (isTest(file)) return null;
  if (/^app\/platform\//.test(file)) return "the platform knows no module";
  const jobs = /^app\/modules\/[^/]+\/jobs\//.test(target);
  if (file.startsWith("workers/") && jobs) return null;
  if (!isDoor(target)) return `only the doors index.server and schemas of "${other}" may be imported from outside it`;
  if (/^app\/components\//.test(file) && target.endsWith("index.server") && !typeOnly) return "components read no data";
  if (!own) return null;
  if (other === "notifications") return "notifications learns from events and is imported by no module";
  if (ABOVE_ALL.has(own)) return null;
  const from = RANK[own];
  const to = RANK[other];
  if (from === undefined || to === undefined || to >= from) {
    return `"${own}" may not know "${other}" (deals → sessions → brokering → matching → listings → documents → accounts)`;
  }
  return null;
}

function importRules(file: string, { specifier, typeOnly }: Import): string | null {
  const target = resolveImport(file, specifier);
  const domain = /^app\/modules\/[^/]+\/domain\//.test(file) && !isTest(file);
  if (target === null)
    return domain && OUTSIDE.test(specifier) && !typeOnly ? "domain code is pure: no input or output" : null;
  if (/^app\/routes\//.test(target)) return "nothing imports routes";
  if (/^app\/platform\/adapters\//.test(target)) {
    const allowed =
      isTest(file) || file === "app/platform/container.server.ts" || /^app\/platform\/adapters\//.test(file);
    if (!allowed) return "only the container knows the adapters";
  }
  if (domain && /\.server$/.test(target)) return "domain code is pure: it imports no .server file";
  if (domain && /^app\/generated\/prisma\/(client|models|internal)/.test(target))
    return "domain code does not know the database client";
  if (/\/schemas\.ts$/.test(file) && /\.server$/.test(target) && !typeOnly)
    return "schemas are client-safe: they import no .server file";
  if (
    /\.handler\.server$/.test(target) &&
    !file.startsWith("workers/") &&
    !isTest(file) &&
    moduleOf(file) !== moduleOf(target)
  ) {
    return "handlers are imported by workers only";
  }
  return moduleRules(file, target, typeOnly);
}

function lengthRule({ path: file, text }: SourceFile): string | null {
  const lines = text.split("\n").length;
  const limit = file.startsWith("app/routes/") ? ROUTE_LINES : isTest(file) ? TEST_LINES : FILE_LINES;
  return lines > limit ? `${lines} lines; at most ${limit}` : null;
}

/** Every breach of the house's direction of imports and of its limits on length, in words that say what to do. */
export function checkBoundaries(files: SourceFile[]): Violation[] {
  return files.flatMap((file) => {
    const found = importsOf(file.text).flatMap((one) => {
      const message = importRules(file.path, one);
      return message ? [{ path: file.path, message: `imports "${one.specifier}": ${message}` }] : [];
    });
    const tooLong = lengthRule(file);
    return tooLong ? [...found, { path: file.path, message: tooLong }] : found;
  });
}

/** Absolute paths of somebody's machine have no place in the project. */
const MACHINE_PATH = /(?<![\w.:/-])\/(?:home|Users|root|work)\/[\w.-]+\/[\w.-]+/;

/** Text that only makes sense where it was written. */
export function checkProse(files: SourceFile[]): Violation[] {
  return files.flatMap((file) => {
    const match = MACHINE_PATH.exec(file.text);
    return match ? [{ path: file.path, message: `names a path of one machine: ${match[0]}` }] : [];
  });
}
