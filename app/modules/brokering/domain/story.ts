/** One entry of a case's story, as data: the page has the words, by `key`. */
export type StoryItem = {
  id: string;
  at: Date;
  key: string;
  params: Record<string, string>;
  /** who did it; null = the system, or somebody by a link */
  by: string | null;
  /** free text of a note, shown as it was written */
  body: string | null;
};

export type StoryEntry = {
  id: string;
  at: Date;
  seq: bigint;
  action: string;
  actorId: string | null;
  onBehalfOfId: string | null;
  before: unknown;
  after: unknown;
};
export type StoryNote = { id: string; at: Date; kind: string; body: string; byId: string; toBrokerId: string | null };

/** Actions of the audit log that the story tells; notes tell themselves, and a hand-over is told by its note. */
const TOLD: Readonly<Record<string, string>> = {
  "case.opened": "opened",
  "case.planned": "planned",
  "case.edited": "edited",
  "case.party-set": "partySet",
  "case.closed": "closed",
  "introduction.proposed": "proposed",
  "introduction.side-answered": "answered",
  "introduction.accepted": "accepted",
  "introduction.reminded": "reminded",
  "introduction.escalated": "escalated",
  "introduction.expired": "expired",
  "introduction.withdrawn": "withdrawn",
};

function stringsOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** Audit entries and notes of a case as one story, newest first. `nameOf` gives people's names. */
export function tellStory(
  entries: readonly StoryEntry[],
  notes: readonly StoryNote[],
  nameOf: (id: string) => string | null,
): StoryItem[] {
  const told = entries.flatMap((entry): (StoryItem & { seq: bigint })[] => {
    const key = TOLD[entry.action];
    if (!key) return [];
    const who = entry.actorId ?? entry.onBehalfOfId;
    return [
      {
        id: entry.id,
        at: entry.at,
        seq: entry.seq,
        key,
        params: stringsOf(entry.after),
        by: who && nameOf(who),
        body: null,
      },
    ];
  });
  const written = notes.map(
    (note): StoryItem => ({
      id: note.id,
      at: note.at,
      key: `note.${note.kind}`,
      params: note.toBrokerId ? { to: nameOf(note.toBrokerId) ?? "…" } : {},
      by: nameOf(note.byId),
      body: note.body,
    }),
  );
  // newest first; of one moment the later step on top, and what was written with a step right above it
  told.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.seq < b.seq ? 1 : -1));
  const items: StoryItem[] = told.map(({ seq: _seq, ...item }) => item);
  for (const note of written.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))) {
    const place = items.findIndex((item) => item.at.getTime() <= note.at.getTime());
    items.splice(place === -1 ? items.length : place, 0, note);
  }
  return items;
}
