type Asked = { find: string; chosen: string };

/** What a form with two party pickers searches for and has chosen. */
export function pickedParties(form: FormData): Record<"transferor" | "transferee", Asked> {
  const of = (side: string): Asked => ({
    find: String(form.get(`find.${side}`) ?? ""),
    chosen: String(form.get(`${side}Id`) ?? ""),
  });
  return { transferor: of("transferor"), transferee: of("transferee") };
}
