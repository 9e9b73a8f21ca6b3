import { onePosition } from "../search/onePosition.ts";
import type { Trade } from "../search/trades.ts";

/** A trade, and the place of the night whose parameters took it. */
export interface NightTrade extends Trade {
  readonly night: number;
}

/** The trades of several nights and types that a bot with one position a symbol takes: one that is open still blocks its symbol on the next night. */
export function tradedByOne(trades: readonly NightTrade[], maxOpen: number | undefined): NightTrade[] {
  // Handed back as they were given.
  return onePosition(trades, maxOpen === undefined ? {} : { maxOpen }) as NightTrade[];
}
