import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.ts";
import { type FetchOptions, fetchCandles } from "../../src/exchange/fetch.ts";
import type { FetchRequest } from "../../src/exchange/result.ts";
import { candleAt, type ExchangeRules, type ExchangeServer, startExchange } from "../support/exchangeServer.ts";

const minute = 60_000;
const step = 15 * minute;
const day = 96 * step;
/** A few minutes into a candle. */
const nowMs = Date.UTC(2026, 0, 31, 12, 7);
const lastMs = Date.UTC(2026, 0, 31, 11, 45);

let folder = "";
let server: ExchangeServer;
const started = async (rules: Partial<ExchangeRules> = {}): Promise<ExchangeServer> => {
  server = await startExchange({ nowMs, listedMs: Date.UTC(2025, 0, 1), ...rules });
  return server;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-fetch-"));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const fetched = (request: Partial<FetchRequest> = {}, options: FetchOptions = {}) =>
  fetchCandles(
    {
      exchange: "binance",
      symbols: ["BTC/USDT"],
      timeframeMs: step,
      out: folder,
      days: 2,
      url: server.url,
      ...request,
    },
    { firstWaitMs: 5, ...options },
  );
const text = (name = "BTC_USDT-15m.csv"): string => readFileSync(join(folder, name), "utf8");
/** The file that these candles make. */
const fileOf = (symbol: string, fromMs: number, toMs: number, holes: readonly number[] = []): string => {
  const lines = ["timestamp,open,high,low,close,volume"];
  for (let timeMs = fromMs; timeMs <= toMs; timeMs += step)
    if (!holes.includes(timeMs))
      lines.push([timeMs, ...candleAt(symbol, timeMs).map((cell) => cell.replace(/\.?0+$/, ""))].join(","));
  return `${lines.join("\n")}\n`;
};
const firstMs = Math.ceil((nowMs - 2 * day) / step) * step;
const klines = (): string[] => server.asked.filter((path) => path.includes("klines"));

describe("fetched candles", () => {
  it("are those of the last days that are finished, whatever the pages", async () => {
    await started({ pageLimit: 50, overlap: 3 });
    const { files, from, to } = await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
    expect([from, to]).toEqual([firstMs, lastMs]);
    expect(files).toEqual([
      expect.objectContaining({
        symbol: "BTC/USDT",
        state: "added",
        candles: 191,
        added: 191,
        first: firstMs,
        last: lastMs,
        missing: 0,
      }),
    ]);
    expect(readdirSync(folder)).toEqual(["BTC_USDT-15m.csv"]);
  });

  it("are named as freqtrade names them, and have no exponents", async () => {
    await started();
    const symbols = ["PEPE/USDT", "BTC/USDT:USDT"];
    await fetched({ symbols });
    expect(readdirSync(folder).sort()).toEqual(["BTC_USDT_USDT-15m-futures.csv", "PEPE_USDT-15m.csv"]);
    expect(text("BTC_USDT_USDT-15m-futures.csv")).toBe(fileOf("BTCUSDT", firstMs, lastMs));
    expect(text("PEPE_USDT-15m.csv")).toBe(fileOf("PEPEUSDT", firstMs, lastMs));
    expect(server.asked.filter((path) => path.startsWith("/fapi/v1/klines")).length).toBeGreaterThan(0);
  });

  it("begin where the market does", async () => {
    await started({ listedMs: firstMs + 40 * step, pageLimit: 10 });
    const { files } = await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs + 40 * step, lastMs));
    expect(files[0]).toMatchObject({ first: firstMs + 40 * step, missing: 0 });
  });

  it("are asked for again in a gap, once: what comes is merged, and what does not is counted", async () => {
    const at = (k: number): number => firstMs + k * step;
    const holes = [at(20), at(21), at(22), at(100)];
    await started({ pageLimit: 50, lateHoles: new Set([at(5), at(60), at(61)]), holes: new Set(holes) });
    const { files } = await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs, holes));
    expect(files[0]).toMatchObject({
      missing: 4,
      missing_spans: 2,
      missing_first: [
        { from: at(20), to: at(22), candles: 3 },
        { from: at(100), to: at(100), candles: 1 },
      ],
    });
  });

  it("go on past a hole that is longer than an answer", async () => {
    const holes = Array.from({ length: 60 }, (_, k) => firstMs + (30 + k) * step);
    await started({ holes: new Set(holes), pageLimit: 10 });
    const { files } = await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs, holes));
    expect(files[0]).toMatchObject({ missing: 60, missing_spans: 1 });
  });

  it("none are written where the exchange has none", async () => {
    await started({ listedMs: nowMs + day });
    const { files } = await fetched();
    expect(files[0]).toMatchObject({ state: "none", candles: 0, first: null });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a file that is there", () => {
  it("is continued, and is not touched when it is up to date", async () => {
    await started({ nowMs: nowMs - day });
    await fetched();
    server.rules = { ...server.rules, nowMs };
    const { files } = await fetched({ days: 1 });
    const whole = fileOf("BTCUSDT", firstMs - day, lastMs);
    expect([text(), files[0]]).toEqual([whole, expect.objectContaining({ state: "added", added: 96, candles: 287 })]);
    const { ino } = statSync(join(folder, "BTC_USDT-15m.csv"));
    const again = await fetched({ days: 1 });
    expect(again.files[0]).toMatchObject({ state: "current", added: 0, candles: 287 });
    expect([text(), statSync(join(folder, "BTC_USDT-15m.csv")).ino]).toEqual([whole, ino]);
  });

  it("gets earlier candles, and those between it and the span", async () => {
    await started();
    const middle = { fromMs: firstMs + 20 * step, toMs: firstMs + 30 * step };
    await fetched(middle);
    expect(text()).toBe(fileOf("BTCUSDT", middle.fromMs, middle.toMs));
    await fetched({ fromMs: firstMs, toMs: firstMs + 10 * step });
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, middle.toMs));
    await fetched({ fromMs: lastMs - step });
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
  });

  it("keeps its own spelling of numbers, its mode and its link", async () => {
    await started();
    const held = fileOf("BTCUSDT", firstMs, firstMs + 4 * step).replace(/,(\d+),/, ",$1.000,");
    writeFileSync(join(folder, "held.csv"), held.slice(0, -1));
    chmodSync(join(folder, "held.csv"), 0o640);
    symlinkSync("held.csv", join(folder, "BTC_USDT-15m.csv"));
    await fetched();
    const rest = fileOf("BTCUSDT", firstMs + 5 * step, lastMs)
      .split("\n")
      .slice(1)
      .join("\n");
    expect(readFileSync(join(folder, "held.csv"), "utf8")).toBe(held + rest);
    expect(lstatSync(join(folder, "BTC_USDT-15m.csv")).isSymbolicLink()).toBe(true);
    expect(statSync(join(folder, "held.csv")).mode & 0o777).toBe(0o640);
  });

  it("is left as it is where the exchange contradicts its last candles, and the other files are fetched", async () => {
    await started({ nowMs: nowMs - day });
    await fetched();
    const before = text();
    const open = Number(candleAt("BTCUSDT", lastMs - day)[0]);
    server.rules = { ...server.rules, nowMs, changed: new Map([[lastMs - day, open]]) };
    const { files } = await fetched({ symbols: ["BTC/USDT", "ETH/USDT"] });
    expect(files.map(({ state }) => state)).toEqual(["refused", "added"]);
    expect(files[0]!.problem).toMatchObject({ code: "FETCH_CONTRADICTION" });
    expect(files[0]!.problem!.found).toContain(`,${open},`);
    expect(text()).toBe(before);
  });

  it.each([
    ["another header", "time,open,high,low,close,volume\n1,1,1,1,1,1\n", ":1"],
    ["a cut row", "timestamp,open,high,low,close,volume\n900000,1,1,1,1,1\n1800000,1,1\n", ":3"],
    ["times out of order", "timestamp,open,high,low,close,volume\n1800000,1,1,1,1,1\n900000,1,1,1,1,1\n", ":3"],
    ["times off the grid", "timestamp,open,high,low,close,volume\n900000,1,1,1,1,1\n1000000,1,1,1,1,1\n", ":3"],
  ])("is left as it is where fetch could not have written it: %s", async (_, held, place) => {
    await started();
    writeFileSync(join(folder, "BTC_USDT-15m.csv"), held);
    const { files } = await fetched();
    expect(files[0]!.problem).toMatchObject({ code: "FETCH_FILE" });
    expect(files[0]!.problem!.where).toContain(`BTC_USDT-15m.csv${place}`);
    expect(text()).toBe(held);
  });
});

