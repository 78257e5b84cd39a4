import type { ReactNode } from "react";
import { Card, PageHeader } from "~/components/ui";

/** A page with one short form: sign-in and its neighbours. */
export function NarrowPage({
  title,
  lead,
  children,
  below,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  below?: ReactNode;
}) {
  return (
    <div className="mx-auto w-full max-w-xl">
      <PageHeader title={title} lead={lead} />
      <Card>{children}</Card>
      {below ? <div className="mt-6">{below}</div> : null}
    </div>
  );
}
