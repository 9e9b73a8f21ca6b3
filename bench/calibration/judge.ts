import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ConfigDocument,
  DaysBetween,
  knownAt,
  MemoryLedger,
  type NightTrade,
  type Objective,
  type OptimizeRequest,
  optimizeHeld,
  type Parameters,
  type Prepared,
  prepare,
  prepareCore,
  Session,
  type Settings,
  settingsOf,
  tradedByOne,
} from "../engine.ts";
import type { KnownMarket } from "./known.ts";

/** Where opportunities come from: the built-in scanner, or the market's own signals. */
export const doors = ["signals", "scanner"] as const;
export type Door = (typeof doors)[number];

/** What the bot trades by before the run: usual exits, exits so tight that costs eat them, or nothing. */
export const currents = ["usual", "tiny", "none"] as const;
export type Current = (typeof currents)[number];

const currentSets: Readonly<Record<Exclude<Current, "none">, Parameters>> = {
  usual: { atr_tp_multiplier: 2, atr_stop_multiplier: 1.5, max_holding_hours: 12 },
  tiny: { atr_tp_multiplier: 0.75, atr_stop_multiplier: 0.5, max_holding_hours: 1 },
};

/** Trades of a set after the night, one position per symbol, in percentage points. */
export interface Later {
  readonly trades: number;
  readonly average: number;
  readonly total: number;
}

/** What the run said of one set that it might have applied. */
export interface JudgedCandidate {
  readonly candidate: string;
  readonly verdict: string;
  /** Outcome and figure of each test. */
  readonly tests: Readonly<Record<string, readonly [string, number | null]>>;
  /** The gate's least share of resamples, whatever the verdict was, and what it rests on. */
  readonly better: number;
  readonly trades: number;
  readonly days: number;
  readonly average: number;
  /** Null if the gate was far from open. */
  readonly later: Later | null;
}

/** One type of one run. */
export interface JudgedType {
  readonly type: string;
  readonly verdict: string;
  readonly advice: string;
  readonly applied: string | null;
  /** The threshold of phase 3's winner, where signals have one. */
  readonly threshold: number | null;
  readonly candidates: readonly JudgedCandidate[];
  /** What keeping would have earned; null if the bot had no parameters. */
  readonly kept: Later | null;
  /** What the applied set earned. */
  readonly later: Later | null;
}

/** How a run is asked, beside its market. */
export interface Asked {
  readonly door: Door;
  readonly seed: number;
  readonly objective?: Objective;
}

/** A market with all its opportunities, and the request that a bot of it would make. */
export interface Stage {
  readonly market: KnownMarket;
  readonly settings: Settings;
  readonly request: OptimizeRequest;
  readonly prepared: Prepared;
}

