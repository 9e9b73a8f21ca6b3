/** What stands before and after a block that is part of a program, by its page and first line: the reader's own exchange, bot or columns. */
export const around: Readonly<
  Record<string, Readonly<Record<string, { readonly before: string; readonly after?: string }>>>
> = {
  "docs/in-a-bot.md": {
    'import { createMarket, optimize } from "sluice";': {
      before: `
        import { type OhlcvRow, readMarket } from "sluice";
        const held = (await readMarket("data/candles")).bySymbol.get("ALPHAUSDT")!;
        const { firstOpenTimeMs, timeframeMs, count, open, high, low, close, volume } = held;
        // The reader's exchange, which has these candles and no more.
        const exchange = {
          async fetchOHLCV(symbol: string, timeframe: string, since: number | undefined, limit: number): Promise<OhlcvRow[]> {
            if (symbol !== "BTC/USDT:USDT" || timeframe !== "15m" || since !== undefined || limit !== 500) throw new Error(symbol);
            return Array.from({ length: count }, (_, k) => [firstOpenTimeMs + k * timeframeMs, open[k]!, high[k]!, low[k]!, close[k]!, volume[k]!]);
          },
        };
        const bot = { parameters: { swing: { atr_tp_multiplier: 3, atr_stop_multiplier: 2, max_holding_hours: 24 } } };`,
      after: `
        if ((opportunity === null) === (refused === null)) throw new Error("neither an opportunity nor a reason");
        if (result.phase1.symbols !== 1 || result.runs.length !== 1) throw new Error(JSON.stringify(result.phase1));`,
    },
    'const candles = [{ symbol: "BTCUSDT", times, open, high, low, close, volume }];': {
      before: `
        import { readMarket, scan } from "sluice";
        const held = (await readMarket("data/candles")).bySymbol.get("ALPHAUSDT")!;
        const { open, high, low, close, volume } = held;
        const times = Array.from(open, (_, k) => held.firstOpenTimeMs + k * held.timeframeMs);`,
      after: `
        const { phase1 } = await scan({ candles });
        if (phase1.candles !== times.length) throw new Error(String(phase1.candles));`,
    },
    "const { rows } = await scan({ candles: market.snapshot() });": {
      before: `
        import { createMarket, type OhlcvRow, readMarket, scan, search, simulate } from "sluice";
        const market = createMarket({ timeframe: "15m", keepDays: 180 });
        for (const { symbol, firstOpenTimeMs, timeframeMs, count, ...held } of (await readMarket("data/candles")).bySymbol.values())
          market.push(
            symbol,
            ...Array.from(
              { length: count },
              (_, k): OhlcvRow => [firstOpenTimeMs + k * timeframeMs, held.open[k]!, held.high[k]!, held.low[k]!, held.close[k]!, held.volume[k]!],
            ),
          );
        const space = { atr_tp_multiplier: [1, 2, 3], atr_stop_multiplier: [1, 2], max_holding_hours: [6, 12] };`,
      after: `
        if (trades.length < top[0]!.metrics.n) throw new Error(String(trades.length));`,
    },
  },
};
