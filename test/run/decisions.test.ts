import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edgelessMarket, edgeMarket } from "../../bench/calibration/edgeMarkets.ts";
import { walkTimeframeMs as timeframeMs } from "../../bench/calibration/walks.ts";
import { optimize } from "../../src/run/optimize.ts";
import type { OptimizeRequest } from "../../src/run/request.ts";
import type { OptimizeResult } from "../../src/run/results.ts";
import { validate } from "../../src/run/validate.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import { expectAgreement } from "../support/agreement.ts";
import { type EdgeMarket, edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";

let folder = "";
let market: EdgeMarket;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-decisions-"));
  market = writeEdgeMarket(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const currentOf = (type: string): Parameters => {
  const { position_size: _, ...params } = JSON.parse(edgeConfig)[`${type}_params`];
  return params;
};

describe("what is decided where the truth is known", () => {
  let result: OptimizeResult;
  let config = "";
  beforeAll(async () => {
    config = file("bot.json", edgeConfig);
    result = await optimize({ ...market, threads: 1, configs: [config] });
  });

  it("applies an edge, and writes what was judged", () => {
    const { decision, phase4, changed, phase3 } = result.runs[0]!;
    expect(decision["good"]).toMatchObject({ advice: "apply", applied: "phase3", confidence: 0.95 });
    expect([phase4.types["good"]!.applied, changed]).toEqual(["phase3", true]);
    const written = JSON.parse(readFileSync(config, "utf8")).good_params;
    expect(written).toMatchObject(phase3["good"]!.params);
    expect(phase4.types["good"]!.candidates[0]!.params).toEqual(phase3["good"]!.params);
  });

  it("advises to pause where the current set trades noise at a cost, and leaves it alone", () => {
    const { decision, phase4, diff } = result.runs[0]!;
    const { advice, applied, reasons } = decision["bad"]!;
    expect([advice, applied, phase4.types["bad"]!.applied]).toEqual(["pause", null, "current"]);
    expect(reasons.at(-1)).toMatchObject({ code: "CURRENT_LOSES" });
    expect(reasons.at(-1)!["losing_share"]).toBeGreaterThan(0.9);
    expect(diff!.entries.filter(({ path }) => path.startsWith("bad_params"))).toEqual([]);
    expect(JSON.parse(readFileSync(config, "utf8")).bad_params).toEqual(currentOf("bad"));
  });

  it("judges every set that might be applied, and the current one by what needs no search", () => {
    const { candidates, verdict, gate } = result.runs[0]!.phase4.types["good"]!;
    expect(candidates.map(({ candidate }) => candidate)).toEqual(["phase3", "phase2", "current"]);
    const [phase3, phase2, current] = candidates;
    expect([phase3!.verdict, phase3!.gate]).toEqual([verdict, gate]);
    // Phase 2's own search, and phase 2 of each window.
    expect(phase2!.tests.filter(({ outcome }) => outcome === "not run")).toEqual([]);
    expect(phase2!.walk_forward!.windows.map(({ params }) => params)).not.toEqual(
      phase3!.walk_forward!.windows.map(({ params }) => params),
    );
    expect(current!.gate).toBeNull();
    expect(current!.tests.find(({ name }) => name === "selection")!.outcome).toBe("not run");
  });

  it("keeps noise as it is where there is no current set to lose", async () => {
    const { runs } = await optimize({ ...market, threads: 1 });
    expect(runs[0]!.decision["bad"]).toMatchObject({ advice: "keep", applied: null });
    expect(runs[0]!.decision["good"]).toMatchObject({
      advice: "apply",
      applied: "phase3",
      reasons: [{ opponents: 1 }],
    });
    // Without a config there is nothing to change.
    expect(runs[0]!.changed).toBe(false);
  });

  it("changes nothing in a random walk", async () => {
    const { candles, signals } = edgelessMarket(2);
    const request = { candles, timeframeMs, signals: file("noise.csv", signals), spaceFile: market.spaceFile };
    const { runs } = await optimize({ ...request, minProfit: 0.035, lookaheadHours: 6, threads: 1 });
    expect(runs[0]!.decision["all"]).toMatchObject({ advice: "keep", applied: null });
  });

  it("holds several bots and types together to the doubt of one", async () => {
    const bots = ["one.json", "two.json", "three.json"].map((name) => file(name, edgeConfig));
    const { runs } = await optimize({ ...market, threads: 1, configs: bots, dryRun: true });
    expect(runs.map(({ decision }) => decision["good"]!.advice)).toEqual(["apply", "apply", "apply"]);
    expect(new Set(runs.map((run) => JSON.stringify(run.phase4.types["good"]!.gate))).size).toBe(1);
  });
});

describe("a suggestion", () => {
  it("is judged as it would be written, what it does not name as it is now, and never twice", async () => {
    const suggestFile = file("suggest.json", [
      { min_strength: 50 },
      { min_strength: 50 },
      { atr_stop_multiplier: 2.5 },
    ]);
    const configs = [file("suggested.json", edgeConfig)];
    const { runs } = await optimize({ ...market, threads: 1, configs, suggestFile, dryRun: true });
    const suggested = runs[0]!.phase4.types["good"]!.candidates.filter(({ candidate }) => candidate === "suggestion");
    expect(suggested.map(({ suggestion }) => suggestion)).toEqual([1, 3]);
    expect(suggested[0]!.params).toEqual({ ...currentOf("good"), min_strength: 50 });
    expect(suggested[0]!.verdict).toBe("PASSED");
    expect(suggested[0]!.gate!.code).toBe("OPEN");
    // Phase 3's set comes first all the same.
    expect(runs[0]!.decision["good"]!.applied).toBe("phase3");
  });
});

describe("validate of what optimize judged", () => {
  /** The verdicts of one type, in which optimize and validate agree. */
  async function compare(request: OptimizeRequest & { signals: string }, type: string, current: Parameters | null) {
    return (await expectAgreement(folder, request, type, current)).verdicts;
  }

  it("says the same of phase 3's and phase 2's set, types and seeds over", async () => {
    for (const seed of [1, 2]) {
      const request = { ...market, seed, threads: 1 } as const;
      expect(await compare(request, "good", currentOf("good"))).toEqual(["PASSED", "PASSED"]);
      expect(await compare(request, "bad", null)).toEqual(["FAILED", "FAILED"]);
    }
  });

  it("says the same on known markets with small spaces, edge and noise, trailing stops too", async () => {
    mkdirSync(join(folder, "known"), { recursive: true });
    const spaceFile = file("known/space.json", {
      min_strength: [0, 70],
      atr_tp_multiplier: [5, 12],
      atr_stop_multiplier: [4],
      max_holding_hours: [6],
      trailing_stop_enabled: [false, true],
      trailing_stop_activation: [2],
      trailing_stop_distance: [1, 2],
    });
    for (const [seed, { candles, signals }] of [
      [1, edgeMarket("runs 0.5 %", 1)],
      [3, edgelessMarket(3)],
    ] as const) {
      const verdicts = await compare(
        {
          candles,
          timeframeMs,
          signals: file("known/signals.csv", signals),
          spaceFile,
          minProfit: 0.035,
          lookaheadHours: 6,
          seed,
          threads: 1,
        },
        "all",
        null,
      );
      expect(verdicts[0] === "PASSED").toBe(seed === 1);
    }
  });

  it("says the same of a suggestion that a run wrote", async () => {
    const suggested = { min_strength: 50, atr_tp_multiplier: 2.5, atr_stop_multiplier: 2.5, max_holding_hours: 6 };
    const suggestFile = file("one.json", [suggested]);
    const { runs } = await optimize({ ...market, threads: 1, suggestFile, dryRun: true });
    const { signals: opportunities, ...rest } = market;
    const alone = await validate({
      ...rest,
      opportunities,
      type: "good",
      threads: 1,
      paramsFile: file("suggested-params.json", suggested),
    });
    const judged = runs[0]!.phase4.types["good"]!.candidates.find(({ candidate }) => candidate === "suggestion")!;
    expect([alone.found_by, alone.verdict, alone.reason]).toEqual(["suggestion", judged.verdict, judged.reason]);
    expect(alone.tests).toEqual(judged.tests);
    expect(alone.gate).toEqual(judged.gate);
  });
});
