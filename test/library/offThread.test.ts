import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { syntheticMarket } from "../../src/candles/synthetic.ts";
import { CapacityError, InputError } from "../../src/errors.ts";
import { optimize, plan, scan, search, simulate } from "../../src/library/calls.ts";
import { Interruption } from "../../src/library/interruption.ts";
import type { Progress } from "../../src/run/request.ts";
import { AbortedError } from "../../src/run/session.ts";

const timeframeMs = 900_000;
const candles = syntheticMarket({
  seed: 5,
  symbols: ["AAAUSDT", "BBBUSDT", "CCCUSDT"],
  days: 30,
  timeframeMs,
  endTimeMs: Date.UTC(2026, 0, 1),
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-library-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const spaceFile = fileURLToPath(new URL("space.json", import.meta.url));
/** A run of half a second. */
const small = { candles, spaceFile, lookaheadHours: 12, minProfit: 0.04, minTrades: 5 };
const at = (name: string): string => join(folder, name);

/** A scanned file and a space for it. */
async function searchable(): Promise<{
  candles: typeof candles;
  opportunities: string;
  spaceFile: string;
  type: string;
}> {
  const { file } = await scan({ candles, out: at("opportunities.csv"), minProfit: 0.04 });
  return { candles, opportunities: file, spaceFile, type: "swing" };
}

/** A search large enough to be met in the middle: 330 million sets, and as many drawdowns as there can be. */
async function longSearch(): Promise<Parameters<typeof search>[0]> {
  const request = await searchable();
  const steps = (from: number, count: number, step: number): number[] =>
    Array.from({ length: count }, (_, k) => from + step * k);
  const space = {
    min_signal_score: steps(20, 60, 1),
    min_indicator_consensus: steps(0, 5, 1),
    atr_tp_multiplier: steps(0.5, 600, 0.01),
    atr_stop_multiplier: steps(0.5, 600, 0.01),
    max_holding_hours: [6, 12, 24],
  };
  writeFileSync(at("large.json"), JSON.stringify(space));
  return { ...request, spaceFile: at("large.json"), minTrades: 1, memoryBytes: 64 * 2 ** 20, minProfit: 0.04 };
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error("it went through");
    },
    (error) => error,
  );
}

describe("a call on a thread of its own", () => {
  it("gives what the caller's thread gives", async () => {
    const request = await searchable();
    const [own, caller] = [await search(request), await search(request, { thread: "caller" })];
    const { engine: _own, ...result } = own;
    const { engine: _caller, ...same } = caller;
    expect(result).toEqual(same);
    const run = small;
    const [whole, again] = [await optimize(run), await optimize(run, { thread: "caller" })];
    const comparable = ({ memory: _memory, ...rest }: typeof whole): unknown =>
      JSON.parse(JSON.stringify(rest, (key, value) => (key === "engine" ? undefined : value)));
    expect(comparable(whole)).toEqual(comparable(again));
  });

  it("leaves the caller's event loop free, and says how far it is", async () => {
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    const said: Progress[] = [];
    await optimize(small, { onProgress: (progress) => said.push(progress) });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(10);
    expect(said.map(({ phase }) => phase)).toEqual(expect.arrayContaining(["load", "phase1", "phase2", "phase4"]));
  });

  it("throws the errors of the library, their classes and details with them", async () => {
    const error = (await rejection(optimize({ candles: at("nowhere") }))) as InputError;
    const same = (await rejection(optimize({ candles: at("nowhere") }, { thread: "caller" }))) as InputError;
    expect(error).toBeInstanceOf(InputError);
    expect({ ...error, message: error.message }).toEqual({ ...same, message: same.message });
    const request = { ...(await searchable()), memoryBytes: 65_536 };
    const small = (await rejection(plan(request))) as CapacityError;
    expect(small).toBeInstanceOf(CapacityError);
    expect(small.neededBytes).toBeGreaterThan(65_536);
  });

  it("refuses a request that cannot be passed on", async () => {
    const request = { candles: [{ ...candles[0]!, onEnd: () => undefined }], out: at("x.csv") };
    const error = (await rejection(scan(request))) as InputError;
    expect(error).toBeInstanceOf(InputError);
    expect(error.code).toBe("REQUEST_NOT_PLAIN");
  });
});

