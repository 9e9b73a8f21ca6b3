import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import { InputError } from "../../src/errors.ts";
import { wilderAtr } from "../../src/opportunities/indicators.ts";
import { readOpportunities } from "../../src/opportunities/read.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-read-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Sixty bars of B and of A, in that order; A is flat at 100, so that its ATR is 0. */
const flat = new Float64Array(60).fill(100);
const a: Candles = { ...jumpyCandles("A", 60, randomFrom(1)), open: flat, high: flat, low: flat, close: flat };
const b: Candles = jumpyCandles("B", 60, randomFrom(2));
const market = {
  timeframeMs: 900_000,
  bySymbol: new Map([
    ["B", b],
    ["A", a],
  ]),
};

function file(text: string, name = "signals.csv"): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const read = (path: string, lenient = false) => readOpportunities(path, market, { lenient });

async function refusal(path: string, lenient = false): Promise<InputError> {
  try {
    await read(path, lenient);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
  throw new Error("the file was read");
}

const header = "symbol,timestamp,direction,atr";

describe("a signals file", () => {
  it("needs no ATR where the candles have one: that of the bar", async () => {
    const path = file("symbol,timestamp,direction,atr\nB,27000000,long,\nB,36000000,short,2\n");
    const table = await read(path);
    expect([...table.atr]).toEqual([wilderAtr(b)[30], 2]);
    expect([...table.bar]).toEqual([30, 40]);
  });

  it("knows the market's symbols, sorted, and types as they first appear", async () => {
    const path = file(`${header},type\nB,0,long,1,swing\nA,0,long,1,\nB,0,long,1,dip\nB,900000,long,1,swing\n`);
    const table = await read(path);
    expect(table.symbols).toEqual(["A", "B"]);
    expect([...table.symbol]).toEqual([1, 0, 1, 1]);
    expect(table.types).toEqual(["swing", "all", "dip"]);
    expect([...table.type]).toEqual([0, 1, 2, 0]);
  });

  it("may come from Windows, from Excel or from pandas, with blank lines and spaces", async () => {
    const path = file(`\uFEFF${header},x\r\n B , 900000.0 ,Long, 2 , 1e1 \r\n\r\n"B",1800000,SELL,2,""\r\n`);
    const table = await read(path);
    expect([...table.timestampMs]).toEqual([900_000, 1_800_000]);
    expect([...table.features[0]!]).toEqual([10, Number.NaN]);
    expect([...table.direction]).toEqual([1, -1]);
  });

  it("keeps activations apart from features, and an empty one empty", async () => {
    const path = file(
      `${header},activation_volume,x,activation_penalty,label_mfe\nB,0,long,1,0.6,7,5,?\nB,0,short,1,,8,,0\n`,
    );
    const table = await read(path);
    expect(table.featureNames).toEqual(["x"]);
    expect(table.activations).toEqual({
      names: ["volume"],
      columns: [Float64Array.of(0.6, Number.NaN)],
      penalty: Float64Array.of(5, 0),
    });
  });

  it("gives the same table as JSON", async () => {
    const csv = file(`${header},x,type\nB,0,long,1,-0,dip\nB,900000,short,0.1,,\n`);
    const json = file(
      '[{"symbol":"B","timestamp":0,"direction":"long","atr":1,"x":-0,"type":"dip"},{"symbol":"B","timestamp":"900000","direction":-1,"atr":0.1,"x":null}]',
      "signals.JSON",
    );
    expect(await read(json)).toEqual(await read(csv));
  });
});

describe("a signals file of which some features are wanted", () => {
  it("gives those it has, in its order, and looks at no other column", async () => {
    const path = file(
      `${header},x,activation_volume,y,z,activation_penalty,label_mfe\nB,0,long,1,?,?,7,8,?,?\nB,0,short,1,,?,,-0,?,?\n`,
    );
    let heard: readonly string[] = [];
    const table = await readOpportunities(path, market, {
      lenient: false,
      features: (there) => {
        heard = there;
        return ["z", "none", "y"];
      },
    });
    expect(heard).toEqual(["x", "y", "z"]);
    expect(table.featureNames).toEqual(["y", "z"]);
    expect(table.features).toEqual([Float64Array.of(7, Number.NaN), Float64Array.of(8, -0)]);
    expect(table.activations).toBeUndefined();
  });

  it("still has as many cells in a row as in its header, and numbers where they are wanted", async () => {
    const features = () => ["y"];
    const refused = (text: string): Promise<unknown> =>
      readOpportunities(file(text), market, { lenient: false, features }).catch((error: InputError) => error.code);
    expect(await refused(`${header},x,y\nB,0,long,1,1,1,000\n`)).toBe("TABLE_CELLS");
    expect(await refused(`${header},x,y\nB,0,long,1,1,high\n`)).toBe("TABLE_FEATURE");
  });
});

describe("a signals file is refused", () => {
  const wide = `${header},entry,luck`;
  it.each([
    ["a word for a feature", `${wide}\nB,0,long,1,,1\nB,0,long,1,,good\n`, ":3, luck", '"good"'],
    ["an infinite feature", `${wide}\nB,0,long,1,,Infinity\n`, ":2, luck", '"Infinity"'],
    ["a hexadecimal feature", `${wide}\nB,0,long,1,,0x10\n`, ":2, luck", '"0x10"'],
    ["a word for an ATR", `${wide}\nB,0,long,wide,,1\n`, ":2, atr", '"wide"'],
    ["an ATR below 0", `${wide}\nB,0,long,-1,,1\n`, ":2, atr", "-1"],
    ["no ATR where the candles are flat", `${wide}\nA,27000000,long,,,1\n`, ":2, atr", "ATR 14 of the candles"],
    ["an entry outside its bar", `${wide}\nA,0,long,1,100.5,1\n`, ":2, entry", "100.5"],
    ["a comma inside a number", `${header},luck\nB,0,long,1,1,000\n`, ":2", '6 cells: "B,0,long,1,1,000"'],
    ["a line that was cut", `${header},luck\nB,0,long,1,1\nB,0,lo`, ":3", '3 cells: "B,0,lo"'],
    ["a time between two bars", `${header}\nB,900001,long,1\n`, ":2, timestamp", '"900001"'],
    ["a time after the candles", `${header}\nB,54000000,long,1\n`, ":2, timestamp", '"54000000"'],
    ["no time", `${header}\nB,,long,1\n`, ":2, timestamp", '""'],
    ["no direction", `${header}\nB,0,,1\n`, ":2, direction", '""'],
    ["a type that would colour a terminal", `${header},type\nB,0,long,1,\u001b[31m\n`, ":2, type", '"\\u001b[31m"'],
    ["a column twice", `${header},luck,luck\n`, ":1", '"luck" as columns 5 and 6'],
    ["a nameless column", `${header},\n`, ":1", "column 5 has none"],
    ["semicolons", `${header.replaceAll(",", ";")}\nB;0;long;1\n`, ":1", '"symbol;timestamp;direction;atr"'],
    ["a header alone", `${header}\n\n`, "", "a header only"],
    ["nothing", "\n", "", "an empty file"],
  ])("for %s", async (_, text, place, found) => {
    const path = file(text);
    const { details } = await refusal(path);
    expect(details.where).toBe(`${path}${place}`);
    expect(details.found).toContain(found);
    expect(details.expected).toBeTruthy();
    expect(details.remedy).toBeTruthy();
  });

  it("for a symbol without candles, and names those there are", async () => {
    const { code, details } = await refusal(file(`${header}\nC,0,long,1\n`));
    expect([code, details.found, details.expected]).toEqual(["TABLE_SYMBOL", '"C"', "one of: A, B"]);
  });

  it("for a column that it needs, which it names", async () => {
    const { code, message } = await refusal(file("symbol,tim,direction\nB,0,long\n"));
    expect([code, message]).toEqual(["TABLE_HEADER", "columns missing from the header: timestamp"]);
  });

  it("where it is not there, as CSV and as JSON", async () => {
    for (const name of ["none.csv", "none.json"])
      expect(await refusal(join(folder, name))).toMatchObject({
        code: "FILE_UNREADABLE",
        details: { where: join(folder, name), remedy: expect.any(String) },
      });
  });

  it.each([
    ["no JSON", "symbol,timestamp\n", "FILE_NOT_JSON", ""],
    ["an object", '{"symbol":"B"}', "TABLE_SHAPE", ""],
    ["a number among its entries", '[{"symbol":"B"},7]', "TABLE_SHAPE", ":2"],
    ["a list for a value", '[{"symbol":"B","timestamp":0,"direction":"long","atr":[1]}]', "TABLE_SHAPE", ":1, atr"],
    [
      "an impossible value in its second entry",
      '[{"symbol":"B","timestamp":0,"direction":"long","atr":1},{"symbol":"B","timestamp":1,"direction":"long"}]',
      "TABLE_TIMESTAMP",
      ":2, timestamp",
    ],
    ["no entry", "[]", "TABLE_EMPTY", ""],
    ["not a byte", "", "TABLE_EMPTY", ""],
  ])("as JSON, for %s", async (_, text, code, place) => {
    const path = file(text, "signals.json");
    expect(await refusal(path)).toMatchObject({ code, details: { where: `${path}${place}` } });
  });

  it.each(["constructor", "toString", "__proto__", "valueOf"])(
    "where a direction or a type is %s, which every object knows",
    async (word) => {
      const direction = await refusal(file(`${header}\nB,0,${word},1\n`));
      expect(direction.details).toMatchObject({ where: expect.stringContaining(":2, direction"), found: `"${word}"` });
      const type = await refusal(file(`${header},type\nB,0,long,1,${word}\n`));
      expect(type.details).toMatchObject({ where: expect.stringContaining(":2, type"), found: `"${word}"` });
    },
  );

  it("for more types than a byte tells apart", async () => {
    const rows = Array.from({ length: 300 }, (_, k) => `B,0,long,1,t${k}`);
    const { code, details } = await refusal(file(`${header},type\n${rows.join("\n")}\n`));
    expect([code, details.where?.split(":").at(-1)]).toEqual(["TABLE_TYPE", "257, type"]);
  });

  it("with a path and cells that cannot play with the terminal, however long", async () => {
    const path = file(`${header}\n${"\u202e".repeat(500)},0,long,1\n`, "a\u001b[31m.csv");
    const { details } = await refusal(path);
    expect(details.where).toContain("a\\u001b[31m.csv:2, symbol");
    expect(details.found).toMatch(/^"(\\u202e){40}\.\.\."$/);
  });
});

describe("lenient reading", () => {
  it("drops and counts rows whose entry or ATR is impossible, and no other", async () => {
    let dropped = -1;
    const path = file(`${header},entry\nA,0,long,1,101\nB,0,long,,\nB,0,long,1,\n`);
    const table = await readOpportunities(path, market, {
      lenient: true,
      onCounts: (counts) => {
        dropped = counts.dropped;
      },
    });
    expect([table.count, dropped]).toEqual([1, 2]);
    expect((await refusal(file(`${header}\nB,1,long,1\n`), true)).code).toBe("TABLE_TIMESTAMP");
  });

  it("does not call a file read of which nothing is left", async () => {
    const { code, details } = await refusal(file(`${header}\nB,0,long,\nB,900000,long,\n`), true);
    expect([code, details.found]).toEqual(["TABLE_EMPTY", "a header and 2 invalid rows"]);
  });
});
