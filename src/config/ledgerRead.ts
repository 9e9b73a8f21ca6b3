import { InputError } from "../errors.ts";
import { unreadable } from "./fileFaults.ts";
import { dateOf, type EntryBody, entriesOf, entryOf, type LedgerEntry, utcDayOf } from "./ledgerEntries.ts";
import { chainOf, type Fault, type Line } from "./ledgerLine.ts";
import { type LedgerFiles, type LedgerHead, type LedgerPlace, ledgerPlaceOf, readLedgerFiles } from "./ledgerPlace.ts";
import { oldestTraceMs } from "./ledgerTraces.ts";
import { quoted } from "./quoted.ts";

/** How far two machines' clocks may differ before a line counts as from the future. */
const clockSlackMs = 3_600_000;

/**
 * `whole`; `missing`: no file; `cut`: lines are lost, unfinished or changed; `foreign`: of another config, of a newer version, or not written by Sluice;
 * `future`: lines dated after now.
 */
export type LedgerState = "whole" | "missing" | "cut" | "foreign" | "future";

/** The reliable part of a config's ledger. */
export interface Ledger {
  /** In order. A gap stands for looks that may be missing: every night of it counts. */
  readonly entries: readonly LedgerEntry[];
  readonly state: LedgerState;
  /** What is wrong with it and the consequence, in one sentence; null if nothing is. */
  readonly said: string | null;
}

/** A ledger with what is needed to append to it. */
export interface Inspected extends Ledger {
  readonly place: LedgerPlace;
  /** The intact lines. */
  readonly lines: readonly Line[];
  /** The gap at the end of the entries that is not recorded yet, if any; `future` has none, since all its lines are intact. */
  readonly gap: EntryBody<"gap"> | null;
  /** Whether the file holds data that the new one will not contain. */
  readonly isDamaged: boolean;
  readonly isNewer: boolean;
}

/**
 * Reads the ledger of a config. A ledger that is lost, cut, foreign or from the future is reported, and treated as if every night since the first known trace
 * (if cut: since its last intact line) had looked. A config without a ledger and without traces of earlier runs has had no looks. Throws InputError if it cannot be read.
 */
export async function readLedger(configPath: string, nowMs: number = Date.now()): Promise<Ledger> {
  const { entries, state, said } = await inspectLedger(configPath, nowMs);
  return { entries, state, said };
}

/** The same, for appending. Throws InputError. */
export async function inspectLedger(configPath: string, nowMs: number): Promise<Inspected> {
  const place = await ledgerPlaceOf(configPath).catch((cause: Error) => {
    throw unreadable(configPath, cause);
  });
  const files = await readLedgerFiles(place).catch((cause: Error) => {
    throw unreadableLedger(place, cause);
  });
  return judged(place, files, nowMs, () => oldestTraceMs(configPath));
}

async function judged(
  place: LedgerPlace,
  { head, ledger }: LedgerFiles,
  nowMs: number,
  oldestTrace: () => Promise<number | null>,
): Promise<Inspected> {
  const where = quoted(place.ledger, 200);
  const lostHead = head?.hash ?? null;
  const lost = async (state: LedgerState, what: string, known: readonly number[], isNewer = false) => {
    const traces = [...known, (await oldestTrace()) ?? nowMs, nowMs];
    // A clock at zero is still not before 1970.
    const sinceMs = Math.max(0, Math.min(...traces));
    const gap = gapOf({ sinceMs, untilMs: nowMs, atLeast: 1, reason: what, lostHead });
    return inspected(
      place,
      [],
      state,
      `${what} (${where}): every night since ${dateOf(utcDayOf(sinceMs))} counts as a look`,
      {
        gap,
        isDamaged: state !== "missing",
        isNewer,
      },
    );
  };
  if (ledger === null) {
    const trace = head ? head.openedMs : await oldestTrace();
    return trace === null
      ? inspected(place, [], "missing", null)
      : lost("missing", "the ledger is missing, but earlier runs left traces", [trace]);
  }
  if (ledger === "unread") return lost("foreign", "the file is not a ledger", headTimes(head));
  const { lines, fault } = chainOf(ledger.text);
  const first = lines[0];
  const changed = [ledger.changedMs, ...headTimes(head)];
  if (!first && fault?.kind === "newer")
    return lost("foreign", "the ledger was written by a newer version of Sluice", changed, true);
  if (!first)
    return head || fault?.kind === "torn" || ledger.text === ""
      ? lost("cut", "the ledger's first line is incomplete", changed)
      : lost("foreign", "the ledger was not written by Sluice", changed);
  const name = configOf(first);
  if (name !== place.name)
    return lost("foreign", `the ledger belongs to another config, ${quoted(JSON.stringify(name))}`, [
      ...times(lines),
      ...changed,
    ]);
  return damaged(place, lines, fault, head, nowMs);
}

