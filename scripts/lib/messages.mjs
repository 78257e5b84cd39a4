// What the launcher and the test runner say. Plain Node: nothing here may need an installed package.

/**
 * A failure in words that a person can act on, in Vietnamese and English. Printed as one line, never with a stack.
 */
export class StartError extends Error {
  /**
   * @param {string} vi what happened and what to do, in Vietnamese
   * @param {string} en the same in English
   * @param {ErrorOptions} [options]
   */
  constructor(vi, en, options) {
    super(`${vi} / ${en}`, options);
    this.name = "StartError";
  }
}

/** @param {unknown} error */
export function errorCode(error) {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/**
 * Numbered progress lines: one when a step begins, one with its duration when it is done.
 * @param {number} total
 * @param {(line: string) => void} [print]
 */
export function createProgress(total, print = console.log) {
  let number = 0;
  return {
    /**
     * @template T
     * @param {string} vi
     * @param {string} en
     * @param {(note: (text: string) => void) => T | Promise<T>} work may give a note that is shown after the duration
     * @returns {Promise<T>}
     */
    async step(vi, en, work) {
      number += 1;
      const label = `[${number}/${total}] ${vi} / ${en}`;
      print(`${label} …`);
      const started = performance.now();
      let note = "";
      const result = await work((text) => {
        note = ` (${text})`;
      });
      print(`${label}: ${seconds(performance.now() - started)}${note}`);
      return result;
    },
  };
}

const noSpace = /ENOSPC|No space left on device/;
const noNetwork = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|network request/;
const noAccess = /EACCES|EPERM|Permission denied/;

/**
 * Why a program that was started failed, told from its output.
 * @param {{ vi: string; en: string }} what the step, e.g. { vi: "Cài đặt gói", en: "Installing packages" }
 * @param {string} output
 * @param {string} logFile where all of it can be read
 */
export function explainFailure(what, output, logFile) {
  if (noSpace.test(output)) {
    return new StartError(
      `${what.vi} không xong vì ổ đĩa đã đầy. Hãy giải phóng ít nhất 2 GB rồi chạy lại lệnh này.`,
      `${what.en} failed because the disk is full. Free at least 2 GB and run this command again.`,
    );
  }
  if (noNetwork.test(output)) {
    return new StartError(
      `${what.vi} không xong vì không kết nối được mạng. Kiểm tra mạng hoặc máy chủ trung gian (proxy) rồi chạy lại. Chi tiết: ${logFile}`,
      `${what.en} failed because the network could not be reached. Check the network or proxy and run this command again. Details: ${logFile}`,
    );
  }
  if (noAccess.test(output)) {
    return new StartError(
      `${what.vi} không xong vì thiếu quyền ghi. Hãy chạy bằng tài khoản sở hữu thư mục này. Chi tiết: ${logFile}`,
      `${what.en} failed for lack of permission. Run it as the user who owns this folder. Details: ${logFile}`,
    );
  }
  return new StartError(
    `${what.vi} không xong. Xem chi tiết trong ${logFile}, sửa lỗi rồi chạy lại.`,
    `${what.en} failed. Read ${logFile}, mend what it says and run this command again.`,
  );
}
