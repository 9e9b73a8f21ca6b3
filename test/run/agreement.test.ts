import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edgelessMarket, edgeMarket } from "../../bench/calibration/edgeMarkets.ts";
import type { KnownMarket } from "../../bench/calibration/known.ts";
import { nullMarket } from "../../bench/calibration/nullMarkets.ts";
import { walkTimeframeMs } from "../../bench/calibration/walks.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import { type Agreed, expectAgreement } from "../support/agreement.ts";
import { randomFrom } from "../support/random.ts";

const runs = 30;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-agreement-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const edges = { seenSignals: 140, laterSignals: 0 };
const nulls = { symbols: 6, bars: 3000, seenBars: 3000 };
const usual: Parameters = { atr_tp_multiplier: 2, atr_stop_multiplier: 1.5, max_holding_hours: 12 };
const tiny: Parameters = { atr_tp_multiplier: 0.75, atr_stop_multiplier: 0.5, max_holding_hours: 1 };

function marketOf(which: number, seed: number): KnownMarket | Promise<KnownMarket> {
  switch (which % 6) {
    case 0:
      return edgeMarket("even 0.5 %", seed, edges);
    case 1:
      return edgeMarket("fading", seed, edges);
    case 2:
      return edgelessMarket(seed, edges);
    case 3:
      return edgeMarket("runs 0.5 %", seed, edges);
    case 4:
      return nullMarket("walk", seed, nulls, null);
    default:
      return nullMarket("regimes", seed, nulls, null);
  }
}

describe("optimize and validate", () => {
  it(`say the same of every candidate in ${runs} runs with random seeds, markets and options`, async () => {
    const random = randomFrom(20_261_126);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(values.length * random())]!;
    const agreed: Agreed[] = [];
    for (let run = 0; run < runs; run++) {
      const seed = Math.floor(1e6 * random());
      const { candles, signals, space, minProfit, lookaheadHours } = await marketOf(run, seed);
      const signalsFile = join(folder, "signals.csv");
      writeFileSync(signalsFile, signals);
      const spaceFile = join(folder, "space.json");
      writeFileSync(spaceFile, JSON.stringify(space));
      const request = {
        candles,
        timeframeMs: walkTimeframeMs,
        ...{ signals: signalsFile, spaceFile, minProfit, lookaheadHours, seed },
        objective: pick(["evidence", "evidence", "sqn", "balanced"] as const),
        intrabar: pick(["stop-first", "nearest-open"] as const),
        margin: pick([0, 0, 0.05]),
        confidence: pick([0.9, 0.95]),
        rolling: pick([false, false, true]),
        ...(random() < 0.3 && { maxOpen: 4 }),
        threads: 1,
      };
      agreed.push(await expectAgreement(folder, request, "all", pick([usual, tiny, null])));
    }
    // Runs of all kinds are among them, so that it means something that they agree.
    const verdicts = agreed.flatMap((one) => one.verdicts);
    expect(verdicts.length).toBeGreaterThan(runs);
    expect(new Set(verdicts).size).toBeGreaterThanOrEqual(4);
    expect(agreed.some(({ applied }) => applied !== null)).toBe(true);
    expect(agreed.some(({ applied }) => applied === null)).toBe(true);
  });
});
