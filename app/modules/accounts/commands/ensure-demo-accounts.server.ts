import type { GrantRole } from "~/generated/prisma/enums";
import { actingAs, type Ctx } from "~/platform/context";
import type { Result } from "~/platform/result";
import { personActor } from "../queries/person-actor.server";
import { foundOrganisationSchema } from "../schemas";
import { claimOrganisation } from "./claim-organisation.server";
import { decideOrganisation } from "./decide-organisation.server";
import { foundOrganisation } from "./found-organisation.server";
import { ensureOffice, ensurePerson } from "./make-people.server";
import { decideMembership, requestMembership } from "./manage-members.server";
import { setOfficeApproval } from "./set-office-approval.server";
import { setConsents } from "./update-profile.server";

export const DEMO_PASSWORD = "Cungcau-demo-2026";
const at = (name: string) => `${name}@demo.cungcau.invalid`;

type DemoLogin = { role: string; email: string; fullName: string; grants: GrantRole[] };
/** Demo logins, named by their role; the launcher prints them. */
export const DEMO_LOGINS: readonly DemoLogin[] = [
  { role: "broker", email: at("moi-gioi"), fullName: "Chuyên viên môi giới (demo)", grants: ["broker"] },
  { role: "enterprise", email: at("doanh-nghiep"), fullName: "Đại diện doanh nghiệp (demo)", grants: [] },
  { role: "institute", email: at("vien"), fullName: "Đại diện viện (demo)", grants: [] },
  { role: "registrar", email: at("dang-ky"), fullName: "Cán bộ đăng ký (demo)", grants: ["registrar"] },
  { role: "leader", email: at("lanh-dao"), fullName: "Lãnh đạo Sở (demo)", grants: ["leader"] },
  { role: "administrator", email: at("quan-tri"), fullName: "Quản trị hệ thống (demo)", grants: ["administrator"] },
];
/** More, so that the broker's queue shows each stage; not printed. */
const WAITING: readonly DemoLogin[] = [
  // nobody approves alone what they posted for an organisation
  {
    role: "second-broker",
    email: at("moi-gioi-2"),
    fullName: "Chuyên viên môi giới thứ hai (demo)",
    grants: ["broker"],
  },
  { role: "newcomer", email: at("don-vi-moi"), fullName: "Đại diện đơn vị mới (demo)", grants: [] },
  { role: "colleague", email: at("nhan-vien"), fullName: "Nhân viên doanh nghiệp (demo)", grants: [] },
  {
    role: "researcher",
    email: at("nha-nghien-cuu"),
    fullName: "Nhà nghiên cứu của viện (demo)",
    grants: [],
  },
  { role: "claimant", email: at("nguoi-nhan"), fullName: "Người xác nhận tổ chức (demo)", grants: [] },
];

const EVIDENCE = "Hồ sơ trình diễn: dùng để giới thiệu bước xác minh tổ chức, không phải giấy tờ thật.";
const ABOUT = "Đơn vị trình diễn của sàn, không phải tổ chức có thật.";

function must<T>(result: Result<T>, what: string): T {
  if (!result.ok) throw new Error(`The demo exchange could not be set up: ${what}: ${result.code}`);
  return result.value;
}

/**
 * The demo's office, logins and organisations, through the same commands people use. Safe to run again: what is there stays
 * as it is, changes made in the demo included. Returns the ids listings are posted for.
 */
