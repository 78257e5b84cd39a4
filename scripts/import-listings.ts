/**
 * Imports listings of another exchange or collection and publishes them:
 *   npm run import-listings -- FILE --exchange NAME [--kind need|offering]
 * FILE is a JSON array; its fields are described in prisma/seed/data/listings/SOURCES.md. Rows without "kind" take --kind.
 * Running it again with the same file changes nothing; a changed row becomes a new version.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { importListings } from "~/modules/listings/index.server";
import { createServeContainer, systemCtx } from "~/platform/container.server";
import { EnvError, parseEnv } from "~/platform/env.server";

const USAGE = "Usage: npm run import-listings -- FILE --exchange NAME [--kind need|offering]";

function readRows(file: string, kind: string | undefined): unknown[] {
  const rows: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (!Array.isArray(rows)) throw new TypeError("the file holds no JSON array");
  return rows.map((row: unknown) =>
    typeof row === "object" && row !== null && kind && !("kind" in row) ? { ...row, kind } : row,
  );
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { exchange: { type: "string" }, kind: { type: "string" } },
  });
  const [file] = positionals;
  const exchange = values.exchange?.trim();
  if (!file || !exchange || exchange.length > 100 || (values.kind && !["need", "offering"].includes(values.kind))) {
    console.error(USAGE);
    return 2;
  }
  let items: unknown[];
  try {
    items = readRows(file, values.kind);
  } catch (error) {
    console.error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  const container = createServeContainer(parseEnv(process.env), { name: "import" });
  try {
    const result = await importListings(systemCtx(container, "import"), {
      items,
      homeExchange: exchange,
      onProgress: (done, of) => console.log(`${done} of ${of}`),
    });
    if (!result.ok) throw new Error(result.code);
    const { created, updated, unchanged, problems } = result.value;
    for (const { row, id, code, detail } of problems)
      console.error(`Row ${row} (${id ?? "no id"}): ${code}: ${detail}`);
    console.log(
      `${created} new, ${updated} changed, ${unchanged} as before, ${problems.length} left out. The workers index and match them.`,
    );
    return problems.length > 0 ? 1 : 0;
  } finally {
    await container.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof EnvError ? error.message : error);
    process.exitCode = 1;
  },
);
