/**
 * Hidden fields and who may read them, written by hand from the rules: "a public listing shows its organisation and hides
 * its contacts; a blind one hides both and its source". Each field holds a string that occurs nowhere else.
 */
export const ACTORS = [
  "anonymous",
  /** manager of the organisation with the public listing */
  "owner",
  /** manager of the organisation with everything that is hidden */
  "hidden",
  /** manager of a third organisation, who expressed interest in the blind need */
  "stranger",
  /** manager of a fourth organisation, to whom the invited listing was opened */
  "invitee",
  "broker",
  "registrar",
  "leader",
  "administrator",
] as const;
export type ActorName = (typeof ACTORS)[number];

export type Secret = {
  /** as typed into the field */
  value: string;
  /** how it could look elsewhere, lower case; default: the value */
  traces?: string[];
  /** must find it: without them a test that looks in the wrong places would pass */
  shownTo: ActorName[];
  /** may find it besides */
  allowed?: ActorName[];
  /** may find it on this page only */
  allowedAt?: Partial<Record<Place, readonly ActorName[]>>;
};

/** the organisation's own page, the listing opened to the invited, what a saved search found of it, the cases of the Department */
const PLACES = ["organisation", "invited", "searches", "cases"] as const;
export type Place = (typeof PLACES)[number];

const own: ActorName[] = ["hidden", "broker"];
const met: ActorName[] = ["stranger", "invitee", "broker"];
/** a verified organisation has a page that everybody reads; only the tie to its blind listing is secret */
const organisation = { organisation: ACTORS } satisfies Secret["allowedAt"];
const phone = (digits: string): Pick<Secret, "value" | "traces"> => ({
  value: `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`,
  traces: [digits, `${digits.slice(0, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`],
});

