import { type Objective, syntheticMarket } from "../engine.ts";
import { edgeMarket, oneCoinMarket } from "./edgeMarkets.ts";
import {
  type Current,
  currents,
  type Door,
  doors,
  type JudgedGroup,
  type JudgedType,
  judged,
  judgedGroups,
  staged,
} from "./judge.ts";
import {
  type EdgeKind,
  edgeKinds,
  type KnownMarket,
  type MarketKind,
  type NullMarketKind,
  nullKinds,
  oneCoin,
  scannedEdge,
} from "./known.ts";
import { type Lived, livedThrough, type Policy } from "./nights.ts";
import { nullMarket } from "./nullMarkets.ts";
import { walkStartMs, walkTimeframeMs } from "./walks.ts";

/** Something to be measured on the market of one kind and seed, in a process of its own or this one. */
export interface Work {
  readonly what: "verdicts" | "nights" | "groups";
  readonly kind: MarketKind;
  readonly seed: number;
  readonly door: Door;
  /** Of nights alone. */
  readonly policy?: Policy;
  /** Of verdicts and groups: the current parameters to judge with. */
  readonly currents?: readonly Current[];
}

/** What came of it: one line of the results. */
export interface VerdictLine extends Omit<Work, "currents"> {
  readonly what: "verdicts";
  readonly current: Current;
  readonly types: readonly JudgedType[];
  readonly seconds: number;
}

export interface NightsLine extends Work {
  readonly what: "nights";
  readonly lived: Lived;
  readonly seconds: number;
}

/** A run with a group of each symbol. */
export interface GroupsLine extends Omit<Work, "currents"> {
  readonly what: "groups";
  readonly current: Current;
  readonly groups: readonly JudgedGroup[];
  readonly seconds: number;
}

export type Line = VerdictLine | NightsLine | GroupsLine;

export interface WorkOptions {
  /** Folder of real candles; needed for `shuffled` alone. */
  readonly candles: string | null;
  readonly objective?: Objective;
}

const barsADay = 96;
/** The scanner is warm after 25 days; of what is left of the seen days, three in ten are hold-out. */
const verdictSize = { symbols: 10, bars: 170 * barsADay, seenBars: 125 * barsADay };
const windowDays = 115;
const nights = 60;
const nightSize = { symbols: 10, bars: (windowDays + nights) * barsADay, seenBars: windowDays * barsADay };

/** As many days, at four signals of a symbol in three days. */
const nightEdges = { seenSignals: Math.round((4 / 3) * windowDays), laterSignals: (4 / 3) * nights };

export const isNull = (kind: MarketKind): kind is NullMarketKind => (nullKinds as readonly string[]).includes(kind);

/** All work on markets of these kinds and seeds; an edge is one of signals, which a scanner could not see, or the scanner's own. */
export function workOn(what: Work["what"], kinds: readonly MarketKind[], seeds: readonly number[]): Work[] {
  return seeds.flatMap((seed) =>
    kinds.flatMap((kind) =>
      doors
        .filter((door) => isNull(kind) || (door === "scanner") === (kind === scannedEdge))
        .map((door) => ({ what, kind, seed, door })),
    ),
  );
}

/** Does the work: a line for each kind of current parameters, or one for all nights. */
export async function* done(work: Work, { candles, objective }: WorkOptions): AsyncGenerator<Line> {
  const { what, kind, seed, door, policy = "gate", currents: wanted = currents } = work;
  let started = performance.now();
  const seconds = (): number => {
    const from = started;
    started = performance.now();
    return Math.round((started - from) / 100) / 10;
  };
  const market = await marketOf(work, candles);
  const asked = { door, seed, ...(objective && { objective }) };
  const lines = await staged(market, asked, async (stage): Promise<Line[]> => {
    if (what === "nights") {
      const lived = await livedThrough(stage, { current: "usual", policy, nights, windowDays });
      return [{ what, kind, seed, door, policy, lived, seconds: seconds() }];
    }
    const found: Line[] = [];
    for (const current of wanted)
      if (what === "groups")
        found.push({ what, kind, seed, door, current, groups: await judgedGroups(stage, current), seconds: seconds() });
      else found.push({ what, kind, seed, door, current, types: await judged(stage, current), seconds: seconds() });
    return found;
  });
  yield* lines;
}

function marketOf({ what, kind, seed }: Work, candles: string | null): Promise<KnownMarket> | KnownMarket {
  if (isNull(kind)) return nullMarket(kind, seed, what === "nights" ? nightSize : verdictSize, candles);
  if (kind === oneCoin) return oneCoinMarket(seed);
  if (kind === scannedEdge) return scannedMarket(seed);
  return edgeMarket(kind as EdgeKind, seed, what === "nights" ? nightEdges : undefined);
}

const scannedSymbols = Array.from({ length: 8 }, (_, k) => `COIN${k}USDT`);

/** The demo's market, fifty days longer than its run sees. */
function scannedMarket(seed: number): KnownMarket {
  const [seenDays, laterDays] = [150, 50];
  const days = seenDays + laterDays;
  const endMs = walkStartMs + days * 86_400_000;
  const market = { seed, symbols: scannedSymbols, days, timeframeMs: walkTimeframeMs, endTimeMs: endMs };
  return {
    candles: syntheticMarket(market),
    signals: "",
    space: {},
    nightMs: walkStartMs + seenDays * 86_400_000,
    endMs,
    minProfit: 0.08,
    lookaheadHours: 24,
  };
}

export const allKinds: readonly MarketKind[] = [...nullKinds, ...edgeKinds, scannedEdge];

/** What runs by groups are measured on, by signals. */
export const groupKinds: readonly MarketKind[] = ["walk", "regimes", "shuffled", "drift", oneCoin, "one symbol"];
