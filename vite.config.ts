import { fileURLToPath } from "node:url";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";

// not .pathname: that would keep blanks and Vietnamese letters of the folder's name percent-encoded
const app = fileURLToPath(new URL("./app", import.meta.url));

export default defineConfig({
  plugins: [tailwindcss(), remix(remixConfig)],
  build: {
    target: "es2022",
    // package.json says so too, but Vite forgets it for imports through the "~" alias: without this, one constant
    // from a schemas.ts brings all of zod (100 kB) to the browser
    rollupOptions: { treeshake: { moduleSideEffects: (id) => !id.startsWith(`${app}/`) || id.endsWith(".css") } },
  },
  // native server packages: the dependency scan of development follows routes into server files
  optimizeDeps: { exclude: ["@node-rs/argon2", "sharp"] },
  resolve: { alias: { "~": app } },
});
