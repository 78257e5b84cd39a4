import { audit } from "~/platform/audit.server";
import { type Ctx, hasGrant } from "~/platform/context";
import type { Tx } from "~/platform/db/client.server";
import { transact } from "~/platform/db/transact.server";
import { newId } from "~/platform/ids";
import { emit } from "~/platform/outbox.server";
import { abort, fail, ok, type Result } from "~/platform/result";
import { cleanText } from "~/platform/text";
import { checkEntry } from "../domain/check-entry";
import { type Entry, keyOf, liveEntry } from "../domain/live-dictionary";
import { freshDictionary } from "../queries/fresh-dictionary.server";
import type { TermInput } from "../schemas";

/** One form a line, as a person writes them; doubled blanks and empty lines go. */
const formsIn = (text: string): string[] =>
  text
    .split(/[\n|;]+/)
    .map((form) => cleanText(form).replace(/\s+/g, " ").trim())
    .filter((form) => form !== "");

/** Changes of the dictionary come one after the other, so that no two entries take the same form and revisions commit in order. */
async function lockDictionary(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('dictionary', 0))`;
}

/** The entry was changed since it was opened: names who was quicker. */
async function refuseStale(tx: Tx, key: string, revision: number): Promise<void> {
  const last = await tx.dictionaryChange.findFirst({
    where: { entryKey: key },
    orderBy: { seq: "desc" },
    select: { seq: true, person: { select: { fullName: true } } },
  });
  if (last && last.seq !== revision)
    abort("dictionary:error.changedMeanwhile", { params: { name: last.person.fullName } });
}

async function append(
  tx: Tx,
  ctx: Ctx & { actor: { personId: string } },
  action: string,
  entry: Entry,
  note: string | null,
  before: Entry | undefined,
): Promise<number> {
  const { key, active, kind, source } = entry;
  const id = newId();
  const { seq } = await tx.dictionaryChange.create({
    data: {
      id,
      entryKey: key,
      active,
      en: [...entry.en],
      vi: [...entry.vi],
      kind,
      source,
      sectors: [...entry.sectors],
      note,
      personId: ctx.actor.personId,
      at: ctx.clock.now(),
    },
    select: { seq: true },
  });
  const facts = (one: Entry) => ({
    active: one.active,
    en: [...one.en],
    vi: [...one.vi],
    kind: one.kind,
    source: one.source,
  });
  await audit(tx, ctx, {
    action,
    subjectKind: "dictionary-change",
    subjectId: id,
    ...(before ? { before: { key, ...facts(before) } } : {}),
    after: { key, revision: seq, ...facts(entry) },
  });
  await emit(tx, ctx, "dictionary.changed", id);
  return seq;
}

/** A key that no entry has. */
function freeKey(entry: Pick<Entry, "en" | "vi">): string {
  const key = keyOf(entry);
  for (let number = 1; ; number++) {
    const tried = number === 1 ? key : `${key}-${number}`;
    if (liveEntry(tried) === undefined) return tried;
  }
}

const isAdministrator = (ctx: Ctx): ctx is Ctx & { actor: { personId: string } } =>
  hasGrant(ctx.actor, "administrator");

/**
 * Adds an entry to the dictionary or changes one; the listings that hold its forms are read anew by workers. Administrators only.
 * Failures: dictionary:error.{notFound,bothEmpty,oneForm,tooShort,tooLong,grammar,noWord,abbreviation,twice,syllable,used,
 * nothingChanged,changedMeanwhile}; the message names the form.
 */
export async function saveTerm(ctx: Ctx, input: TermInput & { key: string | null }): Promise<Result<{ key: string }>> {
  if (!isAdministrator(ctx)) return fail("dictionary:error.notFound");
  return transact<{ key: string }>(ctx, async (tx) => {
    await lockDictionary(tx);
    await freshDictionary({ db: ctx.db });
    const before = input.key === null ? undefined : liveEntry(input.key);
    if (input.key !== null && !before) return fail("dictionary:error.notFound");
    const forms = { en: formsIn(input.en), vi: formsIn(input.vi) };
    const entry: Entry = {
      ...forms,
      key: before?.key ?? freeKey(forms),
      active: true,
      kind: input.kind,
      source: input.source,
      sectors: before?.sectors ?? [],
    };
    const [problem] = checkEntry(entry);
    if (problem)
      return fail(problem.code, { params: problem.params, fields: { [problem.side]: ["dictionary:error.see"] } });
    if (before) {
      await refuseStale(tx, before.key, input.revision);
      const same = (one: Entry) => JSON.stringify([one.active, one.en, one.vi, one.kind, one.source]);
      if (same(before) === same(entry)) return fail("dictionary:error.nothingChanged");
    }
    const note = cleanText(input.note ?? "") || null;
    await append(tx, ctx, before ? "dictionary.changed" : "dictionary.added", entry, note, before);
    return ok({ key: entry.key });
  });
}

/** Switches an entry off (it is no longer read by) or on again. Failures as saveTerm. */
export async function switchTerm(
  ctx: Ctx,
  input: { key: string; revision: number; active: boolean; note?: string },
): Promise<Result> {
  if (!isAdministrator(ctx)) return fail("dictionary:error.notFound");
  return transact(ctx, async (tx) => {
    await lockDictionary(tx);
    await freshDictionary({ db: ctx.db });
    const before = liveEntry(input.key);
    if (!before) return fail("dictionary:error.notFound");
    await refuseStale(tx, before.key, input.revision);
    if (before.active === input.active) return fail("dictionary:error.nothingChanged");
    const entry = { ...before, active: input.active };
    // meanwhile another entry may have taken one of its forms
    const [problem] = input.active ? checkEntry(entry) : [];
    if (problem) return fail(problem.code, { params: problem.params });
    const action = input.active ? "dictionary.switched-on" : "dictionary.switched-off";
    await append(tx, ctx, action, entry, cleanText(input.note ?? "") || null, before);
    return ok();
  });
}
