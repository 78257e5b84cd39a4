import { deflateSync } from "node:zlib";
import { PDFDocument, PDFName, PDFString, StandardFonts } from "@cantoo/pdf-lib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { viewDeal } from "~/modules/deals/index.server";
import { describeFiles, readFile, storeUpload } from "~/modules/documents/index.server";
import { loadDraft } from "~/modules/listings/index.server";
import { loginCookieName } from "~/platform/http/cookies.server";
import { aDeal, aDealScene, type DealScene } from "../../factories/deals";
import { bytesOf, PDF } from "../../factories/files";
import { aDraft } from "../../factories/listings";
import { must } from "../../factories/people";
import { openTestWorld, type TestWorld } from "../../setup/harness";
import { openTestWeb, signInAs, type TestWeb } from "../../setup/web";

let world: TestWorld;
let web: TestWeb;
let scene: DealScene;

beforeAll(async () => {
  world = await openTestWorld();
  scene = await aDealScene(world);
  web = await openTestWeb(world);
}, 120_000);
afterAll(async () => {
  await web?.close();
  await world?.close();
});

const store = (kind: "picture" | "pdf", bytes: Uint8Array, name = "x", asSent = false) =>
  storeUpload(world.ctx(scene.transferor.manager), { kind, name, bytes, organisationId: null, asSent });

async function kept(kind: "picture" | "pdf", bytes: Uint8Array, asSent = false): Promise<Buffer> {
  const { fileId } = must(await store(kind, bytes, "x", asSent));
  return bytesOf(await readFile(world.ctx(), fileId, "full"));
}

/** Everything a PDF holds, its packed object tables unpacked. */
async function unpacked(bytes: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return Buffer.from(await document.save({ useObjectStreams: false })).toString("latin1");
}

/** A document with everything in it that a brochure should not bring: author, history, scripts, attachments, actions. */
async function aTalkingPdf(): Promise<Uint8Array> {
  const made = await PDFDocument.create();
  made.setAuthor("CANARYauthor");
  made.setTitle("CANARYtitle");
  made.setCreator("CANARYcreator");
  const page = made.addPage();
  page.drawText("Words that stay", { font: await made.embedFont(StandardFonts.Helvetica) });
  await made.attach(new TextEncoder().encode("CANARYattachment"), "CANARYattached.txt", {});
  made.addJavaScript("CANARYscript", "app.alert('CANARYalert')");
  const link = (action: object) =>
    made.context.register(made.context.obj({ Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9], A: { ...action } }));
  const annotations = [
    link({ S: "JavaScript", JS: PDFString.of("CANARYclick") }),
    link({ S: "Launch", F: PDFString.of("CANARYlaunch.exe") }),
    link({ S: "URI", URI: PDFString.of("https://kept.example.invalid/") }),
  ];
  page.node.set(PDFName.of("Annots"), made.context.obj(annotations));
  page.node.set(PDFName.of("AA"), made.context.obj({ O: { S: "JavaScript", JS: PDFString.of("CANARYopen") } }));
  made.catalog.set(PDFName.of("Metadata"), made.context.register(made.context.stream("<x>CANARYxmp</x>")));
  return made.save({ useObjectStreams: false });
}

