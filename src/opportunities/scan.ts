import { type Candles, openTimeMs } from "../candles/candles.ts";
import { activationsOf, penaltyOf, type Snapshot } from "./activations.ts";
import { GrowingTable, type Row } from "./growingTable.ts";
import { higherTimeframe, indicatorsOf, trendsOf, volumeRatios } from "./indicators.ts";
import { levelHistory, levelsAt, riskReward } from "./levels.ts";
import { signalScore } from "./score.ts";
import { structureAt, swingsOf } from "./swings.ts";
import { type OpportunityTable, pickRows } from "./table.ts";
import { components, defaultWeights } from "./weights.ts";

/** The scanner's features, in the order of the table's columns; docs/features.md says what each means. */
export const scannedFeatures = [
  "signal_score",
  "indicator_consensus",
  "risk_reward",
  "volume_ratio",
  "rsi_14",
  "atr_pct",
  "macd_hist_pct",
  "trend_15m",
  "trend_1h",
  "trend_4h",
  "kline_ratio",
  "price_chg_pct",
  "mkt_struct",
  "mkt_struct_age_hours",
  "sr_tests",
  "sr_false_breaks",
  "volume_surge",
] as const;

export interface ScanOptions {
  /** Let directional activations count in either direction, as the older system did. */
  readonly legacyActivations: boolean;
}

export interface Scan {
  readonly table: OpportunityTable;
  /** Opportunities left out because their ATR is 0. */
  readonly zeroAtr: number;
}

const warmFourHourBars = 150;
const gapTolerated = 4;
const barsAfterGap = 20;
const klineBars = 10;
const levelHistoryHours = 7 * 24;

/** Every moment of the market that passes the ex-ante gate, in order of time, then symbol. Nothing in a row knows a bar after its own. */
export async function scanMarket(
  source: Iterable<Candles> | AsyncIterable<Candles>,
  options: ScanOptions,
): Promise<Scan> {
  const growing = new GrowingTable(scannedFeatures, components);
  const symbols: string[] = [];
  let zeroAtr = 0;
  for await (const candles of source) {
    const symbol = symbols.push(candles.symbol) - 1;
    for (const row of scanSymbol(candles, symbol, options)) {
      if (row.atr > 0) growing.push(row);
      else zeroAtr++;
    }
  }
  const table = growing.take(symbols);
  const order = Uint32Array.from({ length: table.count }, (_, row) => row);
  order.sort((a, b) => table.timestampMs[a]! - table.timestampMs[b]! || table.symbol[a]! - table.symbol[b]!);
  return { table: sortedTypes(pickRows(table, order)), zeroAtr };
}

/** Types in order of name, whichever was met first. */
function sortedTypes(table: OpportunityTable): OpportunityTable {
  const types = [...table.types].sort();
  return { ...table, types, type: table.type.map((type) => types.indexOf(table.types[type]!)) };
}

/** The opportunities of one symbol, in order of time. */
export function* scanSymbol(candles: Candles, symbol: number, options: ScanOptions): Generator<Row> {
  const indicators = indicatorsOf(candles);
  const ratios = volumeRatios(candles.volume);
  const trend15m = trendsOf(candles.close, indicators);
  const hour = higherTimeframe(candles, 1);
  const fourHours = higherTimeframe(candles, 4);
  const swings = swingsOf(candles);
  const hoursPerBar = candles.timeframeMs / 3_600_000;
  let gap = 0;
  let blockedUntil = 0;
  for (let bar = 0; bar < candles.count; bar++) {
    while (gap < candles.gaps.length && candles.gaps[gap]!.bar <= bar) {
      const { bar: first, bars } = candles.gaps[gap++]!;
      if (bars > gapTolerated) blockedUntil = first + bars + barsAfterGap;
    }
    if (fourHours.closedBars[bar]! < warmFourHourBars || bar < blockedUntil) continue;

    const close = candles.close[bar]!;
    const volumeRatio = ratios[bar]!;
    const rsi14 = indicators.rsi14[bar]!;
    const trends = [trend15m[bar]!, hour.trend[bar]!, fourHours.trend[bar]!] as const;
    const side = Math.sign(trends[2]);
    if (side === 0 || !(volumeRatio >= 1.2) || !(Math.abs(rsi14 - 50) >= 15)) continue;
    const macdShare = indicators.macdHistogram[bar]! / close;
    const consensus = consensusOf(hour.emaDistance[bar]!, macdShare, rsi14, volumeRatio, trends);
    if (consensus < 2) continue;

    const direction = side as 1 | -1;
    const type = Math.sign(trends[1]) === side ? "swing" : "scalping";
    const atr = indicators.atr14[bar]!;
    const levels = levelsAt(candles, swings, bar);
    const before = levelsAt(candles, swings, bar - 1);
    const snapshot: Snapshot = {
      open: candles.open[bar]!,
      high: candles.high[bar]!,
      low: candles.low[bar]!,
      close,
      volumeRatio,
      support: before.support,
      resistance: before.resistance,
      trends,
      emaDistance: hour.emaDistance[bar]!,
      atrShare: atr / close,
      rsi14,
    };
    const activations = activationsOf(snapshot, type, options.legacyActivations ? 0 : direction);
    const penalty = penaltyOf(rsi14, type);
    const structure = structureAt(candles, swings, bar, direction);
    const supporting = direction === 1 ? levels.support : levels.resistance;
    const history = levelHistory(candles, supporting, bar, levelHistoryHours / hoursPerBar, direction);
    const start = candles.close[bar - klineBars]!;
    yield {
      symbol,
      timestampMs: openTimeMs(candles, bar),
      bar,
      direction,
      type,
      entry: close,
      atr,
      activations,
      penalty,
      features: [
        signalScore(components, activations, penalty, defaultWeights(type).values),
        consensus,
        riskReward(close, levels, direction),
        volumeRatio,
        rsi14,
        (100 * atr) / close,
        100 * macdShare,
        ...trends,
        klineRatio(candles, bar, direction),
        (100 * Math.abs(close - start)) / start,
        structure.holds ? 1 : 0,
        structure.ageBars * hoursPerBar,
        history.tests,
        history.falseBreaks,
        volumeRatio >= 3 ? 3 : volumeRatio >= 2 ? 2 : volumeRatio >= 1.5 ? 1 : 0,
      ],
    };
  }
}

/** Indicator consensus, 0-5: one point for each of five agreements. Distances and MACD as fractions of price. */
export function consensusOf(
  emaDistance1h: number,
  macdShare: number,
  rsi14: number,
  volumeRatio: number,
  trends: readonly number[],
): number {
  const points = [
    emaDistance1h >= 0.02,
    Math.abs(macdShare) >= 0.0001,
    rsi14 > 70 || rsi14 < 30 || (rsi14 >= 45 && rsi14 <= 55),
    volumeRatio >= 1.5,
    trends.every((trend) => trend > 0) || trends.every((trend) => trend < 0),
  ];
  return points.filter(Boolean).length;
}

/** Share of the last 10 candles that closed in the direction. */
function klineRatio(candles: Candles, bar: number, direction: 1 | -1): number {
  let count = 0;
  for (let at = bar - klineBars + 1; at <= bar; at++)
    if (direction * (candles.close[at]! - candles.open[at]!) > 0) count++;
  return count / klineBars;
}