/** A ledger of this config whose first lines are intact. */
function damaged(
  place: LedgerPlace,
  lines: readonly Line[],
  fault: Fault | null,
  head: LedgerHead | null,
  nowMs: number,
): Inspected {
  const where = quoted(place.ledger, 200);
  const first = lines[0]!;
  const last = lines.at(-1)!;
  const isNewer = fault?.kind === "newer";
  const cut = (state: LedgerState, what: string, since: Line, atLeast: number): Inspected => {
    const sinceMs = Math.min(since.timeMs, nowMs);
    const said = `${what} (${where}): every night since ${dateOf(utcDayOf(sinceMs))} counts as a look`;
    return inspected(place, lines, state, said, {
      gap: gapOf({ sinceMs, untilMs: nowMs, atLeast, reason: what, lostHead: head?.hash ?? null }),
      isDamaged: true,
      isNewer,
    });
  };
  if (fault) {
    const what = {
      torn: `line ${fault.at} of the ledger is incomplete`,
      changed: `line ${fault.at} of the ledger was changed, or lines before it are missing`,
      other: `line ${fault.at} of the ledger belongs to another ledger`,
      newer: `line ${fault.at} of the ledger was written by a newer version of Sluice`,
    }[fault.kind];
    return cut(fault.kind === "other" || isNewer ? "foreign" : "cut", what, last, fault.count);
  }
  const headFault = head && !isAccountedFor(head, lines) ? faultOfHead(head, lines) : null;
  if (headFault) return cut(headFault.state, headFault.what, headFault.since, headFault.atLeast);
  const latest = Math.max(...times(lines));
  if (latest > nowMs + clockSlackMs) {
    const sinceMs = Math.min(first.timeMs, nowMs);
    const what = `the ledger has lines dated ${dateOf(utcDayOf(latest))}, in the future`;
    const said = `${what} (${where}): every night since ${dateOf(utcDayOf(sinceMs))} counts as a look; check the clock`;
    return inspected(place, lines, "future", said, {
      gap: gapOf({ sinceMs, untilMs: nowMs, atLeast: 1, reason: what, lostHead: null }),
    });
  }
  return inspected(place, lines, "whole", null);
}

/** Whether a head belongs to a ledger that was repaired since, by a run that died before it wrote its own head. */
function isAccountedFor({ hash }: LedgerHead, lines: readonly Line[]): boolean {
  return lines.some(({ fields }) => fields["lostHead"] === hash);
}

/** What is wrong with a chain of lines that does not lead to the line written last. */
function faultOfHead(
  head: LedgerHead,
  lines: readonly Line[],
): { state: LedgerState; what: string; since: Line; atLeast: number } | null {
  const first = lines[0]!;
  const last = lines.at(-1)!;
  const missing = head.seq - last.seq;
  const other = { what: "the ledger is not the one written last", since: first, atLeast: 1 };
  if (head.ledger !== first.ledger) return { state: "foreign", ...other };
  if (missing > 0)
    return { state: "cut", what: `the last ${missing} lines of the ledger are missing`, since: last, atLeast: missing };
  const isOther = lines.some(({ seq, link }) => seq === head.seq && link !== head.hash);
  return isOther ? { state: "cut", ...other } : null;
}

function inspected(
  place: LedgerPlace,
  lines: readonly Line[],
  state: LedgerState,
  said: string | null,
  rest: Partial<Pick<Inspected, "gap" | "isDamaged" | "isNewer">> = {},
): Inspected {
  const standing = lines.map(entryOf).filter((entry) => entry !== null);
  const gap = rest.gap ?? null;
  const virtual = gap ? [{ kind: "gap", seq: lines.length, timeMs: gap.untilMs, ...gap } as const] : [];
  const recorded = state === "future" ? null : gap;
  const marks = { isDamaged: rest.isDamaged ?? false, isNewer: rest.isNewer ?? false };
  return { place, lines, entries: [...standing, ...virtual], state, said, gap: recorded, ...marks };
}

/** A gap whose nights had hold-outs like the current run's. */
function gapOf(gap: Omit<EntryBody<"gap">, "holdoutDays" | "lagDays">): EntryBody<"gap"> {
  return { ...gap, holdoutDays: null, lagDays: null };
}

function times(lines: readonly Line[]): number[] {
  return lines.map(({ timeMs }) => timeMs);
}

function headTimes(head: LedgerHead | null): number[] {
  return head ? [head.openedMs] : [];
}

/** The config that a ledger's first line was written for. */
function configOf(line: Line): string | null {
  const entry = entryOf(line);
  if (!entry) return null;
  return entriesOf([entry], "opened")[0]?.config ?? entriesOf([entry], "summary")[0]?.config ?? null;
}

function unreadableLedger({ ledger }: LedgerPlace, cause: Error): InputError {
  return new InputError(
    "LEDGER_UNREADABLE",
    "the ledger cannot be read",
    { where: ledger, found: quoted(cause.message, 200), remedy: "check the permissions of the file and its folder" },
    { cause },
  );
}
