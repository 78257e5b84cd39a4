import { Form, Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { FormValues } from "~/components/accounts/form-values";
import { ContactLines, hasContact } from "~/components/brokering/states";
import { FormErrors, RadioGroup, SelectField, TextAreaField } from "~/components/forms";
import { useReasons } from "~/components/reasons";
import { Badge, Button, Card, DateText } from "~/components/ui";
import type { ParticipantView } from "~/modules/sessions/index.server";
import { MEETING_DECLINE_REASONS } from "~/modules/sessions/schemas";
import { ResponseBadge } from "./states";

type PhoneFormProps = { form: FormValues; side: string; sequence: number; open: boolean };

/** A side's answer as it was given by phone, with who said what. */
function PhoneForm({ form, side, sequence, open }: PhoneFormProps) {
  const { t } = useTranslation("sessions");
  const reasons = useReasons("meeting.decline", MEETING_DECLINE_REASONS);
  // the refused form owns the names that the error box links to
  const idOf = (name: string) => (form.failure ? name : `${side}-${name}`);
  return (
    <details className="no-print mt-3" open={open || Boolean(form.failure)}>
      <summary className="link flex min-h-11 cursor-pointer items-center font-medium">{t("phone.title")}</summary>
      <Form method="post" noValidate className="mt-2">
        <FormErrors
          failure={form.failure}
          labels={{ answer: t("phone.answer"), note: t("phone.note"), reasonCode: t("answer.reason") }}
        />
        <input type="hidden" name="side" value={side} />
        <input type="hidden" name="sequence" value={sequence} />
        <RadioGroup
          id={idOf("answer")}
          name="answer"
          legend={t("phone.answer")}
          required
          error={form.error("answer")}
          defaultValue={form.text("answer")}
          options={(["confirmed", "declined"] as const).map((value) => ({ value, label: t(`phone.${value}`) }))}
        />
        <TextAreaField
          id={idOf("note")}
          name="note"
          label={t("phone.note")}
          hint={t("phone.noteHint")}
          error={form.error("note")}
          defaultValue={form.text("note")}
          required
          maxLength={1000}
          rows={3}
        />
        <SelectField
          id={idOf("reasonCode")}
          name="reasonCode"
          label={t("phone.reason")}
          placeholder={t("answer.reasonPlaceholder")}
          error={form.error("reasonCode")}
          defaultValue={form.text("reasonCode")}
          options={reasons.map((value) => ({ value, label: t(`declineReason.${value}`) }))}
        />
        <Button variant="secondary" name="intent" value="phone">
          {t("phone.save")}
        </Button>
      </Form>
    </details>
  );
}

type Contact = { name: string | null; phone: string | null; email: string | null };
type SideCardProps = {
  side: ParticipantView;
  contact: Contact | null;
  /** the organisation's page is for brokers; leaders read the name */
  linked: boolean;
  invited: boolean;
  /** null: nothing may be written down now */
  phone: { form: FormValues; sequence: number } | null;
};

/** One side of a meeting: whom to call, what they answered, whether they came. */
export function SideCard({ side, contact, linked, invited, phone }: SideCardProps) {
  const { t } = useTranslation("sessions");
  return (
    <Card title={t(`side.${side.side}`)} id={`side-${side.side}`}>
      <p className="font-semibold break-words">
        {linked ? (
          <Link className="link" to={`/broker/organisations/${side.organisation.id}`}>
            {side.organisation.name}
          </Link>
        ) : (
          side.organisation.name
        )}
      </p>
      {hasContact(contact) ? (
        <div className="mt-2">
          <ContactLines contact={contact} />
        </div>
      ) : null}
      {side.organisation.members === 0 ? <p className="mt-2 text-sm font-medium">{t("meeting.noMembers")}</p> : null}
      <div className="mt-4 border-t border-line pt-4">
        <p className="flex flex-wrap items-center gap-2">
          {!invited ? (
            <Badge>{t("summary.notInvited")}</Badge>
          ) : side.attended === null || side.response !== "none" ? (
            <ResponseBadge response={side.response} />
          ) : null}
          {side.attended === null ? null : (
            <Badge tone={side.attended ? "success" : "danger"}>
              {t(side.attended ? "meeting.came" : "meeting.didNotCome")}
            </Badge>
          )}
        </p>
        {side.respondedAt ? (
          <p className="mt-1 text-sm text-muted">
            <DateText date={side.respondedAt} time />
            {side.channel ? ` · ${t(`channel.${side.channel}`)}` : ""}
            {side.respondedBy ? ` · ${side.respondedBy}` : ""}
          </p>
        ) : side.remindedOn ? (
          <p className="mt-1 text-sm text-muted">
            {t("meeting.reminded")} <DateText date={side.remindedOn} />
          </p>
        ) : null}
        {side.declineReason ? <p className="mt-2 font-medium">{t(`declineReason.${side.declineReason}`)}</p> : null}
        {side.responseNote ? (
          <p className="mt-2 max-w-text break-words whitespace-pre-line">{side.responseNote}</p>
        ) : null}
        {phone ? <PhoneForm form={phone.form} side={side.side} sequence={phone.sequence} open={false} /> : null}
      </div>
    </Card>
  );
}
