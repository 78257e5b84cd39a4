import { Link } from "@remix-run/react";
import ArrowLeft from "lucide-react/icons/arrow-left";
import type { ReactNode } from "react";

/** Text for screen readers only. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="sr-only">{children}</span>;
}

type CardProps = {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** rank of the title among the page's headings */
  level?: 2 | 3;
  id?: string;
  className?: string;
};

/** A framed part of a page. With a title it is a section with a heading. */
export function Card({ title, actions, children, level = 2, id, className = "" }: CardProps) {
  const Heading = `h${level}` as const;
  return (
    <section id={id} className={`card min-w-0 p-4 sm:p-6 ${className}`}>
      {title || actions ? (
        <header className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          {title ? <Heading className="text-lg font-semibold">{title}</Heading> : null}
          {actions ? <div className="no-print flex flex-wrap gap-2">{actions}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  );
}

type PageHeaderProps = {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  /** small line above the title: reference, badges */
  above?: ReactNode;
};

/** The one h1 of a page, what the page is for, and its main actions. */
export function PageHeader({ title, lead, actions, back, above }: PageHeaderProps) {
  return (
    <header className="mb-6 sm:mb-8">
      {back ? (
        <p className="no-print mb-1">
          <Link to={back.to} className="link inline-flex min-h-11 items-center gap-1.5 text-sm">
            <ArrowLeft size={18} aria-hidden="true" className="shrink-0" />
            {back.label}
          </Link>
        </p>
      ) : null}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-text">
          {above ? <div className="mb-2 flex flex-wrap items-center gap-2 text-sm">{above}</div> : null}
          <h1 className="text-2xl font-bold tracking-tight sm:text-3xl">{title}</h1>
          {lead ? <p className="mt-2 text-lg text-muted">{lead}</p> : null}
        </div>
        {actions ? <div className="no-print flex flex-wrap gap-3">{actions}</div> : null}
      </div>
    </header>
  );
}

/** Links between views of one thing; the current one is marked for eyes and for screen readers. */
export function TabLinks({
  items,
  label,
}: {
  items: { to: string; label: ReactNode; current?: boolean; count?: number }[];
  label: string;
}) {
  return (
    <nav aria-label={label} className="no-print mb-6 border-b border-line">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {items.map((item) => (
          <li key={item.to}>
            <Link
              to={item.to}
              aria-current={item.current ? "page" : undefined}
              className="flex min-h-11 items-center gap-2 border-b-3 border-transparent px-3 font-medium text-muted hover:text-ink aria-[current=page]:border-primary aria-[current=page]:text-primary"
            >
              {item.label}
              {item.count === undefined ? null : (
                <span className="rounded-full bg-sunken px-2 text-sm text-ink tabular-nums">{item.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
