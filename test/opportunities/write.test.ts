import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Market, openTimeMs } from "../../src/candles/candles.ts";
import { readOpportunities } from "../../src/opportunities/read.ts";
import type { Labels, OpportunityTable } from "../../src/opportunities/table.ts";
import { writeOpportunities } from "../../src/opportunities/write.ts";
import { without } from "../support/holes.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-write-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const symbols = ["AAA", "BBB"];
const bars = 50;
const market = {
  timeframeMs: 900_000,
  bySymbol: new Map(symbols.map((symbol, k) => [symbol, jumpyCandles(symbol, bars, randomFrom(k))])),
};
/** The same with holes, and late enough that every time is one of milliseconds. */
const holedMarket = {
  ...market,
  bySymbol: new Map(
    [...market.bySymbol].map(([symbol, candles], k) => [
      symbol,
      without({ ...candles, firstOpenTimeMs: Date.UTC(2025, 0, 2) }, (slot) => slot % (7 + k) > 4),
    ]),
  ),
};

interface Cells {
  readonly symbol: number;
  readonly bar: number;
  readonly isLong: boolean;
  readonly type: string;
  /** Where the entry lies between low and high. */
  readonly share: number;
  readonly atr: number;
  readonly features: readonly number[];
  readonly activations: readonly number[];
  readonly penalty: number;
  /** Bars to its own exit; 0 for none. */
  readonly exitBars: number;
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const cell = fc.oneof(finite, fc.constantFrom(Number.NaN, -0, 0.1 + 0.2, 5e-324, Number.MAX_VALUE));
const cells: fc.Arbitrary<Cells> = fc.record({
  symbol: fc.nat(1),
  bar: fc.nat(bars - 1),
  isLong: fc.boolean(),
  type: fc.constantFrom("scalping", "swing", 'the "odd", one'),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  atr: fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true }),
  features: fc.tuple(cell, cell),
  activations: fc.tuple(cell, cell),
  penalty: finite,
  exitBars: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2 * bars }), fc.constant(1_000_000)),
});

function tableOf(
  rows: readonly Cells[],
  hasActivations: boolean,
  { of = market, hasExits = false }: { readonly of?: Market; readonly hasExits?: boolean } = {},
): OpportunityTable {
  const candles = rows.map(({ symbol }) => of.bySymbol.get(symbols[symbol]!)!);
  const types = [...new Set(rows.map(({ type }) => type))];
  const column = (value: (row: Cells, k: number) => number): Float64Array => Float64Array.from(rows, value);
  return {
    count: rows.length,
    symbols,
    symbol: Uint16Array.from(rows, ({ symbol }) => symbol),
    timestampMs: column(({ bar }, k) => openTimeMs(candles[k]!, bar)),
    bar: Int32Array.from(rows, ({ bar }) => bar),
    direction: Int8Array.from(rows, ({ isLong }) => (isLong ? 1 : -1)),
    types,
    type: Uint8Array.from(rows, ({ type }) => types.indexOf(type)),
    entry: column(({ bar, share }, k) => {
      const [low, high] = [candles[k]!.low[bar]!, candles[k]!.high[bar]!];
      return Math.min(high, low + share * (high - low));
    }),
    atr: column(({ atr }) => atr),
    ...(hasExits && { exitBars: Int32Array.from(rows, ({ exitBars }) => exitBars) }),
    featureNames: ["signal_score", 'with "quotes", and commas'],
    features: [column(({ features }) => features[0]!), column(({ features }) => features[1]!)],
    ...(hasActivations && {
      activations: {
        names: ["momentum", "volume"],
        columns: [column(({ activations }) => activations[0]!), column(({ activations }) => activations[1]!)],
        penalty: column(({ penalty }) => penalty),
      },
    }),
  };
}

/** Every column as its bytes, since an equality of numbers does not tell -0 from 0 by itself. */
function bytesOf(table: OpportunityTable): unknown {
  const bytes = (column: ArrayBufferView): string =>
    Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString("hex");
  return JSON.stringify(table, (_, value) => (ArrayBuffer.isView(value) ? bytes(value) : value));
}

function labelsOf({ count }: OpportunityTable): Labels {
  const column = (): Float64Array => new Float64Array(count).fill(0.125);
  return {
    mfe: column(),
    mae: column(),
    hoursToMfe: column(),
    density: column(),
    objective: new Uint8Array(count).fill(1),
  };
}

