import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { openTestWeb, signInAs, type TestWeb } from "../../setup/web";
import { routesOf } from "./crawl";
import { cellsOf, DOES_NOT_APPLY, type Exhibit, GRANTS, type Grant, MATRIX, RESOURCES, SURFACES } from "./matrix";
import { surfacesOf } from "./matrix-look";
import { type MatrixScene, setMatrixScene, wordOf } from "./matrix-scene";
import { workersOf } from "./work";

let world: TestWorld;
let web: TestWeb;
let scene: MatrixScene;
let surfaces: ReturnType<typeof surfacesOf>;

beforeAll(async () => {
  world = await openTestWorld({ poolSize: 10 });
  scene = await setMatrixScene(world, workersOf(world).workAll);
  web = await openTestWeb(world);
  const tokens = { none: null } as Record<Grant, string | null>;
  for (const grant of GRANTS) if (grant !== "none") tokens[grant] = await signInAs(world, scene.actors[grant].email);
  surfaces = surfacesOf(world, web, scene, tokens);
}, 240_000);

afterAll(async () => {
  await web?.close();
  await world?.close();
});

const EXHIBITS = Object.keys(MATRIX) as Exhibit[];

describe("who may learn of a listing, where", () => {
  for (const exhibit of EXHIBITS) {
    it(`${exhibit}: as the table says, on every surface, for every reader`, { timeout: 120_000 }, async () => {
      const word =
        exhibit === "blind owner" || exhibit === "blind closed" || exhibit === "public contact"
          ? scene.words[exhibit]
          : wordOf(exhibit);
      for (const surface of SURFACES) {
        const seen: Grant[] = [];
        const wanted: Grant[] = [];
        for (const { grant, cell } of cellsOf(exhibit, surface)) {
          if (cell in DOES_NOT_APPLY) continue;
          const text = (await surfaces.look[surface](grant, exhibit)).toLowerCase();
          if (text.includes(word)) seen.push(grant);
          if (cell === "S") wanted.push(grant);
        }
        const wrong = seen.filter((grant) => !wanted.includes(grant));
        const where = await Promise.all(wrong.map((grant) => surfaces.whereSeen(grant, word)));
        expect.soft(seen, `${surface} shows ${exhibit} (${word}) to … ${where.flat().join(", ")}`).toEqual(wanted);
      }
    });
  }
  it("no answer was an error behind which something hides", () => {
    expect(surfaces.broken).toEqual([]);
  });
});

describe("the table", () => {
  it("has a cell for everybody, each with a meaning", () => {
    let cells = 0;
    for (const exhibit of EXHIBITS)
      for (const surface of SURFACES)
        for (const { grant, cell } of cellsOf(exhibit, surface)) {
          cells += 1;
          expect(cell === "S" || cell === "-" || cell in DOES_NOT_APPLY, `${exhibit} × ${surface} × ${grant}`).toBe(
            true,
          );
        }
    expect(cells).toBe(EXHIBITS.length * SURFACES.length * GRANTS.length);
  });

  it("names every address that answers with something else than a page", () => {
    const resources = routesOf(web).filter((id) => {
      const module = web.build.routes[id]?.module;
      return module?.loader && !module.default;
    });
    expect(resources.filter((id) => !(id in RESOURCES))).toEqual([]);
  });
});
