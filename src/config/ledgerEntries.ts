import * as v from "valibot";
import type { Line } from "./ledgerLine.ts";

const day = v.pipe(v.number(), v.integer());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const span = v.pipe(
  v.object({ firstDay: day, lastDay: day }),
  v.check((days) => days.firstDay <= days.lastDay),
);
const evidence = v.object({ value: v.number(), best: v.number() });
const both = <T extends v.GenericSchema>(schema: T) => v.object({ current: schema, nothing: schema });

const challenge = v.object({
  frozenDay: day,
  threshold: v.number(),
  clips: both(v.number()),
  evidence: both(evidence),
  days: count,
  lastDay: day,
  state: v.picklist(["running", "won", "dropped", "expired"]),
});

const partialExit = v.pipe(
  v.strictObject({
    share: v.number(),
    atr: v.exactOptional(v.number()),
    percent: v.exactOptional(v.number()),
    then: v.exactOptional(v.picklist(["hold", "break_even"])),
  }),
  v.readonly(),
);
const parameterValue = v.union([
  v.number(),
  v.boolean(),
  v.picklist(["any", "none"]),
  v.pipe(v.array(v.number()), v.readonly()),
  partialExit,
  v.pipe(v.record(v.string(), v.number()), v.readonly()),
]);

const frozen = v.object({
  type: v.string(),
  /** Number of the line in which it was frozen. */
  frozenSeq: count,
  params: v.record(v.string(), parameterValue),
  /** Its verdict when it was frozen. */
  verdict: v.string(),
  /** Hash of its opponent's parameters: those that the config had. */
  opponent: v.string(),
  challenge,
});

const row = v.object({ startedMs: v.number(), count });

const epoch = v.object({ anchor: span, looks: count, spent: v.number(), assumed: v.number() });

const schemas = {
  /** The first line of a new ledger. */
  opened: v.object({ config: v.string() }),
  /** A run has looked at a hold-out: its doubt is spent, whatever the outcome. */
  look: v.object({
    splitMs: v.number(),
    dataEndMs: v.number(),
    holdout: span,
    confidence: share,
    types: v.record(
      v.string(),
      v.object({
        look: count,
        level: share,
        /** Of a group of symbols: the type whose account the look counts in; the key names both. */
        type: v.exactOptional(v.string()),
      }),
    ),
    fingerprint: v.string(),
    configSha256: v.string(),
    isDryRun: v.boolean(),
  }),
  /** The outcome of a look. */
  outcome: v.object({
    /** Number of the look's line. */
    look: count,
    types: v.record(
      v.string(),
      v.object({
        candidates: v.array(
          v.object({
            name: v.string(),
            verdict: v.string(),
            figures: v.record(v.string(), v.nullable(v.number())),
          }),
        ),
        decision: v.object({ advice: v.string(), applied: v.nullable(v.string()) }),
      }),
    ),
  }),
  /** Looks may have been lost: every night of the span counts as one. */
  gap: v.object({
    sinceMs: v.number(),
    untilMs: v.number(),
    /** Days of the hold-out that those nights would have had, and how many days before the night it ended; null: like the current run's. */
    holdoutDays: v.nullable(count),
    lagDays: v.nullable(v.pipe(v.number(), v.integer())),
    /** Minimum number of looks, however short the span. */
    atLeast: count,
    reason: v.string(),
    /** Hash in the head of the ledger that was found: that line is accounted for. */
    lostHead: v.nullable(v.string()),
  }),
  /** What happened to a type's challenger. */
  challenger: v.object({
    event: v.picklist(["frozen", "scored", "ended"]),
    challenger: frozen,
    outcome: v.nullable(v.string()),
  }),
  /** A recommendation was applied to the config. */
  applied: v.object({ id: v.string(), dataEndMs: v.number(), types: v.array(v.string()) }),
  /** Stands for all lines before it. */
  summary: v.object({
    config: v.string(),
    continues: v.string(),
    openedMs: v.number(),
    lines: count,
    epochs: v.record(v.string(), v.array(epoch)),
    /** Epochs of a type that had no look yet: nights that are assumed count for every type. */
    anyType: v.array(epoch),
    challengers: v.record(v.string(), v.object({ open: v.nullable(frozen), row: v.nullable(row) })),
    anyRow: v.nullable(row),
    /** By type: the newest recommendation that was applied. */
    applied: v.exactOptional(v.record(v.string(), v.object({ id: v.string(), dataEndMs: v.number() }))),
  }),
} as const;

type Kinds = typeof schemas;

/** The content of a ledger line; times in epoch milliseconds, days are UTC days counted from 1970. */
export type LedgerEntry = {
  [K in keyof Kinds]: { readonly kind: K; readonly seq: number; readonly timeMs: number } & Readonly<
    v.InferOutput<Kinds[K]>
  >;
}[keyof Kinds];

/** The entries of one kind. */
export type EntryOf<K extends LedgerEntry["kind"]> = Extract<LedgerEntry, { readonly kind: K }>;

/** The part of an entry that a caller provides; the ledger adds number and time. */
export type EntryBody<K extends LedgerEntry["kind"]> = Omit<EntryOf<K>, "kind" | "seq" | "timeMs">;

/** Days of a hold-out, both ends included. */
export type DaySpan = v.InferOutput<typeof span>;
/** How much of one epoch of a hold-out is spent; see ledgerEpochs.ts. */
export type SummedEpoch = v.InferOutput<typeof epoch>;
/** A frozen candidate and its score so far. */
export type FrozenChallenger = v.InferOutput<typeof frozen>;
/** Challengers of one type that share the doubt to spend. */
export type ChallengerRow = v.InferOutput<typeof row>;

/** The content of a line; null if its kind is unknown or its fields do not fit the kind. */
export function entryOf(line: Line): LedgerEntry | null {
  if (!Object.hasOwn(schemas, line.kind)) return null;
  const parsed = v.safeParse(schemas[line.kind as keyof Kinds] as v.GenericSchema, line.fields);
  if (!parsed.success) return null;
  return { kind: line.kind, seq: line.seq, timeMs: line.timeMs, ...(parsed.output as object) } as LedgerEntry;
}

/** What a look spent of a type's account; undefined if it did not look at that type. Groups of symbols share their type's: their decisions share one doubt. */
export function spentOn({ types }: Pick<EntryOf<"look">, "types">, type: string): Spent | undefined {
  return Object.entries(types).find(([key, spent]) => (spent.type ?? key) === type)?.[1];
}

type Spent = EntryOf<"look">["types"][string];

/** The types whose accounts a look counts in. */
export function accountsOf({ types }: Pick<EntryOf<"look">, "types">): string[] {
  return Object.entries(types).map(([key, { type = key }]) => type);
}

/** The entries of a kind, in order. */
export function entriesOf<K extends LedgerEntry["kind"]>(entries: readonly LedgerEntry[], kind: K): EntryOf<K>[] {
  return entries.filter((entry): entry is EntryOf<K> => entry.kind === kind);
}

const dayMs = 86_400_000;

/** The UTC day of a time, counted from 1970. */
export function utcDayOf(timeMs: number): number {
  return Math.floor(timeMs / dayMs);
}

/** A UTC day, counted from 1970, as a date: `2026-11-23`. */
export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}
