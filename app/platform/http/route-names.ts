import type { ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";

type Node = { id: string; path?: string; index?: boolean; caseSensitive?: boolean; children?: Node[] };

/** The name of the route that answers an address, for figures: one of the build's routes, so that there are only so many. */
export function routeNames(build: ServerBuild): (path: string) => string {
  const under = (parentId: string | undefined): Node[] =>
    Object.values(build.routes).flatMap((route) => {
      if (!route || route.parentId !== parentId) return [];
      const { id, path, index } = route;
      return [
        { id, ...(path === undefined ? {} : { path }), ...(index ? { index } : { children: under(id) }) } as Node,
      ];
    });
  const tree = under(undefined) as Parameters<typeof matchRoutes>[0];
  return (path) => {
    // single fetch asks for /x.data (and /_root.data) instead of /x
    const page = path.replace(/(^\/_root)?\.data$/, "") || "/";
    const found = matchRoutes(tree, page)?.at(-1)?.route.id;
    return found ?? "none";
  };
}