describe("a PDF of a listing", () => {
  it("loses its author, history, scripts and attachments, and keeps pages and links", async () => {
    const sent = await aTalkingPdf();
    expect(Buffer.from(sent).toString("latin1")).toContain("CANARYxmp");
    const full = await kept("pdf", sent);
    const text = await unpacked(full);
    expect(text).not.toMatch(/CANARY|JavaScript|EmbeddedFile/);
    expect(text).toContain("https://kept.example.invalid/");
    const read = await PDFDocument.load(full, { updateMetadata: false });
    expect([read.getAuthor(), read.getTitle(), read.getCreator(), read.getProducer()]).toEqual(
      Array(4).fill(undefined),
    );
    expect(read.getPageCount()).toBe(1);
  });

  it("that is something else at once is a PDF only afterwards", async () => {
    const zip = Buffer.from("PK\u0003\u0004CANARYzip");
    const html = Buffer.from("<script>CANARYhtml</script>");
    const full = await kept("pdf", Buffer.concat([PDF, zip, html]));
    expect(full.subarray(0, 5).toString()).toBe("%PDF-");
    expect(full.includes("CANARY") || full.includes("PK\u0003\u0004")).toBe(false);
    expect(await store("pdf", Buffer.concat([html, PDF]))).toMatchObject({ ok: false, code: "documents:error.notPdf" });
  });

  it("that unpacks to more than anybody could read is refused in words, in bounded memory", async () => {
    const bomb = deflateSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 });
    const head = Buffer.from(
      `%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n4 0 obj<</Type/ObjStm/Subtype/Image/N 1/First 4/Filter/FlateDecode/Length ${bomb.length}>>stream\n`,
    );
    const file = Buffer.concat([head, bomb, Buffer.from("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")]);
    const before = process.memoryUsage().rss;
    expect(await store("pdf", file)).toMatchObject({ ok: false, code: "documents:error.notPdf" });
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  it("signed for a deal stays as it was sent, to the byte", async () => {
    const sent = await aTalkingPdf();
    expect((await kept("pdf", sent, true)).equals(sent)).toBe(true);
  });
});

describe("a picture", () => {
  it("that is a script or a page, or hides one behind its pixels, never comes out as such", async () => {
    const svg = "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for (const text of [svg, `GIF89a/*${svg}*/`, `\ufeff${svg}`, "<html><script>alert(1)</script></html>"])
      expect(await store("picture", Buffer.from(text), "photo.png")).toMatchObject({
        ok: false,
        code: "documents:error.notPicture",
      });
    const pixels = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#268" } })
      .png()
      .toBuffer();
    const full = await kept("picture", Buffer.concat([pixels, Buffer.from("PK\u0003\u0004<script>CANARY</script>")]));
    expect((await sharp(full).metadata()).format).toBe("webp");
    expect(full.includes("CANARY")).toBe(false);
  });

  it("of more pixels than any camera makes is refused before it is unpacked", async () => {
    const wide = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: "#000" } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(wide.length).toBeLessThan(5 * 1024 * 1024);
    expect(await store("picture", wide)).toMatchObject({ ok: false, code: "documents:error.notPicture" });
  });
});

it("a name that turns the reading direction or hides letters is kept without them, and never in a path", async () => {
  const { fileId } = must(await store("pdf", PDF, "../../etc/an\u202Efdp.exe\u200b\u0000 hợp đồng.pdf"));
  const [facts] = await describeFiles(world.ctx(), [fileId]);
  expect(facts?.name).toBe("../../etc/anfdp.exe hợp đồng.pdf");
  const row = await world.container.ports.db.storedFile.findUniqueOrThrow({ where: { id: fileId } });
  expect(row.storageKey).toMatch(/^[\w-]{32}$/);
});