export async function ensureDemoAccounts(ctx: Ctx): Promise<{
  officeId: string;
  brokerId: string;
  secondBrokerId: string;
  enterprise: DemoHolder;
  institute: DemoHolder;
  /** member of the institute, whose office approves what members write */
  researcherId: string;
}> {
  const office = must(
    await ensureOffice(ctx, {
      code: "QN",
      provinceCode: "22",
      nameVi: "Sở Khoa học và Công nghệ Quảng Ninh",
      nameEn: "Quang Ninh Department of Science and Technology",
      phone: "0203 000 0000",
      email: at("so-khcn"),
    }),
    "office",
  );
  const ids = new Map<string, string>();
  for (const { role, ...login } of [...DEMO_LOGINS, ...WAITING]) {
    const person = must(
      await ensurePerson(ctx, { ...login, phone: "0203 000 0000", password: DEMO_PASSWORD }),
      login.email,
    );
    ids.set(role, person.id);
    if (person.created)
      must(
        await setConsents(actingAs(ctx, await personActor(ctx, person.id)), { purposes: ["account", "ai_matching"] }),
        login.email,
      );
  }
  const of = (role: string) => ids.get(role) ?? "";
  const enterprise = await ensureHolder(ctx, of("enterprise"), of("broker"), {
    taxCode: "9900000016",
    nameVi: "Doanh nghiệp trình diễn (demo)",
    nameEn: "Demonstration enterprise (demo)",
    type: "private_enterprise",
    provinceCode: "22",
    communeCode: "06673",
  });
  const institute = await ensureHolder(ctx, of("institute"), of("broker"), {
    taxCode: "9900000023",
    nameVi: "Viện trình diễn (demo)",
    nameEn: "Demonstration institute (demo)",
    type: "research_institute",
    provinceCode: "01",
  });
  await ensureHolder(ctx, of("newcomer"), null, {
    taxCode: "9900000030",
    nameVi: "Đơn vị mới chờ xác minh (demo)",
    nameEn: "New organisation awaiting verification (demo)",
    type: "cooperative",
    provinceCode: "22",
    communeCode: "06688",
  });
  await onlyOnce(ctx, of("colleague"), async (as) => {
    must(
      await requestMembership(as, {
        organisationId: enterprise.organisationId,
        note: "Phòng kỹ thuật, đề nghị tham gia để cùng đăng nhu cầu.",
      }),
      "join request",
    );
  });
  await onlyOnce(ctx, of("claimant"), async (as) => {
    must(await claimOrganisation(as, { organisationId: institute.organisationId, evidence: EVIDENCE }), "claim");
  });
  await onlyOnce(ctx, of("researcher"), async (as) => {
    const { organisationId } = institute;
    must(await requestMembership(as, { organisationId, note: "Phòng thí nghiệm, soạn hồ sơ công nghệ." }), "join");
    const { id: membershipId } = await ctx.db.membership.findFirstOrThrow({
      where: { organisationId, personId: of("researcher") },
      select: { id: true },
    });
    const office = actingAs(ctx, await personActor(ctx, of("institute")));
    must(await decideMembership(office, { membershipId, decision: "accept" }), "researcher");
    must(await setOfficeApproval(office, { organisationId, required: true }), "office approval");
  });
  return {
    officeId: office.id,
    brokerId: of("broker"),
    secondBrokerId: of("second-broker"),
    enterprise,
    institute,
    researcherId: of("researcher"),
  };
}

export type DemoHolder = { personId: string; organisationId: string };
type HolderInput = {
  taxCode: string;
  nameVi: string;
  nameEn: string;
  type: string;
  provinceCode: string;
  communeCode?: string;
};

async function ensureHolder(
  ctx: Ctx,
  personId: string,
  brokerId: string | null,
  input: HolderInput,
): Promise<DemoHolder> {
  const known = await ctx.db.organisation.findUnique({
    where: { taxCode: input.taxCode },
    select: { id: true, state: true },
  });
  let organisationId = known?.id;
  if (!organisationId) {
    const form = foundOrganisationSchema.parse({ ...input, about: ABOUT, evidence: EVIDENCE, notDuplicate: "yes" });
    const as = actingAs(ctx, await personActor(ctx, personId));
    organisationId = must(await foundOrganisation(as, form), input.nameVi).id;
  }
  if (brokerId && (known?.state ?? "pending") === "pending") {
    const as = actingAs(ctx, await personActor(ctx, brokerId));
    must(await decideOrganisation(as, { organisationId, decision: "approve" }), `verify ${input.nameVi}`);
  }
  return { personId, organisationId };
}

/** A person's first request or claim; once there was one, whatever became of it, the demo adds no second. */
async function onlyOnce(ctx: Ctx, personId: string, act: (as: Ctx) => Promise<void>): Promise<void> {
  const before = await ctx.db.person.findUniqueOrThrow({
    where: { id: personId },
    select: { _count: { select: { memberships: true, claims: true } } },
  });
  if (before._count.memberships + before._count.claims > 0) return;
  await act(actingAs(ctx, await personActor(ctx, personId)));
}
