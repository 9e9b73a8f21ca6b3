import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { syntheticMarket } from "../../src/candles/synthetic.ts";
import { InputError, type SluiceError } from "../../src/errors.ts";
import { optimize, scan } from "../../src/library/calls.ts";
import type { Progress } from "../../src/run/request.ts";
import { AbortedError } from "../../src/run/session.ts";
import { edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";

const endTimeMs = Date.UTC(2026, 0, 1);
const candles = syntheticMarket({
  seed: 5,
  symbols: ["AAAUSDT", "BBBUSDT", "CCCUSDT"],
  days: 30,
  timeframeMs: 900_000,
  endTimeMs,
});
const spaceFile = fileURLToPath(new URL("space.json", import.meta.url));
const small = { candles, spaceFile, lookaheadHours: 12, minProfit: 0.04, minTrades: 5, nowMs: endTimeMs };
const threads = ["own", "caller"] as const;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-callbacks-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

const rejection = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe("a throw in onProgress", () => {
  it.each(threads)("rejects the call with what was thrown as its cause, and stops it, thread: %s", async (thread) => {
    const mine = new TypeError("mine");
    let heard = 0;
    const onProgress = (): void => {
      heard++;
      throw mine;
    };
    const error = await rejection(scan({ candles, out: at("x.csv"), minProfit: 0.04 }, { thread, onProgress }));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "PROGRESS_THREW", cause: mine });
    expect((error as SluiceError).message).toContain("mine");
    expect(heard).toBe(1);
    expect(existsSync(at("x.csv"))).toBe(false);
  });

  it.each(threads)("after a config was saved says which, thread: %s", async (thread) => {
    const { candles: folderOfCandles, ...market } = writeEdgeMarket(at("market"));
    const paths = ["a.json", "b.json"].map(at);
    for (const path of paths) writeFileSync(path, edgeConfig);
    let saves = 0;
    // Configs are saved one after the other, once all are judged.
    const onProgress = ({ phase }: Progress): void => {
      if (phase === "phase5" && saves++ > 0) throw new Error("enough");
    };
    const request = { ...market, candles: folderOfCandles, configs: paths, minTrades: 5 };
    const error = (await rejection(optimize(request, { thread, onProgress }))) as InputError;
    expect([error.code, (error.cause as Error).message]).toEqual(["PROGRESS_THREW", "enough"]);
    const isSaved = paths.map((path) => readFileSync(path, "utf8") !== edgeConfig);
    expect(paths.map((path) => error.message.includes(path))).toEqual(isSaved);
    // A thread of its own may have begun the second save before the throw reaches it, which then is finished, and named as well.
    expect(isSaved).toEqual([true, thread === "own" ? expect.any(Boolean) : false]);
  });
});

describe("the signal's reason", () => {
  it.each(threads)("is the cause of the AbortedError, before and in the middle, thread: %s", async (thread) => {
    const reason = new Error("shutting down");
    const before = await rejection(scan({ candles, out: at("x.csv") }, { thread, signal: AbortSignal.abort(reason) }));
    const controller = new AbortController();
    const during = await rejection(
      optimize(small, {
        thread,
        signal: controller.signal,
        onProgress: ({ phase }) => {
          if (phase === "phase2") controller.abort(reason);
        },
      }),
    );
    for (const error of [before, during]) {
      expect(error).toBeInstanceOf(AbortedError);
      expect((error as AbortedError).cause).toBe(reason);
    }
  });
});

describe("options of a call", () => {
  it.each([
    ["thread", "main"],
    ["thread", true],
    ["signal", { aborted: false }],
    ["onProgress", "loud"],
    ["quiet", true],
  ])("that cannot be meant are refused: %s %o", async (option, value) => {
    const error = (await rejection(scan({ candles, out: at("x.csv") }, { [option]: value } as never))) as InputError;
    expect([error.code, error.details.where]).toEqual(["REQUEST_OPTION", option]);
  });
});
