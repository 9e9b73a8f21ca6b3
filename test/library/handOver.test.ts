import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syntheticMarket } from "../../src/candles/synthetic.ts";
import { handedOver, packedResult, receivedResult, takenOver } from "../../src/library/handOver.ts";
import { packing, unpacking } from "../../src/library/packedRows.ts";
import { atOnce } from "../../src/library/stepwise.ts";

const [series] = syntheticMarket({
  seed: 3,
  symbols: ["AAA"],
  days: 20,
  timeframeMs: 900_000,
  endTimeMs: Date.UTC(2026, 0, 1),
}) as [ReturnType<typeof syntheticMarket>[number]];
const isShared = (column: unknown): boolean => ArrayBuffer.isView(column) && column.buffer instanceof SharedArrayBuffer;

describe("candles on their way to a thread", () => {
  it("are in shared memory, with the same values, whatever form they have", async () => {
    const arrays = { ...series, close: [...series.close], times: [...series.close.keys()] };
    const market = { timeframeMs: 900_000, bySymbol: new Map([["AAA", series]]) };
    for (const candles of [series, [series], [arrays, series], market]) {
      const handed = (await handedOver({ candles })).candles;
      const all = Array.isArray(handed) ? handed : "bySymbol" in handed ? [...handed.bySymbol.values()] : [handed];
      for (const each of all) {
        expect([each.open, each.high, each.low, each.close, each.volume].every(isShared)).toBe(true);
        expect([...each.close]).toEqual([...series.close]);
      }
    }
  });

  it("that are in shared memory already stay where they are, and few candles are cloned", async () => {
    const { candles } = await handedOver({ candles: [series] });
    expect((await handedOver({ candles })).candles[0]!.close.buffer).toBe(candles[0]!.close.buffer);
    const few = { ...series, close: series.close.slice(0, 10) };
    expect((await handedOver({ candles: few })).candles.close).toBe(few.close);
  });

  it("stay what they are where they hold something else than numbers, to be refused as that", async () => {
    const close = [...series.close, "x"] as number[];
    expect((await handedOver({ candles: { ...series, close } })).candles.close).toBe(close);
    expect((await handedOver({ candles: "data/candles" })).candles).toBe("data/candles");
  });

  it("leave the request of the caller as it was", async () => {
    const request = { candles: [{ ...series }], signals: Array.from({ length: 600 }, (_, k) => ({ k })) };
    const { close } = request.candles[0]!;
    await handedOver(request);
    expect([request.candles[0]!.close === close, Array.isArray(request.signals)]).toEqual([true, true]);
  });
});

describe("many rows on their way between threads", () => {
  const name = fc.constantFrom("symbol", "timestamp", "rsi", "odd name", "constructor");
  const cell = fc.oneof(
    fc.double({ noNaN: true }),
    fc.constantFrom<(string | null | boolean)[]>("long", "AAA", "", null, true),
  );

  it("are the same rows afterwards, with null for what a row lacked", () => {
    const rowsArbitrary = fc.array(fc.dictionary(name, cell, { maxKeys: 5 }), { maxLength: 30 });
    fc.assert(
      fc.property(rowsArbitrary, (given) => {
        const rows = given.map((row) => ({ ...row }));
        const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
        const packed = structuredClone(atOnce(packing(rows)));
        const whole = rows.map((row) =>
          Object.fromEntries(names.map((each) => [each, Object.hasOwn(row, each) ? row[each] : null])),
        );
        expect(atOnce(unpacking(packed))).toEqual(whole);
      }),
      { seed: 5 },
    );
  });

  it("cross as a request's signals and as a result's rows and trades", async () => {
    const rows = Array.from({ length: 700 }, (_, k) => ({
      symbol: `S${k % 3}`,
      timestamp: k,
      rsi: k % 5 ? k / 7 : null,
    }));
    const handed = await handedOver({ signals: rows, opportunities: "a.csv" });
    expect(Array.isArray(handed.signals)).toBe(false);
    expect(takenOver(structuredClone(handed))).toEqual({ signals: rows, opportunities: "a.csv" });
    const result = { rows, trades: rows.slice(0, 3), file: null };
    expect(await receivedResult(structuredClone(packedResult(result)))).toEqual(result);
    expect(await receivedResult(null)).toBeNull();
  });

  it("keep a NaN and a text among numbers, to be refused as such", () => {
    const rows = [{ rsi: 1 }, { rsi: Number.NaN }, { rsi: 3 }];
    expect(atOnce(unpacking(atOnce(packing(rows))))).toEqual(rows);
    const mixed = [{ rsi: 1 }, { rsi: "high" }];
    expect(atOnce(unpacking(atOnce(packing(mixed))))).toEqual(mixed);
  });
});