describe("a written table", () => {
  it("is read back to the bit, whatever its numbers, with or without activations and labels", async () => {
    const path = join(folder, "o.csv");
    await fc.assert(
      fc.asyncProperty(
        // A signal stands once: rows differ in symbol, bar, direction or type.
        fc.uniqueArray(cells, {
          minLength: 1,
          maxLength: 30,
          selector: ({ symbol, bar, isLong, type }) => `${symbol} ${bar} ${isLong} ${type}`,
        }),
        fc.boolean(),
        fc.boolean(),
        async (rows, hasActivations, hasLabels) => {
          const table = tableOf(rows, hasActivations);
          await writeOpportunities(path, table, hasLabels ? labelsOf(table) : undefined);
          expect(bytesOf(await readOpportunities(path, market, { lenient: false }))).toBe(bytesOf(table));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is read back with the exits of its signals, in holes and beyond the data too", async () => {
    const path = join(folder, "o.csv");
    const fewest = Math.min(...[...holedMarket.bySymbol.values()].map(({ count }) => count));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          cells.map((row) => ({ ...row, bar: row.bar % fewest })),
          {
            minLength: 1,
            maxLength: 30,
            selector: ({ symbol, bar, isLong, type }) => `${symbol} ${bar} ${isLong} ${type}`,
          },
        ),
        fc.boolean(),
        async (rows, hasLabels) => {
          const table = tableOf(rows, false, { of: holedMarket, hasExits: true });
          await writeOpportunities(path, table, hasLabels ? labelsOf(table) : undefined, holedMarket);
          expect(bytesOf(await readOpportunities(path, holedMarket, { lenient: false }))).toBe(bytesOf(table));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is refused without its candles where signals have exits", async () => {
    const table = tableOf([], false, { hasExits: true });
    await expect(writeOpportunities(join(folder, "o.csv"), table)).rejects.toMatchObject({ code: "NO_CANDLES" });
  });

  it("is read back where it is longer than a block", async () => {
    const path = join(folder, "o.csv");
    const random = randomFrom(1);
    const rows = Array.from({ length: 10_000 }, (_, k) => ({
      symbol: k % 2,
      bar: k % bars,
      isLong: k % 3 === 0,
      type: `round ${Math.floor(k / bars)}`,
      share: random(),
      atr: 1 + random(),
      features: [random(), random()],
      activations: [random(), random()],
      penalty: 5,
      exitBars: 0,
    }));
    const table = tableOf(rows, true);
    await writeOpportunities(path, table);
    expect(bytesOf(await readOpportunities(path, market, { lenient: false }))).toBe(bytesOf(table));
  });

  it("names its columns as the reader knows them", async () => {
    const path = join(folder, "o.csv");
    const row = {
      symbol: 1,
      bar: 2,
      isLong: false,
      type: "swing",
      share: 0,
      atr: 0.5,
      features: [61, Number.NaN],
      activations: [1, Number.NaN],
      penalty: 5,
      exitBars: 3,
    };
    const table = tableOf([row], true);
    await writeOpportunities(path, table, labelsOf(table));
    expect(readFileSync(path, "utf8").split("\n")).toEqual([
      'symbol,timestamp,direction,type,entry,atr,signal_score,"with ""quotes"", and commas",activation_momentum,activation_volume,' +
        "activation_penalty,label_mfe,label_mae,label_hours_to_mfe,label_density,label_objective",
      `BBB,1800000,short,swing,${table.entry[0]},0.5,61,,1,,5,0.125,0.125,0.125,0.125,1`,
      "",
    ]);
    await writeOpportunities(path, tableOf([row], false, { hasExits: true }), undefined, market);
    expect(readFileSync(path, "utf8").split("\n")).toEqual([
      'symbol,timestamp,direction,type,entry,atr,exit_time,signal_score,"with ""quotes"", and commas"',
      `BBB,1800000,short,swing,${table.entry[0]},0.5,4500000,61,`,
      "",
    ]);
  });

  it("leaves nothing behind where it cannot be written, and what was there as it was", async () => {
    const table = tableOf([], false);
    await expect(writeOpportunities(join(folder, "none", "o.csv"), table)).rejects.toMatchObject({
      code: "TABLE_UNWRITABLE",
      details: { where: join(folder, "none", "o.csv"), remedy: expect.any(String) },
    });
    mkdirSync(join(folder, "taken.csv"));
    await expect(writeOpportunities(join(folder, "taken.csv"), table)).rejects.toMatchObject({
      code: "TABLE_UNWRITABLE",
    });
    writeFileSync(join(folder, "old.csv"), "old");
    // A column that is not there is our mistake, not the disk's.
    const broken = { ...table, count: 1, featureNames: ["x"], features: [undefined as unknown as Float64Array] };
    await expect(writeOpportunities(join(folder, "old.csv"), broken)).rejects.toThrow(TypeError);
    expect(readFileSync(join(folder, "old.csv"), "utf8")).toBe("old");
    expect(readdirSync(folder).sort()).toEqual(["old.csv", "taken.csv"]);
  });
});
