import { expect, it } from "vitest";
import { xml, xmlTime } from "./xml";

it("escapes markup and leaves out what XML cannot carry", () => {
  expect(xml(`<a href="x">'&'</a>`)).toBe("&lt;a href=&quot;x&quot;&gt;&apos;&amp;&apos;&lt;/a&gt;");
  expect(xml("nước\u0000\u0008 \ud800thải\n🙂")).toBe("nước thải\n🙂");
  expect(xmlTime(new Date("2026-11-22T03:04:05.678Z"))).toBe("2026-11-22T03:04:05Z");
});
