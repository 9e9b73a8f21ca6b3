import type { Market } from "../candles/candles.ts";
import { exitKeyOf } from "../space/exits.ts";
import type { Space, Spaces } from "../space/parameters.ts";
import { selectionRuns } from "../validation/selection.ts";
import type { Meter } from "./meter.ts";
import type { Run } from "./run.ts";
import type { Universe } from "./universe.ts";

/*
 * What the parts of a call take, in milliseconds on one core of a 2026 server. Only their ratios matter: as soon as parts have been measured, the rest is
 * expected to be as much faster or slower. `npm run bench` has the figures of the parts.
 */
const loadMsPerCandle = 0.0014;
const scanMsPerCandle = 0.0026;
const labelMsPerRow = 0.004;
const signalMsPerRow = 0.004;
/** Of one search: what it takes at least, walking the opportunities, summing, and ranking. */
const searchMs = 18;
const walkMsPerRow = 0.0016;
const sumMsPerRowAndExit = 1e-6;
const sumMsPerSet = 2e-6;
/** Of phase 2, beside its search: weights, scores and what the captured opportunities look like. */
const learnMs = 100;
const learnMsPerRow = 0.02;
/** Of phase 3, beside its searches: the sample of sets, replays of the best, and the filter matrix. */
const studyMs = 750;
const studyMsPerRow = 0.02;
/** Of the tests of one set; those on the hold-out take most. */
const testMs = 150;
const testMsPerRow = 0.2;
/** Of a set that is judged: its trades on all days. */
const replayMsPerRow = 0.003;
/** Of comparing a group's leaders with the whole's: replays of some hundred sets over all symbols. */
const shrinkMsPerRow = 0.08;
/** Of one market of noise. */
const rotationMsPerCandle = 0.0002;

/** Before anything is read: candles, and opportunities among them. The ratio of reading, scanning and searching is known well enough. */
const guessedCandles = 700_000;
const rowsPerCandle = 0.05;
/** Searches of phase 3: around up to four starts, around two, and the last one. */
const stages = [
  { searches: 3, exits: 27 },
  { searches: 2, exits: 125 },
  { searches: 1, exits: 375 },
];
const windowCount = 6;
/** How often a type has a set that is worth walking forward, and one that is worth comparing with noise; and how many runs over noise it takes until one is as good. */
const oddsOfWalk = 0.6;
const oddsOfNoise = 0.1;

/** One type's part of a run. */
interface ExpectedType {
  readonly type: string;
  readonly space: Space | null;
  readonly training: number;
  readonly holdout: number;
}

/** What is searched and judged. */
interface ExpectedSearches {
  readonly spaces: Spaces;
  readonly configs: number;
  /** Sets that are judged for each type and config. */
  readonly contenders: number;
  /** The only type that phase 3 and the tests are for; default all. */
  readonly only?: string;
  /** Groups of symbols that are searched and judged one by one, shrunk towards the searches over all; default none. */
  readonly groups?: readonly { readonly name: string; readonly symbols: readonly string[] }[];
}

/** What is known of a run so far. */
interface ExpectedRun extends Omit<ExpectedSearches, "spaces"> {
  readonly types: readonly ExpectedType[];
  readonly candles: number;
}

/** Expects what happens before opportunities are known, and guesses the rest. */
export function expectUnread(meter: Meter, hasSignals: boolean, configs: number): void {
  const rows = (guessedCandles * rowsPerCandle) / 2;
  const types = ["", " "].map((type) => ({ type, space: null, training: rows * 0.7, holdout: rows * 0.3 }));
  expectRun(meter, { types, candles: guessedCandles, configs, contenders: 3 });
  expectRead(meter, hasSignals);
}

/** Expects candles and opportunities, and nothing else yet. */
export function expectRead(meter: Meter, hasSignals: boolean): void {
  meter.expect("load", "load", guessedCandles * loadMsPerCandle);
  expectScan(meter, guessedCandles, hasSignals);
}

/** The candles are read. */
export function expectScan(meter: Meter, candles: number, hasSignals: boolean): void {
  const rows = candles * rowsPerCandle;
  const ms = hasSignals ? rows * signalMsPerRow : candles * scanMsPerCandle;
  meter.expect("scan", hasSignals ? "signals" : "scan", ms + rows * labelMsPerRow);
}

/** Candles of a market. */
export function candlesIn({ bySymbol }: Market): number {
  return [...bySymbol.values()].reduce((sum, { count }) => sum + count, 0);
}

