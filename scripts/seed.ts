/** Loads the reference data; in the demo also the demo logins, the imported listings and listings at every stage. */
import { createServeContainer, systemCtx } from "~/platform/container.server";
import { EnvError, parseEnv } from "~/platform/env.server";
import { seedExchange } from "../prisma/seed/seed-exchange";

async function main(): Promise<void> {
  const container = createServeContainer(parseEnv(process.env), { name: "seed" });
  try {
    await seedExchange(systemCtx(container, "seed"), (line) => console.log(line));
  } finally {
    await container.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError ? error.message : error);
  process.exit(1);
});
