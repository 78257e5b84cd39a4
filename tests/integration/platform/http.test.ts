import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Prisma } from "~/generated/prisma/client";
import { resolveActor } from "~/modules/accounts/index.server";
import { createApp } from "~/platform/http/app.server";
import { createLogger } from "~/platform/logger.server";
import { openTestWorld, type TestWorld } from "../../setup/harness";

let world: TestWorld;
let server: Server;
let url: string;
let reached = 0;

beforeAll(async () => {
  world = await openTestWorld();
  const build = async () => {
    reached += 1;
    throw new Error("a build that must not be asked");
  };
  server = createServer(createApp({ container: world.container, resolveActor, build, assets: [], strictCsp: true }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await world.close();
});

describe("a form", () => {
  const post = (body: BodyInit, path = "/sign-in") =>
    fetch(url + path, { method: "POST", headers: { Origin: url }, body, duplex: "half" } as RequestInit);

  it("larger than forms are, or of a length it does not tell, is refused before anything reads it", async () => {
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("email=x"));
        controller.close();
      },
    });
    for (const body of ["x".repeat(1024 * 1024 + 1), chunks]) expect((await post(body)).status).toBe(413);
    expect(reached).toBe(0);
  });

  it("of ordinary size goes on, and so does the one form that carries files and refuses by itself", async () => {
    await post("email=x");
    await post("x".repeat(2 * 1024 * 1024), "/my/listings/018f0000-0000-7000-8000-000000000000/edit.data");
    expect(reached).toBe(2);
  });
});

describe("a logged error", () => {
  const logged = (error: unknown) => {
    let line = "";
    const write = (text: string) => {
      line = text;
    };
    createLogger("info", "test", { write }).error({ err: error }, "failed");
    return line;
  };

  it("of the database keeps its code and places and none of the values it quotes", async () => {
    const secret = "nguoi-thu@example.invalid";
    const clash = await world.container.ports.db.person
      .create({ data: { email: secret, nonsense: 1 } as unknown as Prisma.PersonUncheckedCreateInput })
      .catch((error: unknown) => error);
    const known = new Prisma.PrismaClientKnownRequestError(`Key (email)=(${secret})`, {
      code: "P2002",
      clientVersion: "x",
      meta: { value: secret },
    });
    for (const error of [clash, known, new Error("outer", { cause: known })]) {
      const line = logged(error);
      expect(line).not.toContain(secret);
      expect(line).toContain("http.test.ts");
    }
    expect(logged(known)).toContain("P2002");
  });

  it("of our own is kept whole", () => {
    expect(logged(new Error("No rule is in force: load the reference data"))).toContain("load the reference data");
  });
});
