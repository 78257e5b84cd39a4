import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge, NotStated, type Tone } from "~/components/ui";

const INTRODUCTION: Record<string, Tone> = {
  proposed: "warning",
  accepted: "success",
  declined: "danger",
  expired: "neutral",
  withdrawn: "neutral",
};
const ANSWER: Record<string, Tone> = { asked: "warning", accepted: "success", declined: "danger" };

export function IntroductionBadge({ state }: { state: string }) {
  const { t } = useTranslation("brokering");
  return (
    <Badge tone={INTRODUCTION[state] ?? "neutral"}>
      <span className="whitespace-nowrap">{t(`introductionState.${state}`)}</span>
    </Badge>
  );
}

export function AnswerBadge({ state }: { state: string }) {
  const { t } = useTranslation("brokering");
  return <Badge tone={ANSWER[state] ?? "neutral"}>{t(`answerState.${state}`)}</Badge>;
}

/** Facts for a narrow column: each term above its description. */
export function StackedFacts({ items }: { items: { key: string; term: string; description: ReactNode }[] }) {
  return (
    <dl className="flex flex-col gap-3">
      {items.map(({ key, term, description }) => (
        <div key={key}>
          <dt className="text-sm text-muted">{term}</dt>
          <dd className="break-words">{description || <NotStated />}</dd>
        </div>
      ))}
    </dl>
  );
}

type Contact = { name: string | null; phone: string | null; email: string | null };

/** Whom to call: name, telephone, mail, each usable by a tap. */
export function ContactLines({ contact }: { contact: Contact }) {
  return (
    <address className="flex flex-col gap-0.5 not-italic">
      {contact.name ? <span>{contact.name}</span> : null}
      {contact.phone ? (
        <a
          className="link inline-flex min-h-11 items-center tabular-nums sm:min-h-0"
          href={`tel:${contact.phone.replace(/[^\d+]/g, "")}`}
        >
          {contact.phone}
        </a>
      ) : null}
      {contact.email ? (
        <a className="link break-all" href={`mailto:${contact.email}`}>
          {contact.email}
        </a>
      ) : null}
    </address>
  );
}

export const hasContact = (contact: Contact | null): contact is Contact =>
  Boolean(contact && (contact.phone || contact.email || contact.name));
