import CircleAlert from "lucide-react/icons/circle-alert";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "~/platform/result";

type FormErrorsProps = {
  failure?: Pick<Failure, "code" | "params" | "fields"> | null;
  /** field name → words for the link to it; fields without words show their message only */
  labels?: Record<string, string>;
};

/** Why the form was not accepted: said at once to screen readers, focused, each message leads to its field. */
export function FormErrors({ failure, labels = {} }: FormErrorsProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failure) box.current?.focus();
  }, [failure]);
  if (!failure) return null;
  const fields = Object.entries(failure.fields ?? {}).filter(([, keys]) => keys.length > 0);
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="mb-6 flex gap-3 rounded-lg border-2 border-danger bg-danger-soft p-4"
    >
      <CircleAlert size={22} aria-hidden="true" className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0">
        <p className="font-semibold">{t(failure.code, failure.params ?? {})}</p>
        {fields.length > 0 ? (
          <ul className="mt-2 list-disc pl-5">
            {fields.map(([name, keys]) => (
              <li key={name}>
                <a className="link" href={`#${name}`}>
                  {labels[name] ? `${labels[name]}: ` : ""}
                  {keys.map((key) => t(key)).join(" ")}
                </a>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  );
}

/** The buttons that end a form. */
export function SubmitRow({ children }: { children: ReactNode }) {
  return <div className="no-print mt-8 flex flex-wrap items-center gap-3 border-t border-line pt-6">{children}</div>;
}
