import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withMemoryOfItsOwn } from "../../src/core/instance.ts";
import { searchColumns } from "../../src/core.ts";
import { search } from "../../src/run/search.ts";
import { heldColumns, heldFiles, heldSeries } from "../support/columns.ts";

const space = {
  min_signal_score: [30, 40, 50, 60],
  allowed_mkt_struct: ["any", [0]],
  atr_tp_multiplier: [1, 2, 3],
  atr_stop_multiplier: [1, 1.5],
  max_holding_hours: [6, 12.1],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [1],
  trailing_stop_distance: [0.5],
};
const columns = { candles: heldSeries(), opportunities: heldColumns(), space, type: "swing" };
const nowMs = Date.UTC(2030, 0, 1);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-columns-"));
  writeFileSync(join(folder, "space.json"), JSON.stringify(space));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** How a call was refused. */
const refusal = (given: object, options?: object) =>
  searchColumns(given as typeof columns, options).then(
    () => "not refused",
    (error) => ({ code: error.code, ...error.details }),
  );

describe("a search over columns", () => {
  for (const objective of ["evidence", "balanced", "sortino"] as const)
    it(`finds by ${objective} what the search over the same files finds, to the last bit`, async () => {
      const options = { objective, type: "swing", nowMs, minProfit: 0.02, maxDrawdown: 60 };
      const ofFiles = await search({ ...heldFiles, ...options, spaceFile: join(folder, "space.json"), threads: 1 });
      const { engine: _machine, ...found } = await searchColumns({ ...columns, ...options });
      const { engine, saved_best, fingerprint, ...expected } = ofFiles;
      expect(found.top.length).toBeGreaterThan(5);
      // The space has a holding time that is no whole number of candles, which is said with its place.
      const said = JSON.stringify(expected).replaceAll(join(folder, "space.json"), "space");
      expect(JSON.stringify(found)).toBe(said);
    });

  it("finds the same with several threads", async () => {
    const [one, three] = await Promise.all([1, 3].map((threads) => searchColumns({ ...columns, threads, nowMs })));
    expect(JSON.stringify(three!.top)).toBe(JSON.stringify(one!.top));
    expect(three!.engine.threads).toBe(3);
  });

  it("takes columns of numbers in typed arrays, and computes an ATR that nobody gives", async () => {
    const { atr: _given, ...opportunities } = heldColumns();
    const typed = { ...opportunities, timestamp: Float64Array.from(opportunities["timestamp"] as number[]) };
    const { top } = await searchColumns({ ...columns, opportunities: typed, nowMs });
    const file = join(folder, "without-atr.csv");
    const names = Object.keys(opportunities);
    const cell = (value: unknown) => (Number.isNaN(value) ? "" : String(value));
    const rows = [...typed.timestamp].map((_, k) => names.map((name) => cell(opportunities[name]![k])).join(","));
    writeFileSync(file, `${names.join(",")}\n${rows.join("\n")}\n`);
    const ofFiles = { candles: heldFiles.candles, opportunities: file, spaceFile: join(folder, "space.json"), nowMs };
    expect(JSON.stringify(top)).toBe(JSON.stringify((await search({ ...ofFiles, type: "swing" })).top));
  });

  it("says how far it is, up to the end", async () => {
    const shares: number[] = [];
    await searchColumns({ ...columns, nowMs }, { onProgress: ({ share }) => void shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it("refuses options and columns by their place", async () => {
    const { opportunities } = columns;
    expect(await refusal({ ...columns, spaceFile: "x" })).toMatchObject({ code: "REQUEST_OPTION", where: "spaceFile" });
    expect(await refusal(columns, { signal: null })).toMatchObject({ code: "REQUEST_OPTION", where: "signal" });
    expect(await refusal({ ...columns, candles: [] })).toMatchObject({ code: "CANDLE_SERIES" });
    const low = Float64Array.from(columns.candles[0]!.low);
    low[7] = -5;
    expect(await refusal({ ...columns, candles: [{ ...columns.candles[0], low }] })).toMatchObject({
      where: "candles[0].low[7], AAAUSDT",
    });
    expect(await refusal({ ...columns, opportunities: { ...opportunities, atr: [1] } })).toMatchObject({
      code: "TABLE_SHAPE",
      where: "opportunities.atr",
    });
    expect(await refusal({ ...columns, opportunities: { ...opportunities, atr: 5 } })).toMatchObject({
      code: "TABLE_SHAPE",
      found: "no list",
    });
    const direction = [...(opportunities["direction"] as string[])];
    direction[3] = "up";
    expect(await refusal({ ...columns, opportunities: { ...opportunities, direction } })).toMatchObject({
      where: "opportunities, row 4, direction",
      found: '"up"',
    });
    expect(await refusal({ ...columns, opportunities: {} })).toMatchObject({ code: "TABLE_EMPTY" });
    expect(await refusal({ ...columns, space: { min_nothing: [1] } })).toMatchObject({
      code: "SPACE_UNKNOWN",
      where: "space",
    });
    expect(await refusal({ ...columns, type: "other" })).toMatchObject({ code: "TYPE_UNKNOWN" });
  });
});

it("the core over a memory of its own is the same but for that", async () => {
  const { coreBase64 } = await import("../../src/core/coreBytes.ts");
  const bytes = Uint8Array.from(Buffer.from(coreBase64, "base64"));
  const own = withMemoryOfItsOwn(bytes);
  expect([...own].filter((byte, k) => byte !== bytes[k])).toEqual([1]);
  const linked = (shared: boolean) => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared });
    return () => new WebAssembly.Instance(new WebAssembly.Module(own), { env: { memory } });
  };
  expect(linked(false)).not.toThrow();
  expect(linked(true)).toThrow(WebAssembly.LinkError);
  expect(() => withMemoryOfItsOwn(own)).toThrow(expect.objectContaining({ code: "CORE_IMPORT" }));
});
