import type { Failure } from "~/platform/result";

type Answered = { failure?: Failure | null; values?: Record<string, string | string[]> } | undefined;

/** Reads an action's answer for one form: errors beside fields and what was typed. `stored` fills the form the first time. */
export function formValues(answer: Answered, stored: Record<string, string | null | undefined> = {}) {
  const typed = answer?.values;
  const failure = answer?.failure ?? null;
  // one message about one field is said once at the top and once beside the field, not three times
  const echoed =
    failure?.fields && Object.values(failure.fields).every((keys) => keys.every((key) => key === failure.code));
  return {
    failure: failure && echoed ? { ...failure, fields: undefined } : failure,
    error: (name: string): string[] | undefined => answer?.failure?.fields?.[name],
    text: (name: string): string => {
      const value = typed ? typed[name] : stored[name];
      return (Array.isArray(value) ? value[0] : value) ?? "";
    },
    list: (name: string): string[] => {
      const value = typed?.[name];
      return value === undefined ? [] : Array.isArray(value) ? value : [value];
    },
  };
}
export type FormValues = ReturnType<typeof formValues>;
