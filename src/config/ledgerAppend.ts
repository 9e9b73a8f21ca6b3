import { randomBytes } from "node:crypto";
import { chown, copyFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { putInPlace, syncFolder, writeDraft } from "../wholeFile.ts";
import { dropLeftovers } from "./drafts.ts";
import { unreadable } from "./fileFaults.ts";
import { compacted } from "./ledgerCompact.ts";
import { type DaySpan, type EntryBody, type LedgerEntry, utcDayOf } from "./ledgerEntries.ts";
import { daysIn } from "./ledgerEpochs.ts";
import { type Line, sealed } from "./ledgerLine.ts";
import { type LedgerPlace, ledgerPlaceOf } from "./ledgerPlace.ts";
import { type Inspected, inspectLedger, type Ledger } from "./ledgerRead.ts";
import { type LockOptions, underLock } from "./lock.ts";
import { quoted } from "./quoted.ts";
import type { Source } from "./source.ts";

type AddedKind = "look" | "outcome" | "challenger" | "applied";

/** What is to be added to a ledger. */
export type Addition = {
  readonly [K in AddedKind]: { readonly kind: K; readonly body: EntryBody<K> };
}[AddedKind];

/** Who may read the config may also read its ledger. */
type Owner = Pick<Source, "mode" | "uid" | "gid">;

/** How to append to a ledger. */
export interface AppendOptions extends LockOptions {
  readonly nowMs: number;
  /** Hold-out of the run, which assumed nights would have had too. */
  readonly holdout?: DaySpan;
  /** Size in bytes above which old lines are summarised; default 256 KiB. */
  readonly compactAboveBytes?: number;
}

/**
 * Appends what `make` returns to the ledger of a config, under its own lock: `make` gets the ledger, which no other run can change meanwhile, and the number of the first line
 * to add. The file is replaced as a whole, by a rename, so that it always holds all of an addition or none. A lost or damaged ledger is repaired at the same time: intact lines stay,
 * a gap records what may be missing, and the damaged file is kept as `ledger.jsonl.damaged`. Throws InputError.
 */
export async function appendToLedger<T>(
  configPath: string,
  options: AppendOptions,
  make: (ledger: Ledger, nextSeq: number) => { readonly additions: readonly Addition[]; readonly result: T },
): Promise<T> {
  const place = await ledgerPlaceOf(configPath).catch((cause: Error) => {
    throw unreadable(configPath, cause);
  });
  return underLock(place.folder, options, async (assertHeld) => {
    const found = await inspectLedger(configPath, options.nowMs);
    if (found.isNewer) throw newer(place);
    const base = healed(found, options);
    const { additions, result } = make(found, base.length === 0 ? 2 : base.at(-1)!.seq + 1);
    if (additions.length === 0) return result;
    const lines = withAdditions(base.length === 0 ? [opening(place, options.nowMs)] : base, additions, options.nowMs);
    const config = await stat(place.config).catch((cause: Error) => {
      throw unreadable(configPath, cause);
    });
    await write(place, config, found, compacted(lines, options.nowMs, options.compactAboveBytes), assertHeld);
    return result;
  });
}

/** The lines to go on from; a gap's line follows where looks may be missing. Empty if there never was a ledger. */
function healed({ place, lines, gap }: Inspected, { nowMs, holdout }: AppendOptions): readonly Line[] {
  if (!gap) return lines;
  const start = lines.length === 0 ? [opening(place, Math.min(gap.sinceMs, nowMs))] : lines;
  const spans = holdout && {
    holdoutDays: daysIn(holdout),
    lagDays: utcDayOf(nowMs) - holdout.lastDay,
  };
  return [...start, next(start, "gap", { ...gap, ...spans }, nowMs)];
}

function opening({ name }: LedgerPlace, nowMs: number): Line {
  const ledger = randomBytes(8).toString("hex");
  return sealed({ ledger, seq: 1, timeMs: nowMs, kind: "opened", body: { config: name }, previous: "" });
}

function withAdditions(lines: readonly Line[], additions: readonly Addition[], nowMs: number): readonly Line[] {
  const all = [...lines];
  for (const { kind, body } of additions) all.push(next(all, kind, body, nowMs));
  return all;
}

function next(lines: readonly Line[], kind: LedgerEntry["kind"], body: object, nowMs: number): Line {
  const { ledger, seq, link } = lines.at(-1)!;
  return sealed({ ledger, seq: seq + 1, timeMs: nowMs, kind, body: { ...body }, previous: link });
}

async function write(
  place: LedgerPlace,
  config: Owner,
  { isDamaged }: Inspected,
  lines: readonly Line[],
  assertHeld: () => Promise<void>,
): Promise<void> {
  try {
    await makeLedgerFolder(place, config);
    await dropLeftovers(place.folder);
    await dropLeftovers(place.ledger);
    await dropLeftovers(place.head);
    // For people: data that no line holds any more. If a folder is in the ledger's place, the rename refuses it.
    if (isDamaged) await copyFile(place.ledger, place.damaged).catch(() => {});
    const draft = await writeDraft(place.ledger, config, (file) =>
      file.append(lines.map(({ text }) => `${text}\n`).join("")),
    );
    await assertHeld();
    await putInPlace(draft, place.ledger);
  } catch (cause) {
    throw cause instanceof InputError ? cause : unwritable(place, cause as Error);
  }
  await writeHead(place, config, lines);
}

/** The folder of a ledger, readable for those who may read the config. */
async function makeLedgerFolder({ folder }: LedgerPlace, { mode, uid, gid }: Owner): Promise<void> {
  const searchable = (mode & 0o777) | ((mode & 0o444) >> 2);
  const made = await makeFolder(folder, searchable | 0o700);
  if (made === undefined) return;
  // Only root may give a folder away, as the bot's own user needs it.
  await chown(folder, uid, gid).catch(() => {});
  await syncFolder(dirname(folder));
}

/** A head that is older than its ledger detects fewer losses; it is not a reason to report a line as unwritten that was written. */
async function writeHead({ head }: LedgerPlace, config: Owner, lines: readonly Line[]): Promise<void> {
  const { ledger, seq, hash } = lines.at(-1)!;
  const openedMs = openedOf(lines[0]!);
  const text = `${JSON.stringify({ ledger, seq, hash, openedMs })}\n`;
  await writeDraft(head, config, (file) => file.append(text))
    .then((draft) => putInPlace(draft, head))
    .catch(() => {});
}

function openedOf({ fields, timeMs }: Line): number {
  return typeof fields["openedMs"] === "number" ? fields["openedMs"] : timeMs;
}

function newer({ ledger }: LedgerPlace): InputError {
  return new InputError("LEDGER_NEWER", "the ledger was written by a newer Sluice", {
    where: ledger,
    found: "lines in a format that this version does not know",
    expected: "format 1",
    remedy: "nothing was written; run the newer version",
  });
}

function unwritable({ ledger }: LedgerPlace, cause: Error): InputError {
  return new InputError(
    "LEDGER_UNWRITABLE",
    "the ledger could not be written; config and ledger are unchanged",
    {
      where: ledger,
      found: quoted(cause.message, 200),
      remedy: "free disk space or fix the permissions of its folder, and run again",
    },
    { cause },
  );
}
