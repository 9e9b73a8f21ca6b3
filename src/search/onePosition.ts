import type { Trade } from "./trades.ts";

/**
 * The trades that a bot with one open position per symbol would take, and at most `maxOpen` overall: in entry order (equal times in table
 * order), a trade is skipped while its symbol's last one is open. A signal is acted on at its bar's close and an exit happens within
 * its bar, so a symbol is free again for the signal of the bar it left in.
 */
export function onePosition(trades: readonly Trade[], limits: { readonly maxOpen?: number } = {}): Trade[] {
  const maxOpen = limits.maxOpen ?? Number.POSITIVE_INFINITY;
  const ordered = [...trades].sort((a, b) => a.entryTimeMs - b.entryTimeMs || a.row - b.row);
  const openUntilMs = new Map<string, number>();
  const taken: Trade[] = [];
  for (const trade of ordered) {
    for (const [symbol, untilMs] of openUntilMs) if (untilMs <= trade.entryTimeMs) openUntilMs.delete(symbol);
    if (openUntilMs.has(trade.symbol) || openUntilMs.size >= maxOpen) continue;
    taken.push(trade);
    openUntilMs.set(trade.symbol, trade.exitTimeMs);
  }
  return taken;
}
