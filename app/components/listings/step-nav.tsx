import Check from "lucide-react/icons/check";
import { useTranslation } from "react-i18next";
import type { StepProgress } from "~/modules/listings/index.server";

/**
 * The steps of the form, where the writer stands and what is still open. Buttons, not links: changing the step saves the
 * draft, also without scripts. On a phone they are numbers in a row with the current name below.
 */
export function StepNav({
  kind,
  steps,
  current,
}: {
  kind: "need" | "offering";
  steps: StepProgress[];
  current: string;
}) {
  const { t } = useTranslation("posting");
  const at = steps.findIndex(({ id }) => id === current);
  const name = (id: string) => t(`step.${kind}.${id}`);
  const state = ({ id, open }: StepProgress) =>
    id === "review" ? "" : open > 0 ? t("nav.open", { count: open }) : t("nav.done");
  return (
    <nav aria-label={t("nav.label")} className="no-print min-w-0 lg:sticky lg:top-4 lg:self-start">
      <p className="mb-2 font-semibold lg:hidden">
        {t("nav.now", { at: at + 1, of: steps.length, name: name(current) })}
      </p>
      <ol className="flex flex-wrap gap-1.5 lg:flex-col lg:gap-1">
        {steps.map((step, index) => {
          const here = step.id === current;
          const done = step.open === 0 && step.id !== "review";
          return (
            <li key={step.id}>
              <button
                type="submit"
                name="intent"
                value={`go.${step.id}`}
                formNoValidate
                aria-current={here ? "step" : undefined}
                className="flex min-h-11 min-w-9 cursor-pointer items-center gap-3 rounded-md border border-transparent px-1 text-left hover:bg-sunken aria-[current=step]:border-primary aria-[current=step]:bg-primary-soft lg:w-full lg:px-3"
              >
                <span
                  aria-hidden="true"
                  className={`flex size-7 shrink-0 items-center justify-center rounded-full border text-sm font-semibold ${done ? "border-success bg-success-soft text-success" : "border-line-strong bg-surface"}`}
                >
                  {done ? <Check size={16} /> : index + 1}
                </span>
                <span className="sr-only lg:not-sr-only">
                  <span className="block font-medium">{name(step.id)}</span>
                  <span className={`block text-sm ${step.open > 0 ? "text-warning" : "text-muted"}`}>
                    {state(step)}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