describe("an interrupted fetch", () => {
  const partName = (beginMs: number): string => `BTC_USDT-15m.csv.from-${beginMs}.part`;

  it("goes on behind the last whole row of its part", async () => {
    await started();
    writeFileSync(join(folder, partName(firstMs)), fileOf("BTCUSDT", firstMs, firstMs + 30 * step).slice(0, -9));
    await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
    expect(klines()[0]).toContain(`startTime=${firstMs + 30 * step}`);
    expect(readdirSync(folder)).toEqual(["BTC_USDT-15m.csv"]);
  });

  it("leaves no hole where the part was of a longer span than is asked for now", async () => {
    await started();
    await fetched({ fromMs: firstMs + 60 * step, toMs: firstMs + 70 * step });
    writeFileSync(join(folder, partName(firstMs)), fileOf("BTCUSDT", firstMs, firstMs + 30 * step));
    const { files } = await fetched({ fromMs: firstMs + 150 * step });
    expect([text(), files[0]!.missing]).toEqual([fileOf("BTCUSDT", firstMs, lastMs), 0]);
  });

  it("begins again where its part lacks earlier candles, is damaged, or is older than the file", async () => {
    await started();
    writeFileSync(join(folder, partName(firstMs + step)), fileOf("BTCUSDT", firstMs + step, firstMs + 30 * step));
    await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
    rmSync(join(folder, "BTC_USDT-15m.csv"));
    writeFileSync(join(folder, partName(firstMs)), "\0\0\0\n");
    await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
    const stale = join(folder, partName(firstMs));
    writeFileSync(stale, fileOf("ETHUSDT", firstMs, firstMs + 30 * step));
    utimesSync(stale, 1, 1);
    await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
    expect(readdirSync(folder)).toEqual(["BTC_USDT-15m.csv"]);
  });

  it("stops at once when it is aborted, and can be continued", async () => {
    await started({ pageLimit: 20, delayMs: 20 });
    const stop = new AbortController();
    const request = {
      exchange: "binance",
      symbols: ["BTC/USDT"],
      timeframeMs: step,
      out: folder,
      days: 2,
      url: server.url,
    };
    const onProgress = ({ fraction = 0 }): void => {
      if (fraction > 0.3) stop.abort(new Error("enough"));
    };
    await expect(fetchCandles(request, { signal: stop.signal, onProgress })).rejects.toThrow("enough");
    expect(readdirSync(folder)).toEqual([partName(firstMs)]);
    await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
  });
});

