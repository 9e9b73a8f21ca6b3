import { fixedTarget, steppedTarget } from "../exitParts.ts";
import { type ExitRule, inAtrs, isFiniteNumber, positiveKey, tidy } from "../exitRule.ts";
import type { ParameterValue, RoiTable } from "../parameters.ts";

/** Steps that a table may have: more than anybody writes, few enough for the room that a replay keeps. */
export const maxRoiSteps = 100;

/** Where to take profit: at a distance from the entry, or by a table that asks for less the longer the trade has been open. */
export const target: ExitRule = {
  name: "target",
  side: "target",
  keys: {
    atr_tp_multiplier: inAtrs(positiveKey("take profit, in ATRs from the entry", [0.3, 20], 2)),
    take_profit_percent: positiveKey("take profit, in percent of the entry", [0.1, 100]),
    roi: {
      description:
        'return-on-investment tables, such as {"0": 4, "60": 2, "240": 0}: minutes since the entry, and the profit in percent of the entry that is enough from then on',
      expected: (value) =>
        isRoiTable(value)
          ? null
          : `a table of minutes, from 0 up, and percent, such as {"0": 4, "60": 2}; -1 exits in any case; at most ${maxRoiSteps} steps`,
      scaled: (value, factor) => scaledTable(value as RoiTable, factor),
    },
  },
  insteadOf: [["atr_tp_multiplier", "take_profit_percent", "roi"]],
  isVariant: false,
  reasons: ["take_profit", "roi"],
  parts: ({ atr_tp_multiplier, take_profit_percent, roi }) => ({
    target:
      roi !== undefined
        ? steppedTarget(stepsOf(roi as RoiTable), "roi")
        : take_profit_percent !== undefined
          ? fixedTarget({ value: take_profit_percent as number, unit: "percent" }, "take_profit")
          : fixedTarget({ value: atr_tp_multiplier as number, unit: "atr" }, "take_profit"),
  }),
};

function isRoiTable(value: unknown): value is RoiTable {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.length <= maxRoiSteps &&
    entries.every(([minutes, percent]) => /^\d{1,9}(\.\d+)?$/.test(minutes) && isFiniteNumber(percent)) &&
    new Set(entries.map(([minutes]) => Number(minutes))).size === entries.length
  );
}

/** A table's steps, earliest first. */
function stepsOf(table: RoiTable): { readonly minutes: number; readonly percent: number }[] {
  return Object.entries(table)
    .map(([minutes, percent]) => ({ minutes: Number(minutes), percent }))
    .sort((a, b) => a.minutes - b.minutes);
}

/** The same times with so much more or less to ask for; a step that leaves in any case, or at no loss, stays. */
function scaledTable(table: RoiTable, factor: number): ParameterValue {
  return Object.fromEntries(
    Object.entries(table).map(([minutes, percent]) => [minutes, percent > 0 ? tidy(percent * factor) : percent]),
  );
}
