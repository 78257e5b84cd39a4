import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/components/format";
import { SubmitRow } from "~/components/forms";
import { Badge, Button, Card, DataTable, DateText, EmptyState, LinkButton } from "~/components/ui";
import { ConsentFields } from "./consent-fields";

type Membership = {
  id: string;
  role: "member" | "manager";
  state: string;
  organisation: { id: string; nameVi: string; state: string; rejectReason: string | null; rejectNote: string | null };
};
type Claim = {
  id: string;
  state: string;
  reasonCode: string | null;
  note: string | null;
  createdAt: Date;
  organisation: { id: string; nameVi: string; state: string };
};

/** The organisations a person belongs to, asked to join or claims, with what happens next. */
export function MyOrganisations({ memberships, claims }: { memberships: Membership[]; claims: Claim[] }) {
  const { t } = useTranslation("accounts");
  const joined = new Set(memberships.filter((row) => row.state === "active").map((row) => row.organisation.id));
  const open = claims.filter((claim) => claim.state !== "approved" && !joined.has(claim.organisation.id));
  const add = (
    <LinkButton to="/organisations/new" variant="secondary">
      {t("account.addOrganisation")}
    </LinkButton>
  );
  if (memberships.length === 0 && open.length === 0) {
    return (
      <Card title={t("account.organisations")} id="organisations">
        <EmptyState
          title={t("account.noOrganisations")}
          action={<LinkButton to="/organisations/new">{t("account.findOrganisation")}</LinkButton>}
        >
          {t("account.noOrganisationsText")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card title={t("account.organisations")} id="organisations" actions={add}>
      <ul className="divide-y divide-line">
        {memberships.map(({ id, role, state, organisation }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3">
            <Link className="link min-w-0 font-medium" to={`/organisations/${organisation.id}`}>
              {organisation.nameVi}
            </Link>
            <Badge tone={state === "active" ? "info" : state === "declined" ? "danger" : "warning"}>
              {state === "active" ? t(`membershipRole.${role}`) : t(`membershipState.${state}`)}
            </Badge>
            {organisation.state === "verified" ? null : (
              <Badge tone={organisation.state === "rejected" ? "danger" : "warning"}>
                {t(`organisationState.${organisation.state}`)}
              </Badge>
            )}
          </li>
        ))}
        {open.map((claim) => (
          <li key={claim.id} className="py-3">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              {claim.organisation.state === "rejected" ? (
                <span className="min-w-0 font-medium">{claim.organisation.nameVi}</span>
              ) : (
                <Link className="link min-w-0 font-medium" to={`/organisations/${claim.organisation.id}`}>
                  {claim.organisation.nameVi}
                </Link>
              )}
              <Badge tone={claim.state === "rejected" ? "danger" : "warning"}>{t(`claimState.${claim.state}`)}</Badge>
            </div>
            {claim.reasonCode ? (
              <p className="mt-1 text-sm">
                {t(`reason.${claim.reasonCode}`)}
                {claim.note ? `: ${claim.note}` : ""}
              </p>
            ) : null}
            {claim.organisation.state === "rejected" ? (
              <p className="mt-1 text-sm">
                {t("organisation.resubmit")}{" "}
                <Link className="link" to={`/organisations/new?new&q=${encodeURIComponent(claim.organisation.nameVi)}`}>
                  {t("found.formTitle")}
                </Link>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Open invitations to this person's address. */
export function MyInvitations({
  invitations,
}: {
  invitations: { id: string; organisation: string; expiresAt: Date }[];
}) {
  const { t } = useTranslation("accounts");
  if (invitations.length === 0) return null;
  return (
    <Card title={t("account.invitations")}>
      <ul className="divide-y divide-line">
        {invitations.map(({ id, organisation, expiresAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <span className="min-w-0">{t("account.invitedTo", { organisation, date: formatDate(expiresAt) })}</span>
            <Form method="post" action="/account">
              <input type="hidden" name="invitationId" value={id} />
              <Button name="intent" value="accept-invitation">
                {t("account.acceptInvitation")}
              </Button>
            </Form>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What the person agreed to, changeable in one press. */
export function MyConsents({ consents }: { consents: { purpose: string; textVersion: string; givenAt: Date }[] }) {
  const { t } = useTranslation("accounts");
  return (
    <Card title={t("account.consents")} id="consents-card">
      <Form method="post">
        <ConsentFields
          legend={t("field.consents")}
          hint={t("account.withdrawText")}
          chosen={consents.map((row) => row.purpose)}
        />
        <ul className="text-sm text-muted">
          {consents.map((row) => (
            <li key={row.purpose}>
              {t(`consent.${row.purpose}`)}:{" "}
              {t("consent.given", { date: formatDate(row.givenAt), version: formatDate(row.textVersion) })}
            </li>
          ))}
        </ul>
        <SubmitRow>
          <Button variant="secondary" name="intent" value="consents">
            {t("account.saveConsents")}
          </Button>
        </SubmitRow>
      </Form>
    </Card>
  );
}

type LoginRow = { id: string; device: string; createdAt: Date; lastSeenAt: Date; current: boolean };

/** Browsers that are signed in; each but this one can be signed out. */
export function MyLogins({ logins }: { logins: LoginRow[] }) {
  const { t } = useTranslation("accounts");
  return (
    <Card title={t("account.logins")} id="logins">
      <DataTable
        caption={t("account.logins")}
        rows={logins}
        columns={[
          { key: "device", header: t("account.device"), cell: (row) => row.device },
          { key: "created", header: t("account.signedInAt"), cell: (row) => <DateText date={row.createdAt} time /> },
          { key: "seen", header: t("account.lastSeen"), cell: (row) => <DateText date={row.lastSeenAt} time /> },
          {
            key: "revoke",
            header: t("common:actions"),
            cell: (row) =>
              row.current ? (
                <Badge tone="success">{t("account.thisDevice")}</Badge>
              ) : (
                <Form method="post">
                  <input type="hidden" name="loginId" value={row.id} />
                  <Button variant="danger" size="small" name="intent" value="revoke">
                    {t("account.revoke")}
                  </Button>
                </Form>
              ),
          },
        ]}
      />
    </Card>
  );
}
