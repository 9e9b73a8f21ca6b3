import { expect, it } from "vitest";
import * as core from "../../src/core.ts";
import { heldColumns, heldSeries } from "../support/columns.ts";

const good = { candles: heldSeries(), opportunities: heldColumns(), space: { min_signal_score: [1] }, type: "swing" };
const symbol = Symbol("x");
const throwing = {
  get candles(): never {
    throw new TypeError("mine");
  },
};
const foreign: readonly unknown[] = [undefined, null, 7, "", symbol, 7n, [], [1], {}, () => 1, new Map(), throwing];

/** The code that a call is refused with; anything but a SluiceError fails. */
async function refused(...given: unknown[]): Promise<string> {
  const error = await (core.searchColumns as (...given: unknown[]) => Promise<unknown>)(...given).then(
    () => null,
    (thrown) => thrown,
  );
  expect(error, String(given.length)).toBeInstanceOf(core.SluiceError);
  expect(Object.keys((error as core.SluiceError).details).length).toBeGreaterThan(0);
  return (error as core.SluiceError).code;
}

const isEmpty = (value: unknown): boolean =>
  Object.getPrototypeOf(Object(value)) === Object.prototype && Object.keys(Object(value)).length === 0;

it("exports the search, its errors and its version, and no more", () => {
  const errors = ["CapacityError", "CoreFault", "InputError", "SluiceError"];
  expect(Object.keys(core).sort()).toEqual([...errors, "searchColumns", "version"].sort());
});

it("refuses whatever is no request, no options and no columns, by a code of its own", async () => {
  for (const value of foreign) {
    expect(await refused(value)).toBe("REQUEST_OPTION");
    if (value !== undefined && !isEmpty(value)) expect(await refused(good, value)).toBe("REQUEST_OPTION");
    if (value === undefined) continue;
    // An empty space has one set, of defaults.
    for (const key of Object.keys(good).filter((key) => key !== "space" || !isEmpty(value)))
      expect(await refused({ ...good, [key]: value })).not.toBe("INTERNAL");
    for (const column of Object.keys(good.opportunities))
      expect(await refused({ ...good, opportunities: { ...good.opportunities, [column]: value } })).toMatch(/^TABLE_/);
  }
});

it("refuses cells that are no numbers, words or nothing", async () => {
  for (const value of [7n, symbol, {}, [], () => 1])
    for (const column of ["symbol", "timestamp", "atr", "signal_score"]) {
      const cells = [...(good.opportunities[column] as unknown[])];
      cells[0] = value;
      expect(await refused({ ...good, opportunities: { ...good.opportunities, [column]: cells } })).toBe("TABLE_SHAPE");
    }
});
