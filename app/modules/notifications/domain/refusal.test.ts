import { describe, expect, it } from "vitest";
import { classifySmtpError } from "~/platform/adapters/mail-smtp.server";
import { refusesAddress } from "./refusal";

/** As nodemailer reports it. */
const answer = (response: string, command = "RCPT TO") => {
  const outcome = classifySmtpError(
    Object.assign(new Error("x"), { responseCode: Number(response.slice(0, 3)), response, command }),
  );
  if (!outcome) throw new Error("no outcome");
  return outcome;
};

describe("what a refusal says of an address", () => {
  it.each([
    ["550 5.1.1 <a@b.test>: no such user", "yes"],
    ["550-5.1.1 The email account that you tried to reach does not exist", "yes"],
    ["553 5.1.3 bad syntax", "yes"],
    ["550 5.2.1 mailbox disabled", "yes"],
    ["550 no such user here", "perhaps"],
    ["550 5.7.1 blocked by policy", "no"],
    ["552 5.2.2 mailbox full", "no"],
    ["554 rejected", "no"],
    ["550 5.1.8 sender address rejected", "no"],
  ])("%s: %s", (response, wanted) => expect(refusesAddress(answer(response))).toBe(wanted));

  it("is nothing when the mail was refused and not its recipient", () =>
    expect(refusesAddress(answer("550 spam", "DATA"))).toBe("no"));

  it("keeps the status and hides the address", () => {
    const outcome = answer("550 5.1.1 <don-vi@example.test> unknown");
    expect(outcome).toMatchObject({ temporary: false, code: "550", status: "5.1.1", atRecipient: true });
    expect(outcome.response).not.toContain("don-vi");
  });
});
