import { type ExitRule, positiveKey } from "../exitRule.ts";

/** What the stages keep a holding time within, hours. */
export const holdingBounds = [1, 168] as const;

/** The longest time that a trade is held. */
export const holding: ExitRule = {
  name: "holding time",
  side: "target",
  keys: { max_holding_hours: positiveKey("maximum holding time, hours", holdingBounds, 12) },
  isVariant: false,
  reasons: ["timeout", "end_of_data"],
  parts: ({ max_holding_hours }) => ({ holdingHours: max_holding_hours as number }),
};
