import { randomFrom } from "../support/random.ts";
import type { Row } from "./market.ts";
import type { PlainCandles, PlainOpportunity } from "./plainTrades.ts";

const count = 700;
const atrBars = 14;

/** Mean true range of the last bars up to and with this one. */
function atrAt(rows: readonly Row[], bar: number): number {
  let sum = 0;
  for (let i = bar - atrBars + 1; i <= bar; i++) {
    const before = rows[i - 1]!.close;
    sum += Math.max(rows[i]!.high, before) - Math.min(rows[i]!.low, before);
  }
  return sum / atrBars;
}

/**
 * Opportunities at random moments of a market, in order of time and symbol. One in eight enters at a price of its own inside its bar; one
 * stands so late that no long holding time fits behind it, one on the last bar.
 */
export function madeOpportunities(candles: PlainCandles): PlainOpportunity[] {
  const random = randomFrom(7);
  const upTo = (end: number): number => Math.floor(end * random());
  const symbols = [...candles.keys()];
  const moments = new Set<string>();
  const made: PlainOpportunity[] = [];
  while (made.length < count) {
    const symbol = symbols[upTo(symbols.length)]!;
    const rows = candles.get(symbol)!;
    const late = [rows.length - 5, rows.length - 1];
    const bar = late[made.length] ?? atrBars + upTo(rows.length - atrBars - 1);
    const { timestamp, low, high } = rows[bar]!;
    const direction = random() < 0.5 ? "long" : "short";
    const type = made.length < late.length || random() < 0.5 ? "swing" : "scalping";
    const hasEntry = random() < 0.125;
    const features = {
      signal_score: 30 + upTo(71),
      indicator_consensus: upTo(6),
      risk_reward: upTo(4000) / 1000,
      kline_ratio: upTo(11) / 10,
      sr_tests: upTo(16),
      mkt_struct: upTo(2),
    };
    if (moments.has(`${symbol} ${bar}`)) continue;
    moments.add(`${symbol} ${bar}`);
    made.push({
      symbol,
      timestamp,
      direction,
      type,
      entry: hasEntry ? (low + high) / 2 : null,
      atr: atrAt(rows, bar),
      features,
    });
  }
  return made.sort((a, b) => a.timestamp - b.timestamp || (a.symbol < b.symbol ? -1 : 1));
}
