import { accessSync, constants, existsSync, mkdirSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { errorCode, StartError } from "./messages.mjs";

const GIGABYTE = 1024 ** 3;

/** @throws {StartError} when this Node is too old to run the exchange */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new StartError(
    `Cần Node.js 20.19 trở lên, máy đang dùng ${process.versions.node}. Hãy cài bản mới từ nodejs.org rồi chạy lại.`,
    `Node.js 20.19 or newer is needed, this is ${process.versions.node}. Install a newer one from nodejs.org and run again.`,
  );
}

/**
 * @param {boolean} embedded whether PostgreSQL has to run here
 * @throws {StartError} where the embedded PostgreSQL has no binaries
 */
export function checkPlatform(embedded) {
  if (!embedded || (process.platform === "linux" && ["x64", "arm64"].includes(process.arch))) return;
  throw new StartError(
    `PostgreSQL đi kèm chỉ chạy trên Linux (x64, arm64). Trên ${process.platform}-${process.arch} hãy đặt DATABASE_URL tới một PostgreSQL từ bản 15, hoặc dùng WSL.`,
    `The embedded PostgreSQL runs on Linux (x64, arm64) only. On ${process.platform}-${process.arch} set DATABASE_URL to a PostgreSQL 15 or newer, or use WSL.`,
  );
}

/**
 * @param {string} directory
 * @param {number} gigabytes
 * @throws {StartError} when the disk that holds the directory is too full
 */
export function checkDisk(directory, gigabytes) {
  let place = path.resolve(directory);
  while (!existsSync(place)) place = path.dirname(place);
  const { bavail, bsize } = statfsSync(place);
  const free = (bavail * bsize) / GIGABYTE;
  if (free >= gigabytes) return;
  throw new StartError(
    `Ổ đĩa chứa ${place} chỉ còn ${free.toFixed(1)} GB, cần ít nhất ${gigabytes} GB. Hãy giải phóng chỗ trống rồi chạy lại.`,
    `The disk that holds ${place} has ${free.toFixed(1)} GB left and ${gigabytes} GB are needed. Free some space and run again.`,
  );
}

/**
 * Makes the data folder when it is absent and makes sure that it can be written.
 * @param {string} dataDir
 */
export function checkDataDir(dataDir) {
  try {
    // PostgreSQL's own account passes through this folder but need not read it
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(
      `Không ghi được vào thư mục dữ liệu ${dataDir}. Hãy đặt DATA_DIR tới thư mục mà tài khoản ${os.userInfo().username} ghi được.`,
      `The data folder ${dataDir} cannot be written. Set DATA_DIR to a folder that the user ${os.userInfo().username} may write to.`,
      { cause: error },
    );
  }
}

/**
 * The port the web process will listen on.
 * @param {string | undefined} text value of PORT
 */
export function parsePort(text) {
  if (text === undefined || text === "") return 3000;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new StartError(
    `PORT=${text} không phải là số cổng hợp lệ (1–65535). Ví dụ: PORT=3000 npm start`,
    `PORT=${text} is not a port number (1–65535). For example: PORT=3000 npm start`,
  );
}

/**
 * @param {number} port 0 = any free one
 * @param {string} host
 * @returns {Promise<number>} the port that could be listened on a moment ago
 */
function tryPort(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}

/**
 * @param {number} port
 * @param {string} host
 * @throws {StartError} when another program listens there, or this user may not
 */
export async function checkPort(port, host) {
  try {
    await tryPort(port, host);
  } catch (error) {
    if (errorCode(error) === "EADDRINUSE") {
      throw new StartError(
        `Cổng ${port} đang có chương trình khác dùng. Hãy dừng chương trình đó hoặc chọn cổng khác: PORT=${port + 1} npm start`,
        `Port ${port} is taken by another program. Stop that program or choose another port: PORT=${port + 1} npm start`,
        { cause: error },
      );
    }
    if (errorCode(error) === "EACCES") {
      throw new StartError(
        `Tài khoản này không được mở cổng ${port}. Hãy chọn cổng từ 1024 trở lên: PORT=3000 npm start`,
        `This user may not listen on port ${port}. Choose a port from 1024 up: PORT=3000 npm start`,
        { cause: error },
      );
    }
    throw new StartError(
      `Không mở được địa chỉ ${host}:${port} (${errorCode(error)}). Hãy kiểm tra HOST và PORT.`,
      `The address ${host}:${port} cannot be listened on (${errorCode(error)}). Check HOST and PORT.`,
      { cause: error },
    );
  }
}

/** A port that was free a moment ago on the loopback address. */
export function freePort() {
  return tryPort(0, "127.0.0.1");
}
