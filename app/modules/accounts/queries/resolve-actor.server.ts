import { z } from "zod";
import type { ServeContainer } from "~/platform/container.server";
import type { PersonActor } from "~/platform/context";
import { tokenHash } from "../commands/shared.server";

const HOUR = 3_600_000;

const rowSchema = z.object({
  login_id: z.string(),
  last_seen_at: z.date(),
  person_id: z.string(),
  office_id: z.string(),
  full_name: z.string(),
  email: z.string(),
  locale: z.enum(["vi", "en"]),
  grants: z.array(z.enum(["broker", "registrar", "leader", "administrator"])),
  memberships: z.array(
    z.object({
      organisationId: z.string(),
      role: z.enum(["member", "manager"]),
      verified: z.boolean(),
      name: z.string(),
    }),
  ),
});

/**
 * The person behind a login cookie's secret, with the grants in force and the active memberships of organisations that
 * are not rejected or merged; null when the login is unknown, revoked or over, or the person is disabled. One query;
 * notes at most once an hour that the login was seen.
 */
export async function resolveActor(
  container: ServeContainer,
  token: string,
): Promise<{ actor: PersonActor; locale: "vi" | "en" } | null> {
  if (token.length < 20 || token.length > 100) return null;
  const { db, clock } = container.ports;
  const now = clock.now();
  const rows = await db.$queryRaw<unknown[]>`
    SELECT l.id AS login_id, l.last_seen_at, p.id AS person_id, p.office_id, p.full_name, p.email, p.locale::text AS locale,
      coalesce((SELECT jsonb_agg(g.role ORDER BY g.role) FROM "grant" g WHERE g.person_id = p.id AND g.ended_at IS NULL), '[]') AS grants,
      coalesce((
        SELECT jsonb_agg(jsonb_build_object(
          'organisationId', o.id, 'role', m.role, 'verified', o.state = 'verified', 'name', o.name_vi
        ) ORDER BY o.name_folded, o.id)
        FROM membership m JOIN organisation o ON o.id = m.organisation_id
        WHERE m.person_id = p.id AND m.state = 'active' AND o.state IN ('pending', 'verified')
      ), '[]') AS memberships
    FROM login l JOIN person p ON p.id = l.person_id
    WHERE l.token_hash = ${tokenHash(token)} AND l.revoked_at IS NULL AND l.expires_at > ${now}
      AND p.disabled_at IS NULL AND p.email_confirmed_at IS NOT NULL`;
  if (rows.length === 0) return null;
  const row = rowSchema.parse(rows[0]);
  if (now.getTime() - row.last_seen_at.getTime() > HOUR) {
    await db.login.updateMany({
      where: { id: row.login_id, lastSeenAt: { lt: new Date(now.getTime() - HOUR) } },
      data: { lastSeenAt: now },
    });
  }
  return {
    actor: {
      kind: "person",
      personId: row.person_id,
      officeId: row.office_id,
      loginId: row.login_id,
      fullName: row.full_name,
      email: row.email,
      grants: row.grants,
      memberships: row.memberships,
    },
    locale: row.locale,
  };
}
