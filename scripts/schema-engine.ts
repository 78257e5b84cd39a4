import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import * as background from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { Pool, QueryResult } from "pg";

/**
 * Prisma's schema engine from its WASM package: no binary is downloaded, and migrations run in-process.
 * Three faults of the stock adapter are mended here: PostgreSQL's "char" type, scripts split at `;`
 * (which breaks $$ bodies and atomicity), and a shadow database that is really the main one.
 */
type Disposable = { dispose(): Promise<void> };
type Connected = SqlDriverAdapter & {
  performIO(query: unknown): Promise<QueryResult>;
  underlyingDriver(): Pool;
};

let engineReady: Promise<void> | undefined;

/** Instantiates the WASM module once; its 10 s lock timer is unref()ed so that a process can end. */
function boot(): Promise<void> {
  engineReady ??= (async () => {
    const require = createRequire(import.meta.url);
    const entry = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const file = path.join(path.dirname(entry), "schema_engine_bg.wasm");
    const imports: Record<string, unknown> = { ...background };
    for (const [key, value] of Object.entries(imports)) {
      if (!key.startsWith("__wbg_setTimeout") || typeof value !== "function") continue;
      imports[key] = (...args: unknown[]) => {
        const timer: unknown = value(...args);
        if (typeof timer === "object" && timer !== null && "unref" in timer) (timer as NodeJS.Timeout).unref();
        return timer;
      };
    }
    const { instance } = await WebAssembly.instantiate(readFileSync(file), {
      "./schema_engine_bg.js": imports as WebAssembly.ModuleImports,
    });
    background.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start === "function") start();
  })();
  return engineReady;
}

const CHAR_OID = 18;
const TEXT_OID = 25;

function mend(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const a = adapter as Connected;
  const performIO = a.performIO.bind(a);
  const queryRaw = a.queryRaw.bind(a);
  const pool = a.underlyingDriver();
  let chars: number[] = [];
  a.performIO = async (query) => {
    const result = await performIO(query);
    chars = result.fields.flatMap((field, i) => (field.dataTypeID === CHAR_OID ? [i] : []));
    return {
      ...result,
      fields: result.fields.map((f) => (f.dataTypeID === CHAR_OID ? { ...f, dataTypeID: TEXT_OID } : f)),
    };
  };
  a.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const i of chars) result.columnTypes[i] = ColumnTypeEnum.Character;
    return result;
  };
  a.executeScript = async (sql) => {
    try {
      await pool.query(sql);
    } catch (cause) {
      const d = cause as Record<string, string | undefined>;
      throw new DriverAdapterError({
        kind: "postgres",
        code: d.code ?? "N/A",
        severity: d.severity ?? "ERROR",
        message: d.message ?? String(cause),
        detail: d.detail,
        column: d.column,
        hint: d.hint,
      });
    }
  };
  return a;
}

function adapterFactory(url: string, opened: Disposable[]): SqlMigrationAwareDriverAdapterFactory {
  const base = new PrismaPg({ connectionString: url });
  return {
    provider: base.provider,
    adapterName: base.adapterName,
    async connect() {
      const adapter = mend(await base.connect());
      opened.push(adapter);
      return adapter;
    },
    async connectToShadowDb() {
      const admin = await base.connect();
      const name = `shadow_${crypto.randomUUID().replaceAll("-", "")}`;
      const target = new URL(url);
      await admin.executeScript(`CREATE DATABASE "${name}"`);
      target.pathname = `/${name}`;
      const shadow = await new PrismaPg({ connectionString: target.href }).connect();
      const end = shadow.dispose.bind(shadow);
      shadow.dispose = async () => {
        await end();
        await admin.executeScript(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
        await admin.dispose();
      };
      return mend(shadow);
    },
  };
}

const filters = { externalTables: [], externalEnums: [] };

function migrationsList(directory: string) {
  const names = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: directory,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: readFileSync(path.join(directory, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

async function withEngine<T>(
  url: string,
  schemaFile: string,
  work: (engine: background.SchemaEngine, text: string) => Promise<T>,
): Promise<T> {
  await boot();
  const text = readFileSync(schemaFile, "utf8");
  const opened: Disposable[] = [];
  const engine = await background.SchemaEngine.new(
    { datamodels: [["prisma/schema.prisma", text]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapterFactory(url, opened)),
  );
  try {
    return await work(engine, text);
  } finally {
    // the engine's advisory lock lives as long as its connection
    await Promise.all(opened.map((adapter) => adapter.dispose()));
  }
}

/** Applies every migration that the database has not seen. Forward only; several processes may call it at once. */
export async function applyMigrations(url: string, prismaDir: string): Promise<string[]> {
  return withEngine(url, path.join(prismaDir, "schema.prisma"), async (engine) => {
    const done = await engine.applyMigrations({
      migrationsList: migrationsList(path.join(prismaDir, "migrations")),
      filters,
    });
    return done.appliedMigrationNames;
  });
}

/** SQL that is missing between the migrations and schema.prisma; empty when they agree. */
export async function schemaDrift(url: string, prismaDir: string): Promise<string> {
  return withEngine(url, path.join(prismaDir, "schema.prisma"), async (engine, text) => {
    const diff = await engine.diff({
      from: { tag: "migrations", ...migrationsList(path.join(prismaDir, "migrations")) },
      to: { tag: "schemaDatamodel", files: [{ path: "prisma/schema.prisma", content: text }] },
      script: true,
      exitCode: true,
      filters,
    });
    return diff.exitCode === 2 ? (diff.stdout ?? "") : "";
  });
}
