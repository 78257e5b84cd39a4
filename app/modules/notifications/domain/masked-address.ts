/** Enough for its owner to know it; a forwarded mail does not give it away. */
export function maskedAddress(address: string): string {
  const [local = "", domain = ""] = address.split("@");
  return `${local.slice(0, 2)}…@${domain}`;
}
