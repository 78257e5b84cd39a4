/** How much one recipient domain gets from this process. */
export type DomainLimit = { atOnce: number; perSecond: number };

/**
 * Reads "gmail.com=2/10,*=20/100": at most 2 mails at a time and 10 a second to gmail.com, 20 and 100 to every other domain.
 * A domain without a rule is not limited.
 * @throws RangeError when it cannot be read
 */
export function parseDomainLimits(text: string): Map<string, DomainLimit> {
  const limits = new Map<string, DomainLimit>();
  for (const rule of text.split(",").filter((part) => part.trim() !== "")) {
    const [, domain, atOnce, perSecond] = /^\s*(\*|[a-z0-9.-]+)=(\d{1,4})\/(\d{1,5})\s*$/i.exec(rule) ?? [];
    if (!domain || Number(atOnce) < 1 || Number(perSecond) < 1) throw new RangeError(`"${rule}" is no domain limit`);
    limits.set(domain.toLowerCase(), { atOnce: Number(atOnce), perSecond: Number(perSecond) });
  }
  return limits;
}

type Lane = DomainLimit & { sending: number; tokens: number; at: number; waiting: (() => void)[]; promised: number };
/** `release` must be called when the mail is over. */
export type Turn = { release: () => void } | { retryAfterMs: number };

/**
 * Gives mails their turn by recipient domain. Who does not get one within `patienceMs` is told when to come back; those
 * moments are spread by the domain's rate, so that the mails held back do not all return at once.
 */
export function createDomainLimits(
  limits: ReadonlyMap<string, DomainLimit>,
  { patienceMs = 5_000, now = Date.now }: { patienceMs?: number; now?: () => number } = {},
): (address: string) => Promise<Turn> {
  const lanes = new Map<string, Lane>();
  const laneOf = (address: string): Lane | null => {
    const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
    const limit = limits.get(domain) ?? limits.get("*");
    if (!limit) return null;
    const known = lanes.get(domain);
    if (known) return known;
    const lane: Lane = { ...limit, sending: 0, tokens: limit.perSecond, at: now(), waiting: [], promised: 0 };
    lanes.set(domain, lane);
    return lane;
  };
  const take = (lane: Lane): boolean => {
    const time = now();
    lane.tokens = Math.min(lane.perSecond, lane.tokens + ((time - lane.at) / 1_000) * lane.perSecond);
    lane.at = time;
    if (lane.sending >= lane.atOnce || lane.tokens < 1) return false;
    lane.tokens -= 1;
    lane.sending += 1;
    return true;
  };
  const free = { release: () => {} };
  return async (address) => {
    const lane = laneOf(address);
    if (!lane) return free;
    const turn = () => ({
      release: () => {
        lane.sending -= 1;
        lane.waiting.shift()?.();
      },
    });
    const until = now() + patienceMs;
    while (!take(lane)) {
      const left = until - now();
      if (left <= 0) {
        lane.promised = Math.max(lane.promised, now()) + 1_000 / lane.perSecond;
        return { retryAfterMs: Math.ceil(Math.max(1_000, lane.promised - now())) };
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, Math.ceil(1_000 / lane.perSecond)));
        lane.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return turn();
  };
}
