import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Baseline, BaselineSums, baselineOf, type Excursion } from "../../src/opportunities/baseline.ts";
import { inOrder, type Run } from "../../src/opportunities/merge.ts";
import { Spool } from "../../src/opportunities/spool.ts";
import { type Labels, type OpportunityTable, pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { writeWhole } from "../../src/opportunities/tableFile.ts";
import { writeOpportunities } from "../../src/opportunities/write.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-spool-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Keys of a run, and whose they are. */
class Keys implements Run {
  private at = -1;
  constructor(
    readonly name: number,
    private readonly keys: readonly number[],
  ) {}
  get key(): number {
    return this.keys[this.at]!;
  }
  next(): boolean {
    return ++this.at < this.keys.length;
  }
}

describe("runs in order", () => {
  it("are one sorted list, equal keys in the order of the runs", () => {
    const runs = fc.array(
      fc.array(fc.nat(20)).map((keys) => keys.sort((a, b) => a - b)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(runs, (lists) => {
        const found: [number, number][] = [];
        for (const run of inOrder(lists.map((keys, name) => new Keys(name, keys)))) found.push([run.key, run.name]);
        const sorted = lists
          .flatMap((keys, name) => keys.map((key): [number, number] => [key, name]))
          .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(found).toEqual(sorted);
      }),
    );
  });
});

/** A table of some symbols, by time, then symbol, and labels with no meaning. Names hold whatever a CSV must quote. */
function randomTable(rows: number): { table: OpportunityTable; labels: Labels } {
  const random = randomFrom(3);
  const column = (): Float64Array =>
    Float64Array.from({ length: rows }, () => random() * 10 ** Math.floor(8 * random()));
  const symbols = ["A,B", "C", "long".repeat(5_000), "Ü\n"];
  const at = Array.from({ length: rows }, () => ({
    time: Math.floor(random() * 500),
    symbol: Math.floor(random() * 4),
  }));
  at.sort((a, b) => a.time - b.time || a.symbol - b.symbol);
  return {
    table: {
      count: rows,
      symbols,
      symbol: Uint16Array.from(at, ({ symbol }) => symbol),
      timestampMs: Float64Array.from(at, ({ time }) => time * 900_000),
      bar: Int32Array.from(at, ({ time }) => time),
      direction: Int8Array.from(at, () => (random() < 0.5 ? 1 : -1)),
      types: ["rare", "swing"],
      type: Uint8Array.from(at, () => (random() < 0.01 ? 0 : 1)),
      entry: column(),
      atr: column(),
      featureNames: ["x", "y"],
      features: [column(), column()],
    },
    labels: {
      mfe: column(),
      mae: column(),
      hoursToMfe: column(),
      density: column(),
      objective: Uint8Array.from(at, () => (random() < 0.2 ? 1 : 0)),
    },
  };
}

describe("a spool", () => {
  it("of symbol after symbol gives the file and the baselines of the whole table, to the byte and bit", async () => {
    const { table, labels } = randomTable(3_000);
    await writeOpportunities(join(folder, "whole.csv"), table, labels);
    const out = join(folder, "merged.csv");
    const sums = new Map(table.types.map((type) => [type, new BaselineSums()]));
    const spool = new Spool(out);
    for (const symbol of [2, 0, 3, 1]) {
      const rows = [...table.symbol.keys()].filter((row) => table.symbol[row] === symbol);
      spool.add(table.symbols[symbol]!, pickRows(table, rows), pickLabels(labels, rows));
    }
    const count = (type: string, excursion: Excursion): void => sums.get(type)!.add(excursion);
    const header = readFileSync(join(folder, "whole.csv"), "utf8").split("\n")[0]!;
    await writeWhole(out, (file) => spool.writeTo(file, header, count, () => undefined));
    spool.remove();
    expect(readFileSync(out).equals(readFileSync(join(folder, "whole.csv")))).toBe(true);
    for (const [code, type] of table.types.entries()) {
      const rows = [...table.type.keys()].filter((row) => table.type[row] === code);
      const whole: Baseline = baselineOf(pickRows(table, rows), pickLabels(labels, rows));
      expect(whole.opportunities).toBeGreaterThan(10);
      expect(sums.get(type)!.result()).toEqual(whole);
    }
    expect(readdirSync(folder).sort()).toEqual(["merged.csv", "whole.csv"]);
  });

  it("keeps the exits of the signals' own", async () => {
    const { table: plain, labels } = randomTable(200);
    const table = { ...plain, exitBars: Int32Array.from(plain.bar, (bar) => bar % 4) };
    const bySymbol = new Map(table.symbols.map((symbol, k) => [symbol, jumpyCandles(symbol, 500, randomFrom(k))]));
    await writeOpportunities(join(folder, "whole.csv"), table, labels, { bySymbol });
    const [header, first] = readFileSync(join(folder, "whole.csv"), "utf8").split("\n");
    expect(header).toContain(",atr,exit_time,x,");
    const bars = table.exitBars[0]!;
    expect(first!.split(",")[6]).toBe(bars === 0 ? "" : String((table.bar[0]! + bars) * 900_000));
    const spool = new Spool(join(folder, "merged.csv"));
    for (const [code, symbol] of table.symbols.entries()) {
      const rows = [...table.symbol.keys()].filter((row) => table.symbol[row] === code);
      spool.add(symbol, pickRows(table, rows), pickLabels(labels, rows), { bySymbol });
    }
    const nothing = (): void => undefined;
    await writeWhole(join(folder, "merged.csv"), (file) => spool.writeTo(file, header!, nothing, nothing));
    spool.remove();
    expect(readFileSync(join(folder, "merged.csv"), "utf8")).toBe(readFileSync(join(folder, "whole.csv"), "utf8"));
  });

  it("is refused where its folder cannot be written", () => {
    expect(() => new Spool(join(folder, "none", "o.csv"))).toThrow(
      expect.objectContaining({
        code: "TABLE_UNWRITABLE",
        details: expect.objectContaining({ remedy: expect.any(String) }),
      }),
    );
  });
});
