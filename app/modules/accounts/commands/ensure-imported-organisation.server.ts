import type { OrganisationType } from "~/generated/prisma/enums";
import { audit } from "~/platform/audit.server";
import type { Ctx } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { newId } from "~/platform/ids";
import { cleanText, fold } from "~/platform/text";
import { provinceByName } from "../domain/places";
import { foldedName } from "../queries/find-organisations.server";
import { getOffice } from "../queries/get-office.server";

const TYPES: [RegExp, OrganisationType][] = [
  [/ca nhan|nhom nghien cuu|individual|person/, "individual"],
  [/startup|khoi nghiep/, "startup"],
  [/dai hoc|cao dang|truong|university|college/, "university"],
  [/vien|institute/, "research_institute"],
  [/hop tac xa|cooperative/, "cooperative"],
  [/ho kinh doanh|household/, "household_business"],
  [/nha nuoc|state body|government|uy ban|so /, "state_body"],
  [/quoc te|international/, "international_organisation"],
  [/phi loi nhuan|xa hoi|hoi |hiep hoi|association|non-?profit/, "association"],
  [/doanh nghiep|cong ty|enterprise|company|firm/, "private_enterprise"],
];

/** The type a free text means ("trường đại học"), or null = not stated. */
export function organisationTypeOf(typeText: string | null): OrganisationType | null {
  const folded = fold(typeText ?? "");
  return TYPES.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
}

export type ImportedOrganisation = {
  name: string | null;
  typeText: string | null;
  provinceName: string | null;
  homeExchange: string;
  externalId: string;
  sourceUrl?: string | null;
};

/**
 * The organisation behind an imported listing, made when it is not there yet; null when the source names none. One row per
 * (homeExchange, externalId). A private person becomes an anonymous holder: the name is not stored, so let `externalId` of a
 * person not be made of the name. Imported holders have no tax code, are not verified and wait for somebody to claim them.
 */
export async function ensureImportedOrganisation(
  tx: Tx,
  ctx: Ctx,
  input: ImportedOrganisation,
): Promise<{ id: string; anonymous: boolean; created: boolean } | null> {
  const name = cleanText(input.name ?? "");
  const type = organisationTypeOf(input.typeText);
  const anonymous = type === "individual";
  if (!name && !anonymous) return null;
  const where = { homeExchange_externalId: { homeExchange: input.homeExchange, externalId: input.externalId } };
  const known = await tx.organisation.findUnique({ where, select: { id: true, anonymous: true, mergedIntoId: true } });
  if (known) return { id: known.mergedIntoId ?? known.id, anonymous: known.anonymous, created: false };
  const office = await getOffice(tx);
  const shown = anonymous ? "cá nhân (ẩn danh)" : name.slice(0, 200);
  const id = newId();
  const made = await tx.organisation.upsert({
    where,
    create: {
      id,
      officeId: office.id,
      type,
      nameVi: shown,
      nameFolded: anonymous ? "" : foldedName(shown),
      anonymous,
      provinceCode: (input.provinceName && provinceByName(input.provinceName)?.code) || null,
      origin: "imported",
      homeExchange: input.homeExchange,
      externalId: input.externalId,
      sourceUrl: anonymous ? null : (input.sourceUrl ?? null),
      createdAt: ctx.clock.now(),
    },
    update: {},
    select: { id: true },
  });
  if (made.id === id) {
    await audit(tx, ctx, {
      action: "organisation.imported",
      subjectKind: "organisation",
      subjectId: id,
      after: { type, anonymous },
    });
  }
  return { id: made.id, anonymous, created: made.id === id };
}
