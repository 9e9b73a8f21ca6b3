import { onePosition } from "../search/onePosition.ts";
import type { Trade } from "../search/trades.ts";

/** A trade, and the index of the night whose parameters took it. */
export interface NightTrade extends Trade {
  readonly night: number;
}

/** The trades of several nights and types that a bot with one position per symbol takes: an open trade still blocks its symbol on the next night. */
export function tradedByOne(trades: readonly NightTrade[], maxOpen: number | undefined): NightTrade[] {
  // Returned in their original form.
  return onePosition(trades, maxOpen === undefined ? {} : { maxOpen }) as NightTrade[];
}
