import type { TypedChecklist } from "~/modules/listings/schemas";

/** The answers as typed; what is not a known answer is refused by the command. */
export function typedChecklist(form: FormData): TypedChecklist {
  const typed = (name: string) => String(form.get(name) ?? "");
  const obsolete = [...form.keys()].flatMap((name) =>
    name.startsWith("obsolete.") ? [[name.slice("obsolete.".length), typed(name)] as const] : [],
  );
  return {
    listStatus: typed("listStatus"),
    owner: typed("owner"),
    contactsSeen: form.has("contactsSeen"),
    obsolete: Object.fromEntries(obsolete),
  };
}