describe("an exchange in trouble", () => {
  const answers =
    (number: number, ...bad: readonly ((response: ServerResponse) => void)[]) =>
    (asked: number, _: unknown, response: ServerResponse): boolean => {
      const act = bad[asked - number];
      act?.(response);
      return act !== undefined;
    };
  const status =
    (code: number, headers: Record<string, string> = {}, body = '{"code":-1003,"msg":"Too many requests"}') =>
    (response: ServerResponse): void => {
      response.writeHead(code, headers).end(body);
    };
  const cut = (response: ServerResponse): void => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
    response.write("[[17");
    setTimeout(() => response.destroy(), 5);
  };

  it("is asked again after 429, 418 and 5xx and after cut connections", async () => {
    await started({
      meddle: answers(5, status(429), (response) => response.destroy(), cut, status(503), status(418)),
    });
    const { files } = await fetched();
    expect(files[0]).toMatchObject({ state: "added", candles: 191, missing: 0 });
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
  });

  it("is asked again where its answer begins and does not end", async () => {
    const stall = (response: ServerResponse): void => void response.writeHead(200).write("[[17");
    await started({ meddle: answers(5, stall) });
    await fetched({}, { answerMs: 300 });
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
  });

  it("is left alone for as long as it asks", async () => {
    await started({ meddle: answers(5, status(429, { "retry-after": "1" })) });
    const beganMs = performance.now();
    await fetched();
    expect(performance.now() - beganMs).toBeGreaterThan(950);
  });

  it.each([
    ["does not answer", [1, 2, 3, 4, 5, 6].map(() => status(503)), "EXCHANGE_UNREACHABLE", "6 tries"],
    ["bans the address", [status(418, { "retry-after": "7200" })], "EXCHANGE_WAIT", "longer wait"],
    [
      "is closed to this country",
      [status(451, {}, '{"code":0,"msg":"Service unavailable from a restricted location"}')],
      "EXCHANGE_REFUSED",
      "refused",
    ],
  ] as const)("ends in one error where it %s", async (_, bad, code, message) => {
    await started({ meddle: answers(5, ...bad) });
    const error = (await fetched().catch((thrown: unknown) => thrown)) as InputError;
    expect(error).toBeInstanceOf(InputError);
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(message)]);
    expect(error.details.remedy).toContain("continues where it stopped");
    expect(server.asked.length).toBe(4 + bad.length);
  });
});

