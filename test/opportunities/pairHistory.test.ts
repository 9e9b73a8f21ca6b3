import { describe, expect, it } from "vitest";
import { isPairHistory, pairHistoryEntries } from "../../src/opportunities/pairHistory.ts";

const columns = ["date", "volume", "rsi", "tag", "enter_long", "exit_long", "enter_short", "exit_short", "__date_ts"];
const at = (minute: number): string => `2026-01-01T00:${String(minute).padStart(2, "0")}:00Z`;
const row = (minute: number, rsi: number | null, marks: readonly (number | null)[], volume = 1): unknown[] => [
  ...[at(minute), volume, rsi, "x", ...marks],
  minute,
];
const reply = (data: readonly unknown[], more = {}): unknown => ({
  strategy: "Dip",
  pair: "BTC/USDT",
  columns,
  data,
  ...more,
});
const entriesOf = (document: unknown) => pairHistoryEntries(document, "reply.json", 300_000);

describe("a reply of freqtrade's pair_history", () => {
  it("is known by its keys, alone or in a list", () => {
    expect(isPairHistory(reply([]))).toBe(true);
    expect(isPairHistory([reply([])])).toBe(true);
    for (const other of [[], {}, null, 7, "x", [{ symbol: "A" }], { columns, data: [] }])
      expect(isPairHistory(other)).toBe(false);
  });

  it("gives each entry with the next exit of its side after it, and numeric columns", () => {
    const data = [
      row(0, 40, [1, null, null, null]),
      row(5, 30, [1, 0, 0, 1]),
      row(10, null, [0, 1, 0, 0]),
      row(15, 90, [null, null, 1, null]),
      row(20, 20, [1, null, null, null]),
    ];
    expect(entriesOf(reply(data))).toEqual([
      { symbol: "BTC/USDT", timestamp: at(0), direction: "long", exit_time: at(10), volume: 1, rsi: 40 },
      { symbol: "BTC/USDT", timestamp: at(5), direction: "long", exit_time: at(10), volume: 1, rsi: 30 },
      { symbol: "BTC/USDT", timestamp: at(15), direction: "short", exit_time: null, volume: 1, rsi: 90 },
      { symbol: "BTC/USDT", timestamp: at(20), direction: "long", exit_time: null, volume: 1, rsi: 20 },
    ]);
  });

  it("enters where freqtrade does: on no candle with an exit, an entry the other way, or no volume", () => {
    const data = [
      row(0, 40, [1, 1, 0, 0]),
      row(5, 40, [1, 0, 1, 0]),
      row(10, 40, [1, 0, 0, 0], 0),
      row(15, 40, [0, 0, 1, 1]),
      row(20, 40, [1, 0, 0, 1]),
    ];
    expect(entriesOf(reply(data)).map(({ timestamp }) => timestamp)).toEqual([at(20)]);
  });

  it("uses __date_ts where there is no date", () => {
    const data = [row(3, 1, [1, 0, 0, 0]).slice(1)];
    expect(entriesOf(reply(data, { columns: columns.slice(1) }))[0]).toMatchObject({ timestamp: 3 });
  });

  it("is read on bars of its own length only: longer ones are known later than their times say", () => {
    const data = [row(0, 40, [1, 0, 0, 0])];
    expect(entriesOf(reply(data, { timeframe: "5m", timeframe_ms: 300_000 }))).toHaveLength(1);
    for (const [timeframe_ms, remedy] of [
      [3_600_000, "add --signal-timeframe 1h, or use --timeframe 1h"],
      [60_000, "use --timeframe 1m, or fetch the reply for 5m"],
    ])
      expect(() => entriesOf([reply(data), reply(data, { timeframe_ms })])).toThrow(
        expect.objectContaining({
          code: "PAIR_HISTORY_TIMEFRAME",
          details: expect.objectContaining({ where: "reply.json, reply 2", expected: "5m", remedy }),
        }),
      );
  });

  it.each([
    ["no pair", reply([], { pair: "" }), "reply.json"],
    ["columns that are no list", reply([], { columns: "date" }), "reply.json"],
    ["data that is no list", reply([], { data: {} }), "reply.json"],
    ["a row of another width", reply([[1, 2]]), "data 1"],
    ["no time", reply([], { columns: ["rsi", "enter_long"] }), "reply.json"],
    ["no analysed columns", reply([], { columns: ["date", "rsi"] }), "reply.json"],
    ["rows out of order", reply([row(5, 1, [1, 0, 0, 0]), row(0, 1, [1, 0, 0, 0])]), "data 2"],
    ["a time that is none", reply([[null, ...row(0, 1, [0, 0, 0, 0]).slice(1)]]), "data 1"],
    ["a second reply that is none", [reply([]), 7], "reply 2"],
  ])("is refused with %s", (_, document, where) => {
    try {
      entriesOf(document);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "PAIR_HISTORY" });
      expect((error as { details: { where: string } }).details.where).toContain(where);
    }
  });
});
