import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import type { Env } from "./env.server";

/** Places where a test may kill the process, to prove that no crash loses or doubles a notice or loses a mail. */
export type FaultPoint =
  | "deliver:after-claim"
  | "deliver:before-data"
  | "deliver:after-250"
  | "deliver:before-commit"
  | "notify:before-commit"
  | "notify:after-commit"
  | "relay:after-queued";

let armed: { name: string; file: string } | null = null;

/** Arms the point named by FAULT_POINT; does nothing outside APP_MODE=test. Called by the worker's main only. */
export function armFaultPoint(env: Env): void {
  armed =
    env.APP_MODE === "test" && env.FAULT_POINT && env.FAULT_FILE
      ? { name: env.FAULT_POINT, file: env.FAULT_FILE }
      : null;
}

/** Is this point armed? Whoever has to pay for reaching it asks first. */
export const isArmed = (name: FaultPoint): boolean => armed?.name === name;

/**
 * Dies here as by `kill -9` when this point is armed: no handler runs, nothing is flushed. The first hit is recorded in
 * FAULT_FILE, whose existence lets every later pass through, so that a restarted worker survives the same place.
 */
export function faultPoint(name: FaultPoint): void {
  if (armed?.name !== name) return;
  let file: number;
  try {
    file = openSync(armed.file, "wx");
  } catch {
    return;
  }
  writeSync(file, `${name} ${process.pid}\n`);
  fsyncSync(file);
  closeSync(file);
  process.kill(process.pid, "SIGKILL");
  // the signal is on its way; not one more statement of ours may run
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
