export type FunnelChoice = { year: number | null; mine: boolean };

/** Address of a figure's records; `choice` is carried along. */
export function funnelHref(step: string, { year, mine }: FunnelChoice, page = 1): string {
  const params = new URLSearchParams();
  if (year !== null) params.set("year", String(year));
  if (mine) params.set("mine", "1");
  if (page > 1) params.set("page", String(page));
  const query = params.toString();
  return `/broker/funnel/${step}${query ? `?${query}` : ""}`;
}