const TABLE = {
  publicContactName: { value: "zqpubliccontact", shownTo: ["owner", "broker"] },
  publicContactPhone: { ...phone("0203987651"), shownTo: ["owner", "broker"] },
  publicContactEmail: { value: "zqpublicmail@example.invalid", shownTo: ["owner", "broker"] },
  publicFileName: { value: "zqpublicfile.png", traces: ["zqpublicfile"], shownTo: [], allowed: ["owner", "broker"] },

  organisationName: {
    value: "Công ty zqhiddenorg",
    traces: ["zqhiddenorg"],
    shownTo: own,
    allowedAt: { ...organisation, invited: ["invitee"], searches: ["invitee"], cases: ["leader"] },
  },
  shortName: { value: "zqshortname", shownTo: own, allowedAt: organisation },
  taxCode: { value: "9987654324", shownTo: own, allowedAt: organisation },
  blindNow: { value: "zqpresentstate", shownTo: own },
  blindTried: { value: "zqtriedbefore", shownTo: own },
  blindLine: { value: "Chỉ tiêu zqlinename", traces: ["zqlinename"], shownTo: own },
  blindWorks: { value: "zqworksbecause", shownTo: own },
  blindParameter: { value: "Thông số zqparameter", traces: ["zqparameter"], shownTo: own },
  blindTest: { value: "Trung tâm zqtestedby", traces: ["zqtestedby"], shownTo: own },
  blindContactName: { value: "zqblindcontact", shownTo: own },
  blindContactPhone: { ...phone("0203987652"), shownTo: own },
  blindContactEmail: { value: "zqblindmail@example.invalid", shownTo: own },
  blindSource: { value: "https://zqsource.example.invalid/x", traces: ["zqsource"], shownTo: own },
  blindSourceNote: { value: "zqsourcenote", shownTo: own },
  blindIpNumber: { value: "1-2023-0zqipnumber", traces: ["zqipnumber"], shownTo: own },
  blindTaskCode: { value: "zqtaskcode.01", traces: ["zqtaskcode"], shownTo: own },
  blindFileName: { value: "zqblindfile.png", traces: ["zqblindfile"], shownTo: [], allowed: own },
  blindPictureData: { value: "zqexif", shownTo: [] },

  // the blind offering's annex: "invitee" was let in and accepted the undertaking, the broker did not
  annexName: { value: "zqannexname.pdf", traces: ["zqannexname"], shownTo: ["hidden"] },
  annexBytes: { value: "zqannexbytes", shownTo: ["hidden", "invitee"] },
  annexReader: { value: "zqannexreader", shownTo: ["hidden", "invitee"] },

  brokersTitle: { value: "Công nghệ zqbrokerstitle", traces: ["zqbrokerstitle"], shownTo: own },
  brokersText: { value: "zqbrokerstext", shownTo: own },
  invitedTitle: { value: "Công nghệ zqinvitedtitle", traces: ["zqinvitedtitle"], shownTo: [...own, "invitee"] },
  invitedText: { value: "zqinvitedtext", shownTo: [...own, "invitee"] },
  invitedContact: { value: "zqinvitedcontact", shownTo: own },
  draftTitle: { value: "Nhu cầu zqdrafttitle", traces: ["zqdrafttitle"], shownTo: ["hidden"] },
  draftText: { value: "zqdrafttext", shownTo: ["hidden"] },
  answeredTitle: { value: "Nhu cầu zqansweredtitle", traces: ["zqansweredtitle"], shownTo: own },
  reviewNote: { value: "zqreviewnote", shownTo: own },

  memberName: { value: "Người zqmembername", traces: ["zqmembername"], shownTo: own },
  memberEmail: { value: "zqmembermail@example.invalid", traces: ["zqmembermail"], shownTo: own },
  claimEvidence: { value: "Giấy giới thiệu zqevidence của đơn vị", traces: ["zqevidence"], shownTo: ["broker"] },
  matchNote: { value: "zqmatchnote", shownTo: ["broker"] },
  interestMessage: {
    value: "zqinterest: chúng tôi đã làm tương tự",
    traces: ["zqinterest"],
    shownTo: ["broker"],
    allowed: ["stranger"],
  },
  caseNote: { value: "zqcasenote", shownTo: ["broker"], allowed: ["leader"] },

  // "stranger" (need) and "invitee" (offering) agreed to know each other, met and make a contract
  sessionAgenda: { value: "zqagenda", shownTo: met, allowed: ["leader"] },
  sessionUrl: { value: "https://zqonline.example.invalid/p", traces: ["zqonline"], shownTo: met, allowed: ["leader"] },
  minutesDecisions: { value: "zqdecisions", shownTo: met, allowed: ["leader"] },
  dealTitle: { value: "Chuyển giao zqdealtitle", traces: ["zqdealtitle"], shownTo: [...met, "registrar", "leader"] },
  dealScope: { value: "zqdealscope", shownTo: met, allowed: ["registrar", "leader"] },
  dealPaper: { value: "zqdealpaper", shownTo: met, allowed: ["registrar", "leader"] },
  // the broker's own
  dealPlan: { value: "zqdealplan", shownTo: ["broker"], allowed: ["registrar", "leader"] },
  dealNote: { value: "zqdealnote", shownTo: ["broker"], allowed: ["registrar", "leader"] },
  // one side's own: the broker reads it, the other side never does
  responseNote: { value: "zqresponsenote", shownTo: ["broker"], allowed: ["stranger", "leader"] },
  minutesRemark: {
    value: "zqremark: mục 2 chưa đúng",
    traces: ["zqremark"],
    shownTo: ["broker"],
    allowed: ["stranger", "leader"],
  },
  feedback: { value: "zqfeedback", shownTo: ["broker"], allowed: ["stranger", "leader"] },
  outcomeNote: { value: "zqoutcomenote", shownTo: ["broker"], allowed: ["stranger", "leader"] },
} satisfies Record<string, Secret>;

export type SecretName = keyof typeof TABLE;
export const SECRETS: Record<SecretName, Secret> = TABLE;
export const SECRET_NAMES = Object.keys(TABLE) as SecretName[];

/** Names of the secrets of which there is a trace in this text. */
export function found(text: string): SecretName[] {
  const folded = text.toLowerCase();
  return SECRET_NAMES.filter((name) => {
    const { value, traces = [value] } = SECRETS[name];
    return traces.some((trace) => folded.includes(trace.toLowerCase()));
  });
}

/** Whether this actor may read it; `where` tells the page it stood on. */
export function mayRead(actor: ActorName, name: SecretName, where = "", places?: Record<Place, string>): boolean {
  const { shownTo, allowed = [], allowedAt = {} } = SECRETS[name];
  if (shownTo.includes(actor) || allowed.includes(actor)) return true;
  return PLACES.some((place) => allowedAt[place]?.includes(actor) && places && where.includes(places[place]));
}
