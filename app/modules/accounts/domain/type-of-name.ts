import type { OrganisationType } from "~/generated/prisma/enums";
import { fold } from "~/platform/text";

/** How names begin that say what kind of holder it is. A "công ty" may be anybody's: not stated. */
const BEGINNINGS: [RegExp, OrganisationType][] = [
  [/^(hop tac xa|htx|lien hiep htx|lien hiep hop tac xa|cooperative)\b/, "cooperative"],
  [/^(ho kinh doanh|hkd)\b/, "household_business"],
  [/^(truong )?(dai hoc|hoc vien|cao dang|dh|cd)\b|^university\b|\b(university|college)$/, "university"],
  [/^vien\b|\binstitute$|^institute\b/, "research_institute"],
  [/^(so|uy ban|ubnd|chi cuc|cuc|bo)\b/, "state_body"],
  [/^(hoi|hiep hoi|lien hiep (cac )?hoi|lien minh)\b/, "association"],
];

/** The kind of organisation that a name says, or null = not stated. */
export function typeOfName(name: string): OrganisationType | null {
  const folded = fold(name);
  return BEGINNINGS.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
}
