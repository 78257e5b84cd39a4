import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { FormErrors, SelectField, TextField } from "~/components/forms";
import { Badge, Button, Card, DataTable, DateText } from "~/components/ui";
import type { FormValues } from "./form-values";

export type Member = {
  id: string;
  personId: string;
  fullName: string;
  position: string | null;
  email: string;
  phone: string | null;
  role: "member" | "manager";
  note: string | null;
  createdAt: Date;
};

function MemberActions({ row, mine }: { row: Member; mine: boolean }) {
  const { t } = useTranslation("accounts");
  const manager = row.role === "manager";
  return (
    <Form method="post" className="flex flex-wrap gap-2">
      <input type="hidden" name="membershipId" value={row.id} />
      <input type="hidden" name="role" value={manager ? "member" : "manager"} />
      <Button
        variant="secondary"
        size="small"
        name="intent"
        value="role"
        aria-label={`${t(manager ? "organisation.makeMember" : "organisation.makeManager")}: ${row.fullName}`}
      >
        {t(manager ? "organisation.makeMember" : "organisation.makeManager")}
      </Button>
      {mine ? null : (
        <Button
          variant="danger"
          size="small"
          name="intent"
          value="end"
          aria-label={`${t("organisation.end")}: ${row.fullName}`}
        >
          {t("organisation.end")}
        </Button>
      )}
    </Form>
  );
}

/** Colleagues; managers and brokers change roles and end memberships here. */
export function MembersCard({
  members,
  manage,
  ownMembershipId,
}: {
  members: Member[];
  manage: boolean;
  ownMembershipId: string | null;
}) {
  const { t } = useTranslation("accounts");
  const managers = members.filter((row) => row.role === "manager");
  // the last manager can neither go nor become an ordinary member: no button that must fail
  const isLast = (id: string | null) => managers.length === 1 && managers[0]?.id === id;
  return (
    <Card title={t("organisation.members")} id="members">
      <DataTable
        caption={t("organisation.members")}
        rows={members}
        columns={[
          {
            key: "name",
            header: t("field.fullName"),
            cell: (row) => (
              <>
                <span className="font-medium">{row.fullName}</span>
                {row.position ? <span className="block text-sm text-muted">{row.position}</span> : null}
              </>
            ),
          },
          {
            key: "contact",
            header: t("field.email"),
            cell: (row) => (
              <>
                <span className="break-all">{row.email}</span>
                {row.phone ? <span className="block text-sm">{row.phone}</span> : null}
              </>
            ),
          },
          {
            key: "role",
            header: t("organisation.inviteRole"),
            cell: (row) => (
              <Badge tone={row.role === "manager" ? "info" : "neutral"}>{t(`membershipRole.${row.role}`)}</Badge>
            ),
          },
          { key: "since", header: t("organisation.since"), cell: (row) => <DateText date={row.createdAt} /> },
          ...(manage
            ? [
                {
                  key: "do",
                  header: t("common:actions"),
                  cell: (row: Member) =>
                    isLast(row.id) ? "–" : <MemberActions row={row} mine={row.id === ownMembershipId} />,
                },
              ]
            : []),
        ]}
      />
      {ownMembershipId && !isLast(ownMembershipId) ? (
        <Form method="post" className="mt-4">
          <input type="hidden" name="membershipId" value={ownMembershipId} />
          <Button variant="quiet" name="intent" value="leave">
            {t("organisation.leave")}
          </Button>
        </Form>
      ) : null}
    </Card>
  );
}

/** People who ask to join. */
export function RequestsCard({ requests }: { requests: Member[] }) {
  const { t } = useTranslation("accounts");
  if (requests.length === 0) return null;
  return (
    <Card title={t("organisation.requests")} id="requests">
      <ul className="divide-y divide-line">
        {requests.map((row) => (
          <li key={row.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-3">
            <div className="min-w-0">
              <p className="font-medium">{row.fullName}</p>
              <p className="text-sm text-muted">
                <span className="break-all">{row.email}</span> · <DateText date={row.createdAt} />
              </p>
              {row.note ? <p className="mt-1 whitespace-pre-line">{row.note}</p> : null}
            </div>
            <Form method="post" className="flex flex-wrap gap-2">
              <input type="hidden" name="membershipId" value={row.id} />
              <Button
                size="small"
                name="intent"
                value="accept"
                aria-label={`${t("organisation.accept")}: ${row.fullName}`}
              >
                {t("organisation.accept")}
              </Button>
              <Button
                size="small"
                variant="danger"
                name="intent"
                value="decline"
                aria-label={`${t("organisation.decline")}: ${row.fullName}`}
              >
                {t("organisation.decline")}
              </Button>
            </Form>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type SentInvitation = { id: string; email: string; role: "member" | "manager"; expiresAt: Date };

/** Invite a colleague; what was sent and not answered yet. */
export function InvitationsCard({ invitations, form }: { invitations: SentInvitation[]; form: FormValues }) {
  const { t } = useTranslation("accounts");
  return (
    <Card title={t("organisation.invite")} id="invite">
      <p className="mb-4 text-muted">{t("organisation.inviteText")}</p>
      <FormErrors failure={form.failure} labels={{ email: t("organisation.inviteEmail") }} />
      <Form method="post" noValidate>
        <TextField
          name="email"
          label={t("organisation.inviteEmail")}
          error={form.error("email")}
          defaultValue={form.text("email")}
          required
          type="email"
          maxLength={254}
        />
        <SelectField
          name="role"
          id="invite-role"
          label={t("organisation.inviteRole")}
          defaultValue={form.text("role") || "member"}
          options={(["member", "manager"] as const).map((value) => ({ value, label: t(`membershipRole.${value}`) }))}
        />
        <Button variant="secondary" name="intent" value="invite">
          {t("organisation.sendInvite")}
        </Button>
      </Form>
      {invitations.length > 0 ? (
        <>
          <h3 className="mt-6 mb-2 font-semibold">{t("organisation.invitations")}</h3>
          <ul className="divide-y divide-line">
            {invitations.map((row) => (
              <li key={row.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
                <span className="min-w-0">
                  <span className="break-all">{row.email}</span>
                  <span className="block text-sm text-muted">
                    {t(`membershipRole.${row.role}`)} · {t("organisation.until", { date: formatDate(row.expiresAt) })}
                  </span>
                </span>
                <Form method="post">
                  <input type="hidden" name="invitationId" value={row.id} />
                  <Button
                    variant="danger"
                    size="small"
                    name="intent"
                    value="revoke-invitation"
                    aria-label={`${t("organisation.revokeInvite")}: ${row.email}`}
                  >
                    {t("organisation.revokeInvite")}
                  </Button>
                </Form>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  );
}
