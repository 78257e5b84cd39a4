import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Where a program lies on the PATH, null when it does not. */
export function onPath(program: string): string | null {
  for (const directory of (process.env.PATH ?? "").split(path.delimiter)) {
    const file = path.join(directory, program);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not here
    }
  }
  return null;
}