describe("what a form brings", () => {
  async function post(email: string, path: string, body: FormData): Promise<Response> {
    const token = await signInAs(world, email);
    const headers = { Origin: web.url, Cookie: `${loginCookieName(world.env)}=${token}` };
    // the size is told, as browsers do
    const whole = new Response(body);
    const bytes = await whole.arrayBuffer();
    return fetch(web.url + path, {
      method: "POST",
      redirect: "manual",
      headers: { ...headers, "Content-Type": whole.headers.get("Content-Type") ?? "" },
      body: bytes,
    });
  }
  const get = async (email: string, path: string) => web.request("GET", path, { token: await signInAs(world, email) });
  const emailOf = async (personId: string) =>
    (await world.container.ports.db.person.findUniqueOrThrow({ where: { id: personId } })).email;

  it("a scanned contract of several megabytes reaches its deal", async () => {
    const dealId = await aDeal(world, scene);
    const form = new FormData();
    form.set("kind", "draft_contract");
    form.set("title", "");
    const scan = Buffer.concat([PDF.subarray(0, 9), Buffer.from(`%${"x".repeat(6_000_000)}\n`), PDF.subarray(9)]);
    form.set("file", new File([scan], "hop-dong.pdf", { type: "application/pdf" }));
    const answer = await post(await emailOf(scene.broker.personId), `/deals/${dealId}/documents?index`, form);
    expect(answer.status).toBe(302);
    const deal = await viewDeal(world.ctx(scene.broker), dealId);
    expect(deal?.documents).toMatchObject([{ kind: "draft_contract", bytes: scan.length }]);
  });

  it("an annex chosen beside pictures and words is kept, cleaned, and opens to its owner; what is no PDF is refused in words", async () => {
    const { listingId } = await aDraft(world, "offering", { owner: scene.transferor, broker: scene.broker });
    const ctx = world.ctx(scene.transferor.manager);
    const email = await emailOf(scene.transferor.manager.personId);
    const path = `/my/listings/${listingId}/edit/files`;
    const chosen = async (bytes: Uint8Array) => {
      const form = new FormData();
      form.set("intent", "save");
      form.set("revision", String((await loadDraft(ctx, listingId))?.revision));
      // what a browser sends where nothing was chosen
      form.append("picture", new File([], ""));
      form.append("pdf", new File([], ""));
      form.append("annex", new File([Buffer.from(bytes)], "bản vẽ mật.pdf", { type: "application/pdf" }));
      return post(email, path, form);
    };
    const refused = await chosen(Buffer.from("<script>not a PDF</script>"));
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining("không đọc được như một tệp PDF"),
    ]);
    expect((await loadDraft(ctx, listingId))?.annexes).toEqual([]);
    const answer = await chosen(await aTalkingPdf());
    expect(answer.status).toBeLessThan(400);
    const draft = await loadDraft(ctx, listingId);
    expect(draft?.annexes).toMatchObject([{ number: 1, name: "bản vẽ mật.pdf" }]);
    const page = await (await get(email, path)).text();
    expect(page).toContain("bản vẽ mật.pdf");
    const row = await world.container.ports.db.listingAnnex.findFirstOrThrow({ where: { listingId } });
    const file = await get(email, `/files/${row.fileId}`);
    expect([file.status, file.headers.get("Content-Type"), file.headers.get("Cache-Control")]).toEqual([
      200,
      "application/pdf",
      "private, no-store",
    ]);
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect(file.headers.get("Content-Length")).toBe(String(bytes.length));
    expect(await unpacked(bytes)).not.toMatch(/CANARY|JavaScript/);
    const other = await get(await emailOf(scene.transferee.manager.personId), `/files/${row.fileId}`);
    expect(other.status).toBe(404);
  });

  it("a spreadsheet above the bound of plain forms is read, and answered in words when it is none", async () => {
    const email = await emailOf(scene.transferor.manager.personId);
    const form = new FormData();
    form.set("kind", "offering");
    form.set("organisationId", scene.transferor.organisationId);
    form.set("file", new File([Buffer.alloc(2_000_000, "x")], "danh-muc.xlsx"));
    const answer = await post(email, "/my/listings/import?index", form);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining("Đây không phải tệp Excel dạng .xlsx."),
    ]);
  });

  it("ten megabytes of text are refused in words, and the draft is as it was", async () => {
    const { listingId } = await aDraft(world, "need", { owner: scene.transferee, broker: scene.broker });
    const before = await loadDraft(world.ctx(scene.transferee.manager), listingId);
    const form = new FormData();
    form.set("intent", "save");
    form.set("revision", String(before?.revision));
    form.set("description", "ă".repeat(5 * 1024 * 1024));
    const path = `/my/listings/${listingId}/edit/problem`;
    const answer = await post(await emailOf(scene.transferee.manager.personId), path, form);
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toContain(
      "Nội dung quá dài nên chưa lưu được gì; bản đang gõ vẫn còn nguyên trên trang này. Xin rút gọn mục được đánh dấu rồi lưu lại.",
    );
    expect(await loadDraft(world.ctx(scene.transferee.manager), listingId)).toEqual(before);
    form.set("more", "x".repeat(70 * 1024 * 1024));
    expect((await post(await emailOf(scene.transferee.manager.personId), path, form)).status).toBe(413);
    expect(await loadDraft(world.ctx(scene.transferee.manager), listingId)).toEqual(before);
  });
});
