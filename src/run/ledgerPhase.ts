import type { ConfigDocument } from "../config/document.ts";
import {
  type Look,
  ledgerResultOf,
  type RecordedLook,
  recordLook,
  recordOutcome,
  spendingOf,
} from "../config/ledger.ts";
import { readLedger } from "../config/ledgerRead.ts";
import { InputError } from "../errors.ts";
import type { ConfigRun } from "./results.ts";
import type { Session } from "./session.ts";

/** A look at a hold-out in one config's ledger; `seq` is null if it could not be recorded. */
export interface Looked extends Omit<RecordedLook, "seq"> {
  readonly seq: number | null;
}

/**
 * Records that a run is about to test its candidates for this config on a hold-out, and returns what each type may spend. A dry run in a
 * read-only folder warns and uses the ledger as it is. If it throws InputError, nothing may be decided.
 */
export async function lookAt(document: ConfigDocument, look: Look, nowMs: number, session: Session): Promise<Looked> {
  const { path } = document;
  const looked = await session
    .withFiles(() => recordLook(path, look, { nowMs, ...waiting(session) }))
    .catch(async (cause: unknown) => {
      if (!look.isDryRun || !(cause instanceof InputError)) throw cause;
      warnUnwritten(path, "this look at the hold-out", session);
      return unrecorded(path, look, nowMs);
    });
  if (looked.ledger.said !== null) session.warn("LEDGER", looked.ledger.said);
  return looked;
}

/** Records the outcome of a look. If that fails, saved configs stay saved. */
export async function recordRun(
  { path }: Pick<ConfigDocument, "path">,
  { seq }: Pick<Looked, "seq">,
  run: Pick<ConfigRun, "phase4" | "decision">,
  nowMs: number,
  session: Session,
): Promise<void> {
  if (seq === null) return;
  const types = Object.entries(run.decision).map(([type, { advice, applied }]) => {
    const candidates = run.phase4.types[type]!.candidates.map(({ candidate, verdict, gate }) => ({
      name: candidate,
      verdict,
      figures: { better_share: gate?.better_share ?? null },
    }));
    return [type, { candidates, decision: { advice, applied } }] as const;
  });
  const outcome = { look: seq, types: Object.fromEntries(types) };
  await session
    .uninterrupted(() => recordOutcome(path, outcome, { nowMs, ...waiting(session) }))
    .catch((cause: unknown) => {
      if (!(cause instanceof InputError)) throw cause;
      warnUnwritten(path, "the outcome of this run", session);
    });
}

/** A look as shown in a result. */
export const shownLedger = (looked: Looked): NonNullable<ConfigRun["ledger"]> => ledgerResultOf(looked);

async function unrecorded(path: string, look: Look, nowMs: number): Promise<Looked> {
  const { entries, state, said } = await readLedger(path, nowMs);
  const { levels } = spendingOf(entries, look, { ...look, nowMs });
  return { seq: null, levels, ledger: { state, said } };
}

/** Warns about what is missing from a ledger that cannot be written. */
export function warnUnwritten(path: string, what: string, session: Session): void {
  session.warn("LEDGER_NOT_WRITTEN", `the ledger of ${path} cannot be written, so ${what} is not recorded`);
}

/** How a run waits for another that writes the same ledger. */
export function waiting(session: Session): { readonly onWait: () => void; readonly whileWaiting: () => void } {
  return {
    onWait: () => session.say("phase4", "waiting: another run is writing this config's ledger"),
    whileWaiting: session.beat,
  };
}
