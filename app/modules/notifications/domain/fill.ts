/** Replaces {{name}} by the value of that name; an unknown or missing one becomes nothing. One pass: values are never read again. */
export function fill(template: string, values: Record<string, string>): string {
  return template
    .replace(/\{\{(\w+)\}\}/g, (_all, name: string) => values[name] ?? "")
    .replace(/ +/g, " ")
    .trim();
}

/** A value for one line of a mail's header or text: line breaks and control characters would start something new. */
export function oneLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return value.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
}

export function escapeHtml(value: string): string {
  // most words need nothing, and a digest has a hundred of them
  if (!/[&<>"']/.test(value)) return value;
  return value
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}
