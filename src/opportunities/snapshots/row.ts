import type { Cells } from "../../candles/cells.ts";
import { InputError } from "../../errors.ts";
import { escaped, quoted } from "../../text.ts";
import { activationsOf, penaltyOf } from "../activations.ts";
import { volumeSurge } from "../features.ts";
import { consensusOf, type Trends } from "../gate.ts";
import { penaltyColumn } from "../header.ts";
import { riskReward } from "../levels.ts";
import { signalScore } from "../score.ts";
import type { Snapshot } from "../snapshot.ts";
import { emaDistance } from "../trends.ts";
import { components, defaultWeights } from "../weights.ts";
import type { SnapshotColumns } from "./columns.ts";

/** Features of a snapshot, by the scanner's names and in its units. */
const features = [
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
  "volume_surge",
] as const;

/** The columns that snapshots become: those of a signals file. */
export const signalColumns: readonly string[] = [
  ...["symbol", "timestamp", "direction", "type", "entry", "atr"],
  ...features,
  ...components.map((name) => `activation_${name}`),
  penaltyColumn,
];

/** A row of a file, and its place for messages. */
export interface SnapshotRow {
  readonly cells: Cells;
  readonly columns: SnapshotColumns;
  readonly path: string;
  readonly line: number;
}

/** Cells of `signalColumns` for a snapshot of a moment; null if it has no 4 h trend, and so no direction. Throws InputError. */
export function signalCells(row: SnapshotRow, timeMs: number): string[] | null {
  const { cells, columns } = row;
  const trends: Trends = [trendIn(row, "trend_15m"), trendIn(row, "trend_1h"), trendIn(row, "trend_4h")];
  const [open, high, low, close] = pricesIn(row);
  if (trends[2] === 0) return null;
  const direction = Math.sign(trends[2]) as 1 | -1;
  const type = Math.sign(trends[1]) === direction ? "swing" : "scalping";
  const atr = numberIn(row, "atr");
  const [support, resistance] = [levelIn(row, "support"), levelIn(row, "resistance")];
  const macdShare = numberIn(row, "macd_histogram") / close;
  const [rsi14, volumeRatio] = [numberIn(row, "rsi_14"), numberIn(row, "volume_ratio")];
  const emaDistance1h = emaDistance(numberIn(row, "ema20_1h"), numberIn(row, "ema50_1h"));
  const bar: Snapshot = {
    ...{ open, high, low, close, trends, emaDistance1h, rsi14, volumeRatio, support, resistance },
    atrShare: atr / close,
  };
  const activations = activationsOf(bar, type, direction);
  const penalty = penaltyOf(rsi14, type);
  const known = [
    signalScore(components, activations, penalty, defaultWeights(type).values),
    consensusOf({ trends, emaDistance1h, macdShare, rsi14, volumeRatio }),
    riskReward(close, { support, resistance }, direction),
    volumeRatio,
    rsi14,
    (100 * atr) / close,
    100 * macdShare,
    ...trends,
    Number.isNaN(volumeRatio) ? Number.NaN : volumeSurge(volumeRatio),
  ];
  return [
    cells.text(columns.of.symbol).trim(),
    String(timeMs),
    direction === 1 ? "long" : "short",
    type,
    String(close),
    ...[atr, ...known, ...activations, penalty].map(textOf),
  ];
}

const textOf = (value: number): string => (Number.isNaN(value) ? "" : String(value));

/** 多头 is up, 空头 is down, 强势 is strong; also a number from -2 to 2. Other Chinese words and an empty cell have no side. */
function trendIn(row: SnapshotRow, name: "trend_15m" | "trend_1h" | "trend_4h"): number {
  const place = row.columns.of[name];
  const word = place < 0 ? "" : row.cells.text(place).trim();
  const strength = word.includes("强势") ? 2 : 1;
  if (word.includes("多头")) return strength;
  if (word.includes("空头")) return -strength;
  if (/^[+-]?[012](\.0)?$/.test(word)) return Number(word) + 0;
  if (isEmpty(word) || /^\p{Script=Han}+$/u.test(word)) return 0;
  throw snapshotFault(
    row,
    name,
    "a trend in words that are not known",
    "多头, 空头, each with 强势 if strong, or a number from -2 to 2",
  );
}

function pricesIn(row: SnapshotRow): [open: number, high: number, low: number, close: number] {
  const names = ["open", "high", "low", "close"] as const;
  const [open, high, low, close] = names.map((name) => numberIn(row, name)) as [number, number, number, number];
  for (const [k, price] of [open, high, low, close].entries())
    if (!(price > 0))
      throw snapshotFault(row, names[k]!, "a price must be a number above 0", "the price at that moment");
  if (high < Math.max(open, close) || low > Math.min(open, close))
    throw snapshotFault(
      row,
      high < Math.max(open, close) ? "high" : "low",
      "a candle's open and close must be between its low and its high",
      `low ${low}, open ${open}, close ${close}, high ${high} in order`,
    );
  return [open, high, low, close];
}

/** A support or a resistance; 0 means none. */
function levelIn(row: SnapshotRow, name: "support" | "resistance"): number {
  return numberIn(row, name) || Number.NaN;
}

/** Words for a missing value. */
const isEmpty = (text: string): boolean => /^(|nan|none|null|n\/?a|-)$/i.test(text);

/** A cell's number; NaN if it is empty or its column missing. */
function numberIn(row: SnapshotRow, name: keyof SnapshotColumns["of"]): number {
  const place = row.columns.of[name];
  if (place < 0) return Number.NaN;
  const decimal = row.cells.decimal(place);
  if (!Number.isNaN(decimal)) return decimal;
  const text = row.cells.text(place).trim();
  if (isEmpty(text)) return Number.NaN;
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value))
    throw snapshotFault(row, name, "a value must be a finite number or empty", "a number such as 61.5");
  return value;
}

/** The error for a cell of a snapshot. */
export function snapshotFault(
  row: SnapshotRow,
  name: keyof SnapshotColumns["of"],
  rule: string,
  expected: string,
): InputError {
  const place = row.columns.of[name];
  return new InputError("SNAPSHOT_VALUE", rule, {
    where: `${escaped(row.path)}:${row.line}, ${escaped(row.columns.names[place] ?? name)}`,
    found: quoted(row.cells.text(place)),
    expected,
    remedy: "correct the row, or drop and count such rows with --lenient",
  });
}
