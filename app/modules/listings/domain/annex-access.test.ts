import { describe, expect, it } from "vitest";
import { type Acceptance, annexDoor, covers } from "./annex-access";

const nobody = { owner: false, broker: false, granted: false };

describe("the door of a confidential annex", () => {
  it("opens to nobody but the owner without an acceptance", () => {
    expect(annexDoor(nobody, false)).toBe("closed");
    expect(annexDoor({ ...nobody, granted: true }, false)).toBe("undertaking");
    expect(annexDoor({ ...nobody, broker: true }, false)).toBe("undertaking");
    expect(annexDoor({ ...nobody, owner: true }, false)).toBe("own");
  });
  it("does not open by an acceptance alone: what was opened can be closed again", () => {
    expect(annexDoor(nobody, true)).toBe("closed");
    expect(annexDoor({ ...nobody, granted: true }, true)).toBe("open");
    expect(annexDoor({ ...nobody, broker: true }, true)).toBe("open");
  });
});

describe("an acceptance", () => {
  const current = { vi: { version: "2", hash: "v2" }, en: { version: "2", hash: "e2" } };
  const given: Acceptance = {
    organisationId: "us",
    textVersion: "2",
    textHash: "v2",
    lang: "vi",
    annexIds: ["a", "b"],
  };
  it("covers the annexes it was given for, also when it was read in the other language", () => {
    expect(covers(given, "a", "us", current)).toBe(true);
    expect(covers({ ...given, lang: "en", textHash: "e2" }, "b", "us", current)).toBe(true);
  });
  it.each([
    ["an annex added later", given, "c", "us"],
    ["another organisation of the same person", given, "a", "them"],
    ["a person who now acts for the Department", given, "a", null],
    ["an older text", { ...given, textVersion: "1" }, "a", "us"],
    ["words that are not those in force", { ...given, textHash: "e2" }, "a", "us"],
  ])("does not cover %s", (_, acceptance, annex, us) => {
    expect(covers(acceptance, annex, us, current)).toBe(false);
  });
});
