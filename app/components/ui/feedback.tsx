import CircleAlert from "lucide-react/icons/circle-alert";
import CircleCheck from "lucide-react/icons/circle-check";
import Info from "lucide-react/icons/info";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import type { ReactNode } from "react";

export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

const BADGES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink border-line",
  info: "bg-info-soft text-info border-info-line",
  success: "bg-success-soft text-success border-success-line",
  warning: "bg-warning-soft text-warning border-warning-line",
  danger: "bg-danger-soft text-danger border-danger-line",
};

/** A short state or count. Colour never stands alone: the words say it. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1 rounded-full border px-2.5 py-0.5 text-sm font-medium ${BADGES[tone]}`}
    >
      {children}
    </span>
  );
}

const ICONS = { neutral: Info, info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

type AlertProps = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  /** "alert" interrupts a screen reader, "status" waits; default none: the text is simply part of the page */
  role?: "alert" | "status";
};

/** A message about the page or about what was just done. */
export function Alert({ tone = "info", title, children, role }: AlertProps) {
  const Icon = ICONS[tone];
  return (
    <div role={role} className={`mb-6 flex gap-3 rounded-lg border p-4 ${BADGES[tone]}`}>
      <Icon size={22} aria-hidden="true" className="mt-0.5 shrink-0" />
      <div className="min-w-0 text-ink">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
      </div>
    </div>
  );
}

type EmptyStateProps = { title: ReactNode; children?: ReactNode; action?: ReactNode; icon?: ReactNode };

/** Nothing here yet: says why and teaches the next step. */
export function EmptyState({ title, children, action, icon }: EmptyStateProps) {
  return (
    <div className="rounded-lg border border-dashed border-line-strong bg-surface px-4 py-8 text-center sm:px-8">
      {icon ? <div className="mb-3 flex justify-center text-primary">{icon}</div> : null}
      <p className="text-lg font-semibold">{title}</p>
      {children ? <div className="mx-auto mt-2 max-w-text text-muted">{children}</div> : null}
      {action ? <div className="no-print mt-5 flex flex-wrap justify-center gap-3">{action}</div> : null}
    </div>
  );
}
