import {
  type Candles,
  type CandlesInMemory,
  createMarket,
  type MarketBuilder,
  type OhlcvRow,
  openTimeMs,
  scan,
} from "../engine.ts";
import { measure, type Timing, timingColumns } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

const coins = 40;
const nowMs = Date.UTC(2100, 0, 1);
/** Long enough to hand everything over. */
const handingMs = 600;

/** What does a bot's own thread pay for candles in memory? */
export const inMemory: Question = {
  name: "in-memory",
  title: "Candles in memory, on the caller's thread",
  async ask({ market, say }) {
    const all = [...market.bySymbol.values()];
    const series = Array.from({ length: coins }, (_, k) => ({ ...all[k % all.length]!, symbol: `S${k}` }));
    const builder = createMarket({ timeframe: market.timeframeMs, now: nowMs, keepDays: 36_600 });
    const rows: Record<string, Cell>[] = [];
    const add = (what: string, timing: Timing): void => {
      rows.push({ what, ...timing });
      say(`${what}: ${timing.milliseconds.toFixed(3)} ms`);
    };
    const one = rowsOf(series[0]!);
    const pushing = await measure(() => timed(() => fresh(market.timeframeMs).push("S", one)));
    add(`push of a coin's ${one.length} candles`, pushing);
    for (const each of series) builder.push(each.symbol, rowsOf(each));
    for (const [form, candles] of forms(series, builder))
      add(
        `handing over ${coins} coins ${form}, longest piece`,
        await measure(() => longestPieceMs(() => handed(candles))),
      );
    add("the same of a thread that waits", await measure(() => longestPieceMs(() => pause(handingMs))));
    for (const [what, timing] of await nextCandle(builder, series)) add(what, timing);
    return {
      columns: [{ key: "what", head: "what", format: "text" }, ...timingColumns],
      rows,
      notes: [
        "longest piece: how long the event loop stands still at most; on a busy machine the row of a thread that waits says how much of it is the machine's",
        `${series[0]!.count} candles a coin; ${Math.round(builder.bytes / 1e6)} MB in the market`,
      ],
    };
  },
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const fresh = (timeframe: number): MarketBuilder => createMarket({ timeframe, now: nowMs, keepDays: 36_600 });

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/** The longest that this thread's event loop stands still while something goes on, ms. */
async function longestPieceMs(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  let timer: NodeJS.Timeout | undefined;
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    timer = setTimeout(tick, 0);
  };
  tick();
  await work();
  clearTimeout(timer);
  return longest;
}

function rowsOf(candles: Candles): OhlcvRow[] {
  const { open, high, low, close, volume } = candles;
  return Array.from({ length: candles.count }, (_, k) => [
    openTimeMs(candles, k),
    open[k]!,
    high[k]!,
    low[k]!,
    close[k]!,
    volume[k]!,
  ]);
}

function forms(series: readonly Candles[], builder: MarketBuilder): [string, CandlesInMemory][] {
  const arrays = series.map(({ open, high, low, close, volume, ...rest }) => ({
    ...rest,
    ...{ open: [...open], high: [...high], low: [...low], close: [...close], volume: [...volume] },
  }));
  return [
    ["of a market", builder.snapshot()],
    ["as typed arrays", series],
    ["as arrays", arrays],
  ];
}

/** A call that is stopped once it has its candles. */
async function handed(candles: CandlesInMemory): Promise<void> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), handingMs);
  await scan({ candles, nowMs }, { signal: controller.signal }).catch(() => undefined);
  clearTimeout(timer);
}

/** One more candle of every coin, over and over. */
async function nextCandle(builder: MarketBuilder, series: readonly Candles[]): Promise<[string, Timing][]> {
  let next = series[0]!.count;
  const push = (): void => {
    for (const each of series) {
      const last = each.count - 1;
      const at = next % last;
      const time = openTimeMs(each, last) + (next - last) * each.timeframeMs;
      builder.push(each.symbol, [
        time,
        each.open[at]!,
        each.high[at]!,
        each.low[at]!,
        each.close[at]!,
        each.volume[at]!,
      ]);
    }
    next++;
  };
  const features = (): void => {
    for (const { symbol } of series) builder.features(symbol);
  };
  const many = 100;
  const ofOne = async (work: () => number): Promise<Timing> =>
    measure(() => Array.from({ length: many }, work).reduce((sum, ms) => sum + ms, 0) / many);
  const afterPush = (work: () => unknown) => (): number => {
    push();
    return timed(work);
  };
  return [
    [`push of a new candle of each of ${coins}`, await ofOne(() => timed(push))],
    ["snapshot after it", await ofOne(afterPush(() => builder.snapshot()))],
    ["features of all after it", await ofOne(afterPush(features))],
  ];
}
