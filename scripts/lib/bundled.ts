import { buildSync } from "esbuild";

const made = new Map<string, string>();

/**
 * A program of ours as one file of JavaScript, made once per process: it starts in a third of the time that `tsx` needs,
 * which counts where processes are killed and started many times. @returns the file to run with `node`
 */
export function bundled(program: string): string {
  const known = made.get(program);
  if (known) return known;
  // inside the project, so that packages are found
  const outfile = `node_modules/.cache/programs/${program.replace(/\W+/g, "-")}-${process.pid}.mjs`;
  buildSync({
    entryPoints: [program],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  made.set(program, outfile);
  return outfile;
}
