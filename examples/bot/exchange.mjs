// An exchange that does not exist, with a clock that its bot turns. Some candles of each symbol are bursts; large ones go on for six hours, small ones
// turn back: something that a search can find.
export const hourMs = 3_600_000;

/** Numbers in [0, 1) that are the same each time (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export class Exchange {
  constructor({ symbols, historyDays }) {
    this.symbols = symbols;
    this.startMs = Date.UTC(2026, 0, 1);
    /** The present, epoch ms. */
    this.now = this.startMs + historyDays * 24 * hourMs;
    const days = historyDays + 60;
    this.rows = new Map(symbols.map((symbol, k) => [symbol, candles(this.startMs, days * 24, randomFrom(k + 1))]));
  }

  /** Candles from `since` on, at most `limit`, as ccxt returns them: the last one may still be running. */
  async fetchOHLCV(symbol, _timeframe, since, limit) {
    const first = Math.max(0, Math.floor((since - this.startMs) / hourMs));
    const running = Math.floor((this.now - this.startMs) / hourMs);
    return this.rows.get(symbol).slice(first, Math.min(first + limit, running + 1));
  }
}

function candles(startMs, count, random) {
  const rows = [];
  let close = 100;
  let drift = 0;
  let left = 0;
  for (let bar = 0; bar < count; bar++) {
    const open = close;
    let move = 0.006 * (random() + random() - 1) + (left > 0 ? drift : 0);
    left--;
    if (left < -3 && random() < 0.25) {
      const direction = random() < 0.5 ? 1 : -1;
      const size = 0.01 + 0.02 * random();
      move = direction * size;
      drift = direction * (size >= 0.02 ? 0.004 : -0.002);
      left = 6;
    }
    close = open * (1 + move);
    const [high, low] = [Math.max(open, close) * 1.001, Math.min(open, close) * 0.999];
    rows.push([startMs + bar * hourMs, open, high, low, close, 10]);
  }
  return rows;
}
