import { describe, expect, it } from "vitest";
import { ListingState } from "~/generated/prisma/enums";
import { isEditable, LISTING_ACTIONS, nextState, statesBefore, TRANSITIONS } from "./listing-states";

const STATES = Object.values(ListingState);

/** Small seeded generator, so that a failure can be repeated. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("listing states", () => {
  it("knows every state and leads only to known ones", () => {
    expect(Object.keys(TRANSITIONS).sort()).toEqual([...STATES].sort());
    for (const state of STATES)
      for (const action of LISTING_ACTIONS) {
        const next = nextState(state, action);
        if (next !== null) expect(STATES).toContain(next);
      }
  });
  it("reaches every state from draft", () => {
    const seen = new Set<ListingState>(["draft"]);
    for (const state of seen) for (const next of Object.values(TRANSITIONS[state])) seen.add(next);
    expect([...seen].sort()).toEqual([...STATES].sort());
  });
  it("over random lives: nothing is published without an approval, nothing leaves rejected, only the published expire", () => {
    for (let seed = 1; seed <= 500; seed++) {
      const random = randomFrom(seed);
      let state: ListingState = "draft";
      let approved = false;
      for (let step = 0; step < 40; step++) {
        const action = LISTING_ACTIONS[Math.floor(random() * LISTING_ACTIONS.length)];
        if (!action) continue;
        const next = nextState(state, action);
        if (next === null) continue;
        if (action === "approve") approved = true;
        if (action === "expire") expect(state).toBe("published");
        if (next === "published") expect(approved).toBe(true);
        expect(state).not.toBe("rejected");
        expect(statesBefore(action)).toContain(state);
        state = next;
      }
    }
  });
  it("keeps a published listing on the shelf whatever a review of its next version says", () => {
    for (const action of ["submit", "approve", "request_changes", "reject"] as const)
      expect(nextState("published", action)).toBe("published");
  });
  it("cannot be edited while under review or rejected", () => {
    for (const state of STATES) expect(isEditable(state, true)).toBe(false);
    expect(STATES.filter((state) => isEditable(state, false)).sort()).toEqual([
      "changes_requested",
      "draft",
      "expired",
      "published",
      "withdrawn",
    ]);
  });
});
