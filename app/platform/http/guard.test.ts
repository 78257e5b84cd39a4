import type { LoaderFunctionArgs, ServerBuild } from "@remix-run/node";
import { describe, expect, it } from "vitest";
import type { Actor } from "../context";
import { guardBuild } from "./guard.server";

type Module = ServerBuild["routes"][string] extends infer R ? (R extends { module: infer M } ? M : never) : never;

function build(module: Record<string, unknown>): ServerBuild {
  const route = { id: "routes/x", path: "x", module: { default: () => null, ...module } as unknown as Module };
  return { routes: { "routes/x": route } } as unknown as ServerBuild;
}
const person = (...grants: ("broker" | "administrator" | "leader")[]): Actor => ({
  kind: "person",
  personId: "p",
  officeId: "o",
  loginId: "l",
  fullName: "x",
  email: "x",
  grants,
  memberships: [],
});
function args(actor: Actor, path = "/x", method = "GET"): LoaderFunctionArgs {
  const scope = { ctx: null, remoteAddress: "", resolve: async () => ({ actor }) };
  return {
    request: new Request(`http://h${path}`, { method }),
    params: {},
    context: { scope, cspNonce: "" },
  } as unknown as LoaderFunctionArgs;
}
async function call(
  handle: unknown,
  actor: Actor,
  part: "loader" | "action" = "loader",
  path?: string,
): Promise<number | string> {
  let ran = false;
  const work = () => {
    ran = true;
    return null;
  };
  const guarded = guardBuild(build({ handle, loader: work, action: work }), true);
  const route = guarded.routes["routes/x"]?.module;
  try {
    await route?.[part]?.(args(actor, path, part === "action" ? "POST" : "GET"));
    return "ran";
  } catch (answer) {
    if (!(answer instanceof Response)) throw answer;
    expect(ran).toBe(false);
    return answer.headers.get("location") ?? answer.status;
  }
}
const anonymous: Actor = { kind: "anonymous" };

describe("the guard around the build", () => {
  it.each([
    ["no handle", {}],
    ["a handle without access", { handle: {} }],
    ["an access that nobody knows", { handle: { access: "everybody" } }],
    ["an inherited name as access", { handle: { access: "toString" } }],
  ])("refuses to start with %s", (_what, module) => {
    expect(() => guardBuild(build({ loader: () => null, ...module }), true)).toThrow(/does not say who may use it/);
  });

  it("refuses to start when a page for some people has no loader to refuse the others", () => {
    expect(() => guardBuild(build({ handle: { access: "broker" } }), true)).toThrow(/has no loader/);
    expect(() => guardBuild(build({ handle: { access: "public" } }), true)).not.toThrow();
  });

  it("sends the signed-out to the sign-in page and back, before anything runs", async () => {
    expect(await call({ access: "signed-in" }, anonymous, "loader", "/x.data?page=2")).toBe(
      "/sign-in?next=%2Fx%3Fpage%3D2",
    );
    expect(await call({ access: "signed-in" }, anonymous, "action")).toBe("/sign-in?next=%2Fhome");
  });

  it.each([
    ["public", anonymous, "ran"],
    ["signed-in", person(), "ran"],
    ["broker", person(), 403],
    ["broker", person("leader"), 403],
    ["broker", person("broker"), "ran"],
    ["staff", person(), 403],
    ["staff", person("leader"), "ran"],
    ["administrator", person("broker"), 403],
    ["administrator", person("administrator"), "ran"],
    ["signed-in", { kind: "system", name: "x" } satisfies Actor, 403],
  ] as [string, Actor, number | string][])("access %s for %o: %s", async (access, actor, expected) => {
    expect(await call({ access }, actor)).toBe(expected);
    expect(await call({ access }, actor, "action")).toBe(expected);
  });

  it("leaves demo pages out of anything but the demo", () => {
    const demo = build({ handle: { access: "public", demoOnly: true } });
    expect(Object.keys(guardBuild(demo, true).routes)).toEqual(["routes/x"]);
    expect(Object.keys(guardBuild(demo, false).routes)).toEqual([]);
  });
});