/** The opportunities are known: expects the searches and tests over them. */
export function expectSearches({ session, market }: Run, { table, split }: Universe, searches: ExpectedSearches): void {
  const { spaces, groups, ...others } = searches;
  const typesOf = (isIn: (row: number) => boolean): ExpectedType[] =>
    [...spaces].map(([type, space]) => {
      const code = table.types.indexOf(type);
      const countIn = (rows: Uint32Array): number =>
        rows.reduce((sum, row) => sum + (table.type[row] === code && isIn(row) ? 1 : 0), 0);
      return { type, space, training: countIn(split.training), holdout: countIn(split.holdout) };
    });
  const types = typesOf(() => true);
  const candles = candlesIn(market);
  if (!groups) {
    expectRun(session.meter, { types, candles, ...others });
    return;
  }
  session.meter.dropRest();
  session.meter.expect("capture", "capture", captureAndLearnMs(types));
  for (const each of types) expectProfit(session.meter, each.type, each, others.configs);
  for (const { name, symbols } of groups) {
    const isMember = table.symbols.map((symbol) => symbols.includes(symbol));
    const own = typesOf((row) => isMember[table.symbol[row]!]!);
    for (const [k, each] of own.entries()) {
      const key = `${name} ${each.type}`;
      session.meter.expect(`capture ${key}`, "capture", captureAndLearnMs([each]));
      expectProfit(session.meter, key, each, others.configs);
      session.meter.expect(`shrink ${key}`, "shrink", types[k]!.training * shrinkMsPerRow, others.configs);
    }
  }
  // Replays, tests and searches over noise and in windows have the types' names, whichever group they are of.
  for (const each of types) {
    const { type, training, holdout } = each;
    const { configs, contenders } = others;
    const share = 1 / groups.length;
    const judgings = configs * groups.length;
    session.meter.expect(
      `replays ${type}`,
      "replays",
      contenders * (training + holdout) * share * replayMsPerRow,
      judgings,
    );
    session.meter.expect(`tests ${type}`, "tests", testMs + holdout * share * testMsPerRow, judgings * contenders);
  }
}

function captureAndLearnMs(types: readonly ExpectedType[]): number {
  return sumOf(types, (each) => captureMs(each) + learnMs + each.training * learnMsPerRow);
}

function expectProfit(meter: Meter, name: string, each: ExpectedType, configs: number): void {
  meter.expect(`profit ${name}`, "profit", profitMs(each) + studyMs + each.training * studyMsPerRow, configs);
}

/** Expects every search and test of a run: guessed types first, then the real ones. */
function expectRun(meter: Meter, { types, candles, configs, contenders, only }: ExpectedRun): void {
  meter.dropRest();
  meter.expect("capture", "capture", captureAndLearnMs(types));
  for (const each of types.filter(({ type }) => only === undefined || type === only)) {
    const { type, training, holdout } = each;
    expectProfit(meter, type, each, configs);
    const replayMs = contenders * (training + holdout) * replayMsPerRow;
    meter.expect(`replays ${type}`, "replays", replayMs, configs);
    meter.expect(`tests ${type}`, "tests", testMs + holdout * testMsPerRow, configs * contenders);
    const drawMs = sumOf(types, captureMs) + profitMs(each) + candles * rotationMsPerCandle + training * labelMsPerRow;
    meter.expect(`noise ${type}`, "search", drawMs, (selectionRuns / 2) * oddsOfNoise * configs);
  }
  expectWindows(meter, types, oddsOfWalk);
}

/** Six windows, each over as much more of the opportunities. */
function expectWindows(meter: Meter, types: readonly ExpectedType[], odds: number): void {
  for (let k = 1; k <= windowCount; k++) {
    const part = (types_: readonly ExpectedType[]): ExpectedType[] =>
      types_.map((each) => ({ ...each, training: ((each.training + each.holdout) * k) / (windowCount + 1) }));
    meter.expect(
      `window ${k}`,
      "search",
      sumOf(part(types), (each) => captureMs(each) + profitMs(each)),
      odds,
    );
  }
}

const sumOf = (types: readonly ExpectedType[], msOf: (type: ExpectedType) => number): number =>
  types.reduce((sum, type) => sum + msOf(type), 0);

function captureMs({ space, training }: ExpectedType): number {
  const { filters, exits } = sizeOf(space);
  return oneSearchMs(training, filters, exits);
}

function profitMs({ space, training }: ExpectedType): number {
  const { filters } = sizeOf(space);
  return stages.reduce((sum, { searches, exits }) => sum + searches * oneSearchMs(training, filters, exits), 0);
}

function oneSearchMs(rows: number, filters: number, exits: number): number {
  return searchMs + rows * walkMsPerRow + exits * (rows * sumMsPerRowAndExit + filters * sumMsPerSet);
}

/** Filter combinations and exits of a space; the built-in one's where it is not known yet. */
function sizeOf(space: Space | null): { readonly filters: number; readonly exits: number } {
  if (space === null) return { filters: 1000, exits: 100 };
  let filters = 1;
  let exits = 1;
  for (const [key, { length }] of Object.entries(space))
    if (exitKeyOf(key)) exits *= length;
    else filters *= length;
  return { filters, exits };
}
