import type { Resources } from "./index";

const files = import.meta.glob<{ default: Record<string, unknown> }>("./vi/*.json", { eager: true });

/** All texts in this language by namespace. */
export const resources: Resources = Object.fromEntries(
  Object.entries(files).map(([path, file]) => [path.replace("./vi/", "").replace(".json", ""), file.default]),
);
