import type { BarExit } from "../../src/search/plainWalk.ts";
import { fixedStop, fixedTarget, trailingStop } from "../../src/space/exitParts.ts";

/** A target, a stop and perhaps a trailing stop, all in ATRs. */
export interface AtrExit {
  readonly takeProfit: number;
  readonly stopLoss: number;
  readonly holdingBars: number;
  readonly trailing: { readonly activation: number; readonly distance: number } | null;
}

/** The exit of such levels. */
export function exitInAtrs({ takeProfit, stopLoss, holdingBars, trailing }: AtrExit): BarExit {
  return {
    target: fixedTarget({ value: takeProfit, unit: "atr" }, "take_profit"),
    stops: [
      fixedStop({ value: stopLoss, unit: "atr" }, "stop_loss"),
      ...(trailing ? [trailingStop(trailing.activation, trailing.distance, "atr", "trailing_stop")] : []),
    ],
    holdingBars,
    usesExitSignal: false,
    partial: null,
  };
}
