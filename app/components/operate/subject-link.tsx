import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";

type SubjectData = { kind: string; reference: string | null; title: string | null; to: string | null };

/** What something is about, in words; a link when its reader may open it. */
export function SubjectLink({ subject }: { subject: SubjectData }) {
  const { t } = useTranslation("operate");
  const words = [t(`subject.${subject.kind}`, subject.kind), subject.reference, subject.title]
    .filter((part) => part !== null)
    .join(" · ");
  return subject.to ? (
    <Link to={subject.to} className="link">
      {words}
    </Link>
  ) : (
    <span>{words}</span>
  );
}
