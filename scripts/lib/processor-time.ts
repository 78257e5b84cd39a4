import { readFileSync } from "node:fs";

/** Length of a tick of /proc on Linux, in milliseconds (USER_HZ is 100 everywhere). */
const TICK_MS = 10;

/** Processor time that a process has used so far, in milliseconds: what counts on a machine that others use as well. */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
