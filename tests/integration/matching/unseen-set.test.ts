import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestServer, type TestServer } from "../../setup/server";

/**
 * `npm run eval` on files nobody here has seen: written by other hands, with a byte order mark, Windows line ends, numbers as ids,
 * fields left out, and rows that cannot be imported.
 */
const OFFERINGS: Record<string, unknown>[] = [
  // rarity wants a collection around them
  ...(JSON.parse(readFileSync(path.join("prisma", "seed", "data", "listings", "offerings.json"), "utf8")) as object[])
    .slice(100, 160)
    .map((one) => ({ ...one })),
  {
    id: "A1",
    title: "Hệ thống xử lý nước thải dệt nhuộm bằng keo tụ điện hóa",
    description: "Khử màu, giảm COD của nước thải nhuộm.",
  },
  { id: "A2", title: "Lồng nổi HDPE nuôi cá biển", keywords: ["lồng HDPE", "nuôi biển"], lang: null, url: "" },
  {
    id: "A3",
    title: "Solar drying house for fruit",
    summary: "Dries mango and longan by solar heat.",
    lang: "en",
    trl: 7,
  },
  {
    id: 4,
    title: "Kính hiển vi điện tử quét cho phòng thí nghiệm vật liệu",
    description: "Độ phóng đại 300.000 lần.",
    province: "Bình Phước",
  },
];
const NEEDS = [
  {
    id: "B1",
    title: "Xử lý nước thải nhuộm",
    description: "Nước thải màu của làng nghề dệt nhuộm.",
    caseTypes: ["standard"],
  },
  { id: "B2", title: "nuoi ca bien bang long HDPE", caseTypes: ["noDiacritics"], variantOf: null },
  {
    id: "B3",
    title: "Nhà sấy trái cây bằng năng lượng mặt trời",
    caseTypes: ["crossLingual"],
    sameSourceOfferings: ["A3"],
  },
  { id: "B4", title: "", description: "Không có tên." },
  { id: "B5", title: "Thiết bị chụp cộng hưởng từ cho bệnh viện tuyến huyện", noAnswer: true },
];
const QRELS = [
  { needId: "B1", offeringId: "A1", grade: 3 },
  { needId: "B1", offeringId: "A2", grade: 0 },
  { needId: "B2", offeringId: "A2", grade: 3 },
  { needId: "B3", offeringId: "A3", grade: 2 },
  { needId: "B4", offeringId: "4", grade: 3 },
  { needId: "B5", offeringId: "A1", grade: 0 },
  { needId: "B1", offeringId: "nobody knows it", grade: 1 },
];

const directory = mkdtempSync(path.join(os.tmpdir(), "cungcau-unseen-"));
const run = promisify(execFile);
let server: TestServer;
const write = (name: string, value: unknown): string => {
  const file = path.join(directory, name);
  writeFileSync(file, `\uFEFF${JSON.stringify(value, null, 2).replaceAll("\n", "\r\n")}\r\n`);
  return file;
};
const evaluate = (...options: string[]) =>
  run(process.execPath, ["--import", "tsx", "scripts/eval.ts", ...options], {
    env: { ...process.env, DATABASE_URL: server.url, MEILI_URL: "", EMBEDDER_URL: "" },
  });

beforeAll(async () => {
  server = await openTestServer();
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await server.close();
});

/** Starting the command, its database and its ranking; on a busy machine several times as long as on a quiet one. */
const PATIENCE = 120_000;

describe("npm run eval on unseen files", { timeout: PATIENCE }, () => {
  it("ranks what can be ranked, names what was left out, and counts it as nothing found", async () => {
    const out = path.join(directory, "run.json");
    const files = [
      "--offerings",
      write("o.json", OFFERINGS),
      "--needs",
      write("n.json", NEEDS),
      "--qrels",
      write("q.json", QRELS),
    ];
    const { stdout, stderr } = await evaluate(...files, "--folds", "0", "--out", out);
    const ranked = JSON.parse(readFileSync(out, "utf8")) as Record<string, { id: string; score: number }[]>;
    expect(Object.keys(ranked).sort()).toEqual(["B1", "B2", "B3", "B4", "B5"]);
    expect(ranked.B1?.[0]?.id).toBe("A1");
    expect(ranked.B2?.[0]?.id).toBe("A2");
    // told in two lines of the other language and in no sector, beside sixty others: among the first three
    expect(ranked.B3?.slice(0, 3).map(({ id }) => id)).toContain("A3");
    expect(ranked.B4).toEqual([]);
    for (const list of Object.values(ranked))
      expect(list.map(({ score }) => score)).toEqual(list.map(({ score }) => score).sort((a, b) => b - a));
    expect(stderr).toContain("Left out");
    expect(stderr).toContain("B4");
    expect(stderr).not.toContain("A2");
    expect(stdout).toContain("64 offerings, 5 needs");
    // the need that was left out counts among the four with an answer
    expect(stdout).toMatch(/all\s*\|?\s*4\b.*0\.7[0-9]/);
    expect(stdout).not.toContain("NaN");
  });

  it("says which file is not of the format", async () => {
    const bad = write("bad.json", [{ needId: "B1" }]);
    const files = ["--offerings", write("o.json", OFFERINGS), "--needs", write("n.json", NEEDS), "--qrels", bad];
    await expect(evaluate(...files)).rejects.toMatchObject({ stderr: expect.stringContaining("bad.json") });
    const cut = path.join(directory, "cut.json");
    writeFileSync(cut, "[{");
    await expect(evaluate("--needs", cut)).rejects.toMatchObject({ stderr: expect.stringContaining("cut.json") });
  });
});
