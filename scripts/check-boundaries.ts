/** Checks the house: direction of imports, lengths, complete locales, keys that exist. Ends with 1 when something is wrong. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkBoundaries, checkProse, type SourceFile, type Violation } from "./lib/boundaries";
import { checkLocales, checkUsedKeys, type Locales } from "./lib/locale-keys";

function read(folders: string[], accept: RegExp): SourceFile[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && accept.test(entry.name))
        .map((entry) => path.join(entry.parentPath, entry.name).replaceAll(path.sep, "/"))
        .filter((file) => !file.startsWith("app/generated/") && !/\/(node_modules|output)\//.test(file))
        .map((file) => ({ path: file, text: readFileSync(file, "utf8") })),
    );
}

function readLocales(): Locales {
  const locales: Locales = {};
  for (const language of ["vi", "en"]) {
    const texts: Locales[string] = {};
    for (const file of read([`app/locales/${language}`], /\.json$/)) {
      texts[path.basename(file.path, ".json")] = JSON.parse(file.text) as Record<string, unknown>;
    }
    locales[language] = texts;
  }
  return locales;
}

/** A lock file that names where its packages came from only installs there. */
function checkLockFile(): Violation[] {
  const text = readFileSync("package-lock.json", "utf8");
  return text.includes('"resolved": "http')
    ? [{ path: "package-lock.json", message: "names a registry's address (see .npmrc)" }]
    : [];
}

const code = read(["app", "workers", "scripts", "tests", "prisma"], /\.(tsx?|mjs|js)$/);
const shipped = code.filter((file) => !/\.test\.tsx?$/.test(file.path) && /^(app|workers)\//.test(file.path));
const prose = [...code, ...read(["docs", ".ci"], /./)];
const locales = readLocales();
const violations = [
  ...checkBoundaries(code),
  ...checkProse(prose),
  ...checkLocales(locales),
  ...checkUsedKeys(shipped, locales),
  ...checkLockFile(),
];

for (const { path: file, message } of violations) console.error(`${file}: ${message}`);
console.log(
  violations.length === 0
    ? `${code.length} files keep to the house.`
    : `${violations.length} breaches of the house's rules.`,
);
process.exit(violations.length === 0 ? 0 : 1);
