import { COMMUNES, PROVINCES } from "~/modules/accounts/schemas";
import type { Ctx } from "~/platform/context";
import {
  COMPARISONS,
  FUNDING_SOURCES,
  HELP_WANTED,
  IP_STATUSES,
  IP_TYPES,
  LENGTH,
  NEED_TYPES,
  ORIGIN_FUNDINGS,
  OWNER_TYPES,
  PRICE_MODELS,
  SUPPLY_ORIGINS,
  TRANSFER_FORMS,
  TRANSFER_METHODS,
  TRANSFER_OBJECTS,
  TRANSFER_RIGHTS,
  URGENCIES,
  VISIBILITIES,
} from "../domain/choices";
import { unitsOffered } from "../domain/units";
import { freshUnits } from "./fresh-units.server";
import { listSectors } from "./list-sectors.server";

/** What the listing forms offer to choose from, in the reader's language. `province`: whose communes are listed. */
export async function formChoices(ctx: Ctx, province: string) {
  const english = ctx.locale === "en";
  const sectors = await listSectors(ctx);
  await freshUnits(ctx);
  return {
    sectors: sectors.flatMap((field) =>
      field.children.map((sector) => ({
        value: sector.code,
        label: english ? sector.nameEn : sector.nameVi,
        group: english ? field.nameEn : field.nameVi,
      })),
    ),
    provinces: PROVINCES.map((one) => ({ value: one.code, label: english ? one.nameEn : one.nameVi })),
    communes: COMMUNES.filter((one) => one.provinceCode === province).map((one) => ({
      value: one.code,
      label: one.fullNameVi,
    })),
    units: unitsOffered().map((unit) => unit.id),
    lists: {
      needTypes: NEED_TYPES,
      funding: FUNDING_SOURCES,
      objects: TRANSFER_OBJECTS,
      forms: TRANSFER_FORMS,
      methods: TRANSFER_METHODS,
      rights: TRANSFER_RIGHTS,
      ipTypes: IP_TYPES,
      ipStatuses: IP_STATUSES,
      priceModels: PRICE_MODELS,
      visibilities: VISIBILITIES,
      comparisons: COMPARISONS,
      urgencies: URGENCIES,
      supplyOrigins: SUPPLY_ORIGINS,
      helpWanted: HELP_WANTED,
      originFundings: ORIGIN_FUNDINGS,
      ownerTypes: OWNER_TYPES,
    },
    length: LENGTH,
  };
}
