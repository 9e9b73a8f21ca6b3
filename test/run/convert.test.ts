import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import { readMarket } from "../../src/candles/read.ts";
import type { InputError } from "../../src/errors.ts";
import { convertSummary } from "../../src/report/convertSummary.ts";
import { paintFor } from "../../src/report/paint.ts";
import { convert } from "../../src/run/convert.ts";
import type { ConvertRequest, Progress } from "../../src/run/request.ts";

const start = Date.UTC(2025, 0, 1);
const step = 900_000;
const header = "timestamp,open,high,low,close,volume";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-convert-"));
  mkdirSync(at("in"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
const write = (name: string, lines: readonly string[]): void => writeFileSync(at("in", name), lines.join("\n"));
const row = (k: number, values = "10,12,9,11,5"): string => `${start + k * step},${values}`;
const rows = (count: number, first = 0): string[] => Array.from({ length: count }, (_, k) => row(first + k));
const run = (more: Partial<ConvertRequest> = {}) => convert({ candles: at("in"), out: at("out"), ...more });
const written = (): string[] => (existsSync(at("out")) ? readdirSync(at("out")).sort() : []);
const textOf = (name: string): string => readFileSync(at("out", name), "utf8");
const refusal = async (more: Partial<ConvertRequest> = {}): Promise<InputError> =>
  run(more).then(
    () => expect.unreachable("it was not refused"),
    (error: InputError) => error,
  );
const readBack = async (dir: string, timeframeMs = step): Promise<ReadonlyMap<string, Candles>> =>
  (await readMarket(dir, { timeframeMs, lenient: false })).bySymbol;

describe("converted candles", () => {
  it("read back as the same, to the bit", async () => {
    const price = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    const made = fc.array(
      fc.tuple(fc.constantFrom(1, 1, 1, 2, 5), price, price, fc.double({ min: 0, noNaN: true, max: 1e300 })),
      {
        minLength: 1,
        maxLength: 30,
      },
    );
    await fc.assert(
      fc.asyncProperty(made, async (given) => {
        let slot = 0;
        // Most candles follow one another: others would be of another timeframe.
        const lines = given.map(([gap, a, b, volume], k) => {
          slot += k % 4 === 3 ? gap : 1;
          return row(slot, [a, Math.max(a, b), Math.min(a, b), b, volume].join());
        });
        // Newest first, and a name of another kind.
        write("ADA_USDT-15m.csv", [header, ...lines.toReversed()]);
        await run();
        const [before, after] = [await readBack(at("in")), await readBack(at("out"))];
        const candles = before.get("ADA/USDT")!;
        expect(after.get("ADA/USDT")).toEqual({ ...candles, readAs: null });
      }),
      { numRuns: 100 },
    );
  });

  it("are observed ones: holes stay holes, duplicates and the unfinished are gone", async () => {
    write("X-15m.csv", ["time,open,high,low,close,vol", row(0), row(1), row(1), row(4), row(5)]);
    const { candles } = await run({ nowMs: start + 5 * step + 1000 });
    expect(textOf("X-15m.csv")).toBe([header, row(0), row(1), row(4), ""].join("\n"));
    expect(candles).toMatchObject({ candles: 3, duplicates: 1, unfinished: 1, filled: 2 });
  });

  it("have names that read back as their symbols", async () => {
    for (const name of ["ADA_USDT-15m", "XRP_USDT_USDT-1h-futures", "BTCUSDT-5m-2025-01", "BTCUSD_PERP-15m"])
      write(`${name}.csv`, [header, row(0)]);
    const { files } = await run();
    expect(files.map(({ symbol, file, timeframe }) => [symbol, file, timeframe])).toEqual([
      ["ADA/USDT", at("out", "ADA_USDT-15m.csv"), "15m"],
      ["BTCUSDT", at("out", "BTCUSDT-5m.csv"), "5m"],
      ["BTCUSD_PERP", at("out", "BTCUSD_PERP-15m.csv"), "15m"],
      ["XRP/USDT:USDT", at("out", "XRP_USDT_USDT-1h-futures.csv"), "1h"],
    ]);
    expect([...(await readBack(at("out"))).keys()]).toEqual(["ADA/USDT", "BTCUSD_PERP"]);
    expect([...(await readBack(at("out"), 3_600_000)).keys()]).toEqual(["XRP/USDT:USDT"]);
  });

  it("may be joined, resampled, of some symbols and of a span", async () => {
    write("X-15m-2025-01.csv", [header, ...rows(6)]);
    write("X-15m-2025-02.csv", [header, ...rows(7, 5)]);
    write("Y-15m.csv", [header, ...rows(4)]);
    mkdirSync(at("more"));
    writeFileSync(at("more", "Z-15m.csv"), [header, ...rows(8)].join("\n"));
    const result = await run({
      candles: [at("in"), at("more", "Z-15m.csv")],
      timeframeMs: 4 * step,
      symbols: ["X", "Y", "Z"],
      fromMs: start + 4 * step,
    });
    expect(result.files.map(({ symbol, candles, from }) => [symbol, candles, from.length])).toEqual([
      ["X", 2, 2],
      ["Z", 1, 1],
    ]);
    expect(result.candles.left_out).toEqual(["Y"]);
    expect(textOf("Z-1h.csv")).toBe(`${header}\n${row(4, "10,12,9,11,20")}\n`);
    expect(convertSummary(result, paintFor(false))).toMatch(/X +1h +2025-01-01 +2025-01-01 +2 +2 +\d+ X-1h\.csv/);
  });

  it("count a symbol once, however many timeframes it has", async () => {
    write("X-15m.csv", [header, ...rows(4)]);
    write("X-1h.csv", [header, `${start},10,12,9,11,20`]);
    const { candles, files } = await run();
    expect([candles.symbols, files.length]).toEqual([1, 2]);
  });

  it("replace what was converted before", async () => {
    write("X-15m.csv", [header, ...rows(2)]);
    await run();
    write("X-15m.csv", [header, ...rows(3)]);
    await run();
    expect(textOf("X-15m.csv").split("\n")).toHaveLength(5);
    expect(written()).toEqual(["X-15m.csv"]);
  });
});

describe("nothing is written", () => {
  it("where any series is bad, however late", async () => {
    write("A-15m.csv", [header, ...rows(3)]);
    write("B-15m.csv", [header, ...rows(3), row(3, "10,9,12,11,5")]);
    expect((await refusal()).code).toBe("CANDLE_RANGE");
    expect(written()).toEqual([]);
    expect((await run({ lenient: true })).files).toHaveLength(2);
  });

  it("over an input, through links too, or into a folder that is read", async () => {
    write("X-15m.csv", [header, ...rows(3)]);
    mkdirSync(at("out"));
    expect((await refusal({ out: at("in") })).code).toBe("OUTPUT_IS_INPUT");
    expect((await refusal({ candles: [at("in", "X-15m.csv")], out: at("in") })).code).toBe("OUTPUT_IS_INPUT");
    symlinkSync(at("in"), at("link"));
    expect((await refusal({ out: at("link") })).code).toBe("OUTPUT_IS_INPUT");
    linkSync(at("in", "X-15m.csv"), at("out", "X-15m.csv"));
    const { code, details } = await refusal({ force: true });
    expect([code, details.found]).toEqual(["OUTPUT_IS_INPUT", `the same file as --candles ${at("in", "X-15m.csv")}`]);
    expect(readFileSync(at("in", "X-15m.csv"), "utf8")).toBe([header, ...rows(3)].join("\n"));
  });

  it("over a foreign file, without force", async () => {
    write("X-15m.csv", [header, ...rows(3)]);
    mkdirSync(at("out"));
    writeFileSync(at("out", "X-15m.csv"), "date;open\n");
    expect((await refusal()).code).toBe("OUTPUT_FOREIGN");
    expect(textOf("X-15m.csv")).toBe("date;open\n");
    await run({ force: true });
    expect(textOf("X-15m.csv")).toMatch(/^timestamp,/);
  });

  it("where the place cannot be written", async () => {
    write("X-15m.csv", [header, ...rows(3)]);
    writeFileSync(at("out"), "a file");
    expect((await refusal()).code).toBe("CANDLE_UNWRITABLE");
    rmSync(at("out"));
    mkdirSync(at("out", "X-15m.csv"), { recursive: true });
    expect((await refusal({ force: true })).code).toBe("CANDLE_UNWRITABLE");
    expect(written()).toEqual(["X-15m.csv"]);
  });

  it("of other data, of files without a name, or of symbols that are not there", async () => {
    write("X-15m.csv", [header, ...rows(3)]);
    write("X_USDT-15m-mark.csv", [header, ...rows(3)]);
    write("prices.csv", [header, ...rows(3)]);
    const codes = [];
    for (const more of [
      { candles: [at("in", "X_USDT-15m-mark.csv")] },
      { candles: [at("in", "prices.csv")] },
      { symbols: ["Y"] },
      { timeframeMs: 60_000 },
      { toMs: start - 1 },
      { candles: at("nowhere") },
    ])
      codes.push((await refusal(more)).code);
    expect(codes).toEqual([
      "CANDLE_NAME",
      "CANDLE_NAME",
      "CANDLE_SYMBOL",
      "CANDLE_TIMEFRAME",
      "CANDLE_SPAN",
      "CANDLE_FOLDER",
    ]);
    expect(written()).toEqual([]);
  });

  it.each(["read", "write"])("where the run is stopped, however late: %s", async (last) => {
    for (const name of ["X-15m.csv", "Y-15m.csv"]) write(name, [header, ...rows(20_000)]);
    const signal = { aborted: false };
    const onProgress = ({ phase, message }: Progress): void => {
      if (phase === last && message.includes("Y-15m")) signal.aborted = true;
    };
    const stopped = convert({ candles: at("in"), out: at("out") }, { signal, onProgress });
    await expect(stopped).rejects.toMatchObject({ code: "ABORTED" });
    expect(existsSync(at("out"))).toBe(false);
    mkdirSync(at("out"));
    writeFileSync(at("out", "X-15m.csv"), `${header}\n`);
    signal.aborted = false;
    await expect(convert({ candles: at("in"), out: at("out") }, { signal, onProgress })).rejects.toThrow();
    expect([written(), textOf("X-15m.csv")]).toEqual([["X-15m.csv"], `${header}\n`]);
  });
});

it("the first and last candles of a file are where they were", async () => {
  write("X-15m.csv", [header, ...rows(10_000)]);
  const { files } = await run();
  const candles = (await readBack(at("out"))).get("X")!;
  expect([files[0]!.first, files[0]!.last]).toEqual([openTimeMs(candles, 0), openTimeMs(candles, 9_999)]);
  expect(files[0]!.bytes).toBe(Buffer.byteLength(textOf("X-15m.csv")));
});
