import { readFileSync, writeFileSync } from "node:fs";
import { type Look, recordLook } from "../../src/config/ledger.ts";
import type { DaySpan, EntryOf, LedgerEntry } from "../../src/config/ledgerEntries.ts";
import { levelOf } from "../../src/config/ledgerLevel.ts";

export const dayMs = 86_400_000;
/** The UTC day 20,000 since 1970: 4 October 2024. */
export const firstNight = 20_000;

/** Three in the morning of a UTC day. */
export const nightMs = (day: number): number => day * dayMs + 3 * 3_600_000;

/** The hold-out of a night: sixty days that end with the day before. */
export const holdoutOf = (night: number, days = 60): DaySpan => ({ firstDay: night - days, lastDay: night - 1 });

/** A look of a night at its own hold-out, scalping alone. */
export function lookOf(night: number, overrides: Partial<Look> = {}): Look {
  const holdout = holdoutOf(night);
  return {
    splitMs: holdout.firstDay * dayMs,
    dataEndMs: night * dayMs,
    holdout,
    confidence: 0.95,
    types: ["scalping"],
    fingerprint: `night ${night}`,
    configSha256: "0".repeat(64),
    isDryRun: false,
    ...overrides,
  };
}

/** Puts a night's look on record. */
export function lookAtNight(path: string, night: number, overrides: Partial<Look> = {}) {
  return recordLook(path, lookOf(night, overrides), { nowMs: nightMs(night) });
}

/** Entries as a ledger holds them after these looks of one type, made one after another. */
export function lookedAt(
  holdouts: readonly DaySpan[],
  type = "scalping",
  confidences: readonly number[] = [],
): EntryOf<"look">[] {
  const entries: EntryOf<"look">[] = [];
  for (const [k, holdout] of holdouts.entries()) {
    const confidence = confidences[k] ?? 0.95;
    const timeMs = nightMs(firstNight + k);
    const { look, level } = levelOf(entries, type, { holdout, confidence, nowMs: timeMs });
    entries.push({
      ...lookOf(firstNight, { holdout, confidence, fingerprint: `run ${k}` }),
      kind: "look",
      seq: k + 2,
      timeMs,
      types: { [type]: { look, level } },
    });
  }
  return entries;
}

/** A stretch of nights of which nothing is on record. */
export function gapOf(sinceNight: number, untilNight: number, holdoutDays: number | null = null): EntryOf<"gap"> {
  return {
    kind: "gap",
    seq: 1,
    timeMs: nightMs(untilNight),
    sinceMs: nightMs(sinceNight),
    untilMs: nightMs(untilNight),
    holdoutDays,
    lagDays: holdoutDays === null ? null : 1,
    atLeast: 1,
    reason: "lost",
    lostHead: null,
  };
}

/** The how-manieth look the next one of a night would be. */
export function nextLook(entries: readonly LedgerEntry[], night: number, type = "scalping"): number {
  return levelOf(entries, type, { holdout: holdoutOf(night), confidence: 0.95, nowMs: nightMs(night) }).look;
}

export const ledgerPath = (config: string): string => `${config}.sluice/ledger.jsonl`;
export const readLines = (config: string): string[] =>
  readFileSync(ledgerPath(config), "utf8").split("\n").filter(Boolean);

/** Changes the text of a ledger as no run would. */
export function tamper(config: string, change: (text: string) => string): void {
  writeFileSync(ledgerPath(config), change(readFileSync(ledgerPath(config), "utf8")));
}
