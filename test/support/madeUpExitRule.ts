import { lockedStop } from "../../src/space/exitParts.ts";
import { type ExitRule, isFiniteNumber } from "../../src/space/exitRule.ts";
import { exitRules } from "../../src/space/exitRules/rules.ts";

/** Once the trade has made so many percent of entry, the stop keeps a part of them: a rule that no file of src/ knows. */
export const ratchet: ExitRule = {
  name: "ratchet",
  side: "stop",
  keys: {
    ratchet_from_percent: {
      description: "profit that moves the stop up, in percent of the entry",
      expected: (value) =>
        value === "none" || (isFiniteNumber(value) && value > 0) ? null : 'a number above 0, or "none"',
      off: "none",
    },
    ratchet_keeps_percent: {
      description: "what the stop then keeps, in percent of the entry",
      expected: (value) => (isFiniteNumber(value) ? null : "a finite number"),
    },
  },
  details: {
    keys: ["ratchet_keeps_percent"],
    controls: ["ratchet_from_percent"],
    count: (params) => typeof params["ratchet_from_percent"] === "number",
  },
  isVariant: true,
  reasons: ["ratchet"],
  parts: ({ ratchet_from_percent: from, ratchet_keeps_percent: kept }) =>
    typeof from === "number"
      ? { stops: [lockedStop({ value: from, unit: "percent" }, kept as number, "ratchet")] }
      : {},
};

exitRules.push(ratchet);