/** Reads a market as a bot would, and leaves nothing behind when `use` is done. */
export async function staged<T>(
  market: KnownMarket,
  { door, seed, objective }: Asked,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-calibrate-"));
  try {
    await prepareCore();
    const own = { signals: join(folder, "signals.csv"), spaceFile: join(folder, "space.json") };
    await writeFile(own.signals, market.signals);
    await writeFile(own.spaceFile, JSON.stringify(market.space));
    const { minProfit, lookaheadHours } = market;
    const request: OptimizeRequest = {
      candles: [...market.candles],
      timeframeMs: market.candles[0]!.timeframeMs,
      ...(door === "signals" && { ...own, minProfit, lookaheadHours }),
      ...(objective && { objective }),
      seed,
      threads: 1,
      allowStale: true,
    };
    const settings = settingsOf(request);
    const bySymbol = new Map(market.candles.map((series) => [series.symbol, series]));
    const source = { ...request, ...(door === "signals" && { opportunities: own.signals }) };
    const whole = { timeframeMs: settings.timeframeMs, bySymbol };
    const prepared = await prepare(source, settings, whole, new Session());
    return await use({ market, settings, request, prepared });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The text of the bot's config: the same current parameters for each type, empty if it has none. */
export function configText(current: Current, { prepared, market }: Stage): string {
  const blocks = prepared.table.types.map((type) => [`${type}_params`, current === "none" ? {} : currentSets[current]]);
  // The bot was last changed before anything that the run sees.
  const last_update = new Date(market.candles[0]!.firstOpenTimeMs).toISOString();
  return JSON.stringify({ last_update, ...Object.fromEntries(blocks) }, null, 2);
}

/** The same as a run holds it, without a file. */
function configOf(current: Exclude<Current, "none">, { prepared, market }: Stage): ConfigDocument {
  const sets = new Map(prepared.table.types.map((type) => [type, currentSets[current]]));
  return ConfigDocument.blank(prepared.table.types).withParams(sets, market.candles[0]!.firstOpenTimeMs);
}

/** What a config's bot trades by, by type. */
export function currentSetsOf({ prepared }: Stage, config: ConfigDocument): [string, Parameters][] {
  const sets = prepared.table.types.map((type): [string, Parameters] => [
    type,
    config.currentParams(type) as Parameters,
  ]);
  return sets.filter(([, params]) => Object.keys(params).length > 0);
}

/** Trades that one bot took, as they add up. */
export function laterIn(trades: readonly NightTrade[]): Later {
  const total = trades.reduce((sum, trade) => sum + 100 * trade.return, 0);
  const average = trades.length === 0 ? 0 : total / trades.length;
  return { trades: trades.length, average: rounded(average), total: rounded(total) };
}

/** One whole run, phases 2 to 4, on what was known at the market's night, and what its choice was worth afterwards. */
export async function judged(stage: Stage, current: Current): Promise<JudgedType[]> {
  const { market, settings, request, prepared } = stage;
  const known = knownAt(prepared, { fromMs: 0, untilMs: market.nightMs }, settings);
  if (!known) return [];
  const bot = current === "none" ? {} : { configs: [configOf(current, stage)], ledger: new MemoryLedger() };
  const result = await optimizeHeld(
    { ...request, dryRun: true, nowMs: market.nightMs },
    {},
    { prepared: known, ...bot },
  );
  const run = result.runs[0]!;
  const after = new DaysBetween(settings, prepared, { night: 0, fromMs: market.nightMs, untilMs: market.endMs });
  const laterOf = (type: string, params: Parameters): Later =>
    laterIn(tradedByOne(after.trades(type, params), undefined));
  return Object.entries(run.phase4.types).map(([type, { verdict, candidates }]): JudgedType => {
    const { advice, applied, reasons } = run.decision[type]!;
    const set = reasons.find(({ code }) => code === "APPLIED");
    const chosen = set && candidates.find(({ candidate }) => candidate === set.candidate);
    const threshold = run.phase3[type]?.params["min_strength"];
    return {
      type,
      verdict,
      advice,
      applied,
      threshold: typeof threshold === "number" ? threshold : null,
      candidates: candidates.flatMap(({ candidate, verdict: own, tests, gate, params }) =>
        gate === null
          ? []
          : [
              {
                candidate,
                verdict: own,
                tests: Object.fromEntries(
                  tests.map(({ name, outcome, figure }) => [
                    name,
                    [outcome, figure === null ? null : rounded(figure)] as const,
                  ]),
                ),
                better: rounded(gate.better_share),
                trades: gate.candidate_metrics?.n ?? 0,
                days: gate.traded_days,
                average: rounded(gate.candidate_metrics?.avg_return ?? 0),
                later: gate.better_share >= 0.8 ? laterOf(type, params) : null,
              },
            ],
      ),
      kept: current === "none" ? null : laterOf(type, currentSets[current]),
      later: chosen ? laterOf(type, chosen.params) : null,
    };
  });
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(5));
}

/** One group of one run by groups. */
export interface JudgedGroup {
  readonly group: string;
  readonly verdict: string;
  readonly advice: string;
  readonly applied: string | null;
  /** The threshold of phase 3's set, where signals have one. */
  readonly threshold: number | null;
  /** Whose search found phase 3's set, and how much the group's own average counted. */
  readonly from: string | null;
  readonly share: number | null;
  /** Of phase 3's and phase 2's set: what the gate rests on. */
  readonly candidates: readonly Pick<JudgedCandidate, "candidate" | "verdict" | "better" | "trades" | "average">[];
  /** What the current parameters and the applied set earned after the night. */
  readonly kept: Later | null;
  readonly later: Later | null;
}

/** One whole run with a group of each symbol, on what was known at the market's night. */
export async function judgedGroups(stage: Stage, current: Current): Promise<JudgedGroup[]> {
  const { market, settings, request, prepared } = stage;
  const known = knownAt(prepared, { fromMs: 0, untilMs: market.nightMs }, settings);
  if (!known) return [];
  const bot = current === "none" ? {} : { configs: [configOf(current, stage)], ledger: new MemoryLedger() };
  const asked = { ...request, group: "symbol" as const, dryRun: true, nowMs: market.nightMs };
  const result = await optimizeHeld(asked, {}, { prepared: known, ...bot });
  const after = new DaysBetween(settings, prepared, { night: 0, fromMs: market.nightMs, untilMs: market.endMs });
  const laterOf = (type: string, params: Parameters, symbol: string): Later =>
    laterIn(
      tradedByOne(
        after.trades(type, params).filter((trade) => trade.symbol === symbol),
        undefined,
      ),
    );
  return Object.entries(result.runs[0]!.groups!).flatMap(([group, { phase3, phase4, decision, shrinkage }]) =>
    Object.entries(phase4.types).map(([type, { verdict, candidates }]): JudgedGroup => {
      const { advice, applied, reasons } = decision[type]!;
      const set = reasons.find(({ code }) => code === "APPLIED");
      const chosen = set && candidates.find(({ candidate }) => candidate === set.candidate);
      const threshold = phase3[type]?.params["min_strength"];
      const shrunk = shrinkage[type]?.phase3;
      return {
        group,
        verdict,
        advice,
        applied,
        threshold: typeof threshold === "number" ? threshold : null,
        from: shrunk?.from ?? null,
        share: shrunk ? rounded(shrunk.share) : null,
        candidates: candidates.flatMap(({ candidate, verdict: own, gate }) =>
          gate === null
            ? []
            : [
                {
                  candidate,
                  verdict: own,
                  better: rounded(gate.better_share),
                  trades: gate.candidate_metrics?.n ?? 0,
                  average: rounded(gate.candidate_metrics?.avg_return ?? 0),
                },
              ],
        ),
        kept: chosen && current !== "none" ? laterOf(type, currentSets[current], group) : null,
        later: chosen ? laterOf(type, chosen.params, group) : null,
      };
    }),
  );
}
