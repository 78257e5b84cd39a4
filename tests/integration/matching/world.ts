import { computeMatches, indexListing, type MatchesView, matchesOf } from "~/modules/matching/index.server";
import type { Actor } from "~/platform/context";
import type { DraftOver } from "../../factories/listings";
import type { TestWorld } from "../../setup/harness";

/** Words that make a pair fit, and words that fit nothing else. */
export const DYEING_NEED: DraftOver = {
  title: "Xử lý nước thải nhuộm lụa của làng nghề",
  summary: "Nước thải màu từ hộ dệt nhuộm xả ra mương.",
  description: "Hộ dệt nhuộm lụa tơ tằm xả nước thải màu, COD và độ màu vượt quy chuẩn, cần hệ thống xử lý gọn.",
  sectorMain: "MTR-01",
  keywords: "nước thải dệt nhuộm, độ màu",
};
export const DYEING_OFFERING: DraftOver = {
  title: "Hệ thống xử lý nước thải dệt nhuộm bằng keo tụ điện hóa",
  summary: "Khử màu nước thải dệt nhuộm cho làng nghề.",
  description: "Giảm COD và độ màu của nước thải nhuộm lụa, thiết bị gọn.",
  problemSolved: "Nước thải màu của hộ dệt nhuộm.",
  sectorMain: "MTR-01",
  keywords: "nước thải dệt nhuộm, keo tụ điện hóa",
};
export const SATELLITE_NEED: DraftOver = {
  title: "Ăng-ten quang học liên lạc vệ tinh quỹ đạo thấp",
  summary: "Truyền laser giữa vệ tinh và trạm mặt đất.",
  description: "Cần khối thu phát laser bám quỹ đạo.",
  currentTechnology: "Chưa có.",
  sectorMain: "CNS-07",
  keywords: "vệ tinh, laser",
  lines: [{ name: "Tốc độ truyền", comparison: "gte", value: "100", unit: "", must: "must", condition: "" }],
};

/** What the workers do after publishing, here and now. */
export async function processed(world: TestWorld, ...listingIds: string[]): Promise<void> {
  for (const id of listingIds) await indexListing(world.system, id);
  for (const id of listingIds) await computeMatches(world.system, id);
}

export async function matchesFor(world: TestWorld, actor: Actor, listingId: string): Promise<MatchesView> {
  const view = await matchesOf(world.ctx(actor), listingId);
  if (!view) throw new Error("this actor may not see these matches");
  return view;
}