describe("a call that is stopped", () => {
  it("before it begins does nothing", async () => {
    const error = await rejection(scan({ candles, out: at("x.csv") }, { signal: AbortSignal.abort() }));
    expect(error).toBeInstanceOf(AbortedError);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("in the middle of a search that takes seconds ends there", async () => {
    const request = await longSearch();
    const controller = new AbortController();
    const error = await rejection(
      search(request, {
        signal: controller.signal,
        onProgress: ({ phase }) => {
          if (phase === "search") setTimeout(() => controller.abort(), 50);
        },
      }),
    );
    expect(error).toBeInstanceOf(AbortedError);
  });

  it("at any moment of a run leaves the config, and nothing else", async () => {
    const config = '{"scalping_params": {"min_signal_score": 60}}\n';
    for (let wait = 0; wait < 1000; wait += 50) {
      writeFileSync(at("config.json"), config);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), wait);
      const run = optimize(
        { ...small, configs: [at("config.json")], out: at("report"), dryRun: true },
        { signal: controller.signal },
      );
      const error = await run.then(
        () => null,
        (reason) => reason,
      );
      expect(readFileSync(at("config.json"), "utf8")).toBe(config);
      if (error === null) break;
      expect(error).toBeInstanceOf(AbortedError);
      expect(readdirSync(folder)).toEqual(["config.json"]);
    }
  });

  it("while it scans leaves no file", async () => {
    for (let wait = 40; wait < 200; wait += 20) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), wait);
      const error = await scan({ candles, out: at("x.csv") }, { signal: controller.signal }).catch((reason) => reason);
      if (!(error instanceof AbortedError)) break;
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it("is never cut off where it writes files, and writes none once it may be cut off", async () => {
    const interruption = new Interruption();
    let mayEndMeanwhile: boolean | undefined;
    await interruption.withFiles(() =>
      interruption.withFiles(async () => {
        mayEndMeanwhile = interruption.mayEnd();
      }),
    );
    expect(mayEndMeanwhile).toBe(false);
    expect(interruption.mayEnd()).toBe(true);
    expect(await rejection(interruption.withFiles(async () => 1))).toBeInstanceOf(AbortedError);
    expect(interruption.mayEnd()).toBe(true);
  });

  it("is answered while it opens files, never while it writes them, and writes none once it was answered", async () => {
    const interruption = new Interruption();
    const { words, at } = interruption.openings;
    Atomics.add(words, at, 1);
    let mayAnswerMeanwhile: boolean | undefined;
    await interruption.withFiles(async () => {
      mayAnswerMeanwhile = interruption.mayAnswer();
    });
    expect(mayAnswerMeanwhile).toBe(false);
    expect([interruption.mayEnd(), interruption.mayAnswer()]).toEqual([false, true]);
    expect(await rejection(interruption.withFiles(async () => 1))).toBeInstanceOf(AbortedError);
    Atomics.sub(words, at, 1);
    expect(interruption.mayEnd()).toBe(true);
  });
});

describe("the ceiling of a call", () => {
  it("refuses before it reads what cannot hold", async () => {
    const error = (await rejection(
      simulate({ candles, opportunities: at("none.csv"), paramsFile: at("none.json"), maxRssBytes: 2 ** 20 }),
    )) as CapacityError;
    expect(error).toBeInstanceOf(CapacityError);
    expect(error.code).toBe("MAX_RSS");
    expect(error.neededBytes).toBeGreaterThan(2 ** 20);
  });

  it("refuses a search by its plan, and lets it run where there is room", async () => {
    const request = await searchable();
    const { expected } = await plan(request);
    const below = expected.peak_rss - 2 ** 20;
    const error = await rejection(search({ ...request, maxRssBytes: below }, { thread: "caller" }));
    expect(error).toBeInstanceOf(CapacityError);
    expect((error as CapacityError).neededBytes).toBe(expected.peak_rss);
    await search({ ...request, maxRssBytes: 8 * 2 ** 30 });
  });

  it("ends a run that comes to take more", async () => {
    const request = await longSearch();
    // More than the plan says, less than this process has already.
    const maxRssBytes = 100 * 2 ** 20;
    const held = new Uint8Array(200 * 2 ** 20).fill(1);
    const error = (await rejection(search({ ...request, memoryBytes: 2 ** 24, maxRssBytes }))) as CapacityError;
    expect(held[held.length - 1]).toBe(1);
    expect(error).toBeInstanceOf(CapacityError);
    expect(error.code).toBe("MAX_RSS");
  });
});