describe("a fetch that cannot be", () => {
  it.each([
    ["an unknown exchange", { exchange: "binanse" }, "FETCH_EXCHANGE", "did you mean binance?"],
    ["a path for an exchange", { exchange: "../binance" }, "FETCH_EXCHANGE", "did you mean binance?"],
    ["an unknown market", { symbols: ["BTC/USD"] }, "FETCH_SYMBOL", "did you mean BTC/USDT?"],
    ["a name without its separator", { symbols: ["ETHUSDT"] }, "FETCH_SYMBOL", "did you mean ETH/USDT?"],
    ["a timeframe that it does not offer", { timeframeMs: 7 * minute }, "FETCH_TIMEFRAME", "choose one of them"],
    ["a span without a candle", { fromMs: nowMs }, "FETCH_SPAN", "earlier --from"],
  ] as const)("is refused with the way out: %s", async (_, request, code, remedy) => {
    await started();
    const error = (await fetched(request).catch((thrown: unknown) => thrown)) as InputError;
    expect(error).toBeInstanceOf(InputError);
    expect([error.code, error.details.remedy]).toEqual([code, expect.stringContaining(remedy)]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is refused where the file cannot take its place, and the candles are kept", async () => {
    await started();
    symlinkSync("nowhere/else.csv", join(folder, "BTC_USDT-15m.csv"));
    await expect(fetched()).rejects.toMatchObject({ code: "FETCH_UNWRITABLE" });
    rmSync(join(folder, "BTC_USDT-15m.csv"));
    const asked = klines().length;
    await fetched();
    expect(text()).toBe(fileOf("BTCUSDT", firstMs, lastMs));
    // Nothing that was fetched is asked for again.
    expect(klines().length).toBe(asked);
  });

  it("names the timeframes that there are", async () => {
    await started();
    await expect(fetched({ timeframeMs: 7 * minute })).rejects.toMatchObject({
      details: { expected: expect.stringContaining("1m, 3m, 5m, 15m") },
    });
  });
});
