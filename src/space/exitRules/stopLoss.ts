import { fixedStop } from "../exitParts.ts";
import { type ExitRule, inAtrs, positiveKey } from "../exitRule.ts";

/** The stop that every trade has, at a distance from the entry. */
export const stopLoss: ExitRule = {
  name: "stop loss",
  side: "stop",
  keys: {
    atr_stop_multiplier: inAtrs(positiveKey("stop loss, in ATRs from the entry", [0.3, 10], 1.5)),
    stop_loss_percent: positiveKey("stop loss, in percent of the entry", [0.1, 50]),
  },
  insteadOf: [["atr_stop_multiplier", "stop_loss_percent"]],
  isVariant: false,
  reasons: ["stop_loss"],
  parts: ({ atr_stop_multiplier, stop_loss_percent }) => ({
    stops: [
      stop_loss_percent !== undefined
        ? fixedStop({ value: stop_loss_percent as number, unit: "percent" }, "stop_loss")
        : fixedStop({ value: atr_stop_multiplier as number, unit: "atr" }, "stop_loss"),
    ],
  }),
};
