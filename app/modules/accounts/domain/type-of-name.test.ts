import { expect, it } from "vitest";
import { typeOfName } from "./type-of-name";

it.each([
  ["Viện Nghiên cứu Hải sản", "research_institute"],
  ["Trường Đại học Hạ Long", "university"],
  ["Học viện Nông nghiệp Việt Nam", "university"],
  ["HTX Nông nghiệp Đông Triều", "cooperative"],
  ["Sở Nông nghiệp và Môi trường", "state_body"],
  ["Hội Làm vườn tỉnh", "association"],
  // a company may be private or the state's, and "môi trường" is no school
  ["Công ty CP Môi trường Hạ Long", null],
  ["Trung tâm Hỗ trợ khởi nghiệp", null],
] as const)("the name %s says %s", (name, type) => expect(typeOfName(name)).toBe(type));
