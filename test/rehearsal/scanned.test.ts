import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { syntheticMarket } from "../../src/candles/synthetic.ts";
import { optimize } from "../../src/run/optimize.ts";
import { rehearse } from "../../src/run/rehearse.ts";
import { scan } from "../../src/run/scan.ts";

const [timeframeMs, dayMs] = [900_000, 86_400_000];
const endTimeMs = Date.UTC(2026, 0, 1);
const candles = syntheticMarket({ seed: 5, symbols: ["AAAUSDT", "BBBUSDT"], days: 50, timeframeMs, endTimeMs });
const space = { min_signal_score: [40, 60], atr_tp_multiplier: [2, 4], atr_stop_multiplier: [1.5, 3] };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-rehearsal-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a scanned night decides as optimize does on a scan of all candles, on the rows of its window", async () => {
  const at = (name: string): string => join(folder, name);
  writeFileSync(at("space.json"), JSON.stringify(space));
  const request = { candles, minProfit: 0.04, minTrades: 5, lookaheadHours: 12, threads: 1, nowMs: endTimeMs };
  const [everyMs, windowMs] = [5 * dayMs, 42 * dayMs];
  const rehearsed = { ...request, spaceFile: at("space.json"), everyMs, windowMs };
  const result = await rehearse({ ...rehearsed, nullCopies: 1 });
  const [night] = result.nights;
  expect(result.nights).toEqual([endTimeMs - everyMs]);

  const { minProfit, lookaheadHours, nowMs } = request;
  await scan({ candles, minProfit, lookaheadHours, nowMs, out: at("all.csv") });
  const [header, ...rows] = readFileSync(at("all.csv"), "utf8").trim().split("\n");
  const time = header!.split(",").indexOf("timestamp");
  const known = rows.filter((row) => {
    const openMs = Number(row.split(",")[time]);
    return openMs >= night! - windowMs && openMs + timeframeMs <= night!;
  });
  expect(known.length).toBeGreaterThan(100);
  writeFileSync(at("known.csv"), `${[header, ...known].join("\n")}\n`);
  const toMs = night! - timeframeMs;
  const { runs } = await optimize({ ...request, toMs, spaceFile: at("space.json"), signals: at("known.csv") });
  const [run] = runs;
  // Types stand in the order in which they first appear, which is another in a window than in the whole.
  expect(result.decisions.map(({ type, verdict, reason }) => [type, verdict, reason]).sort()).toEqual(
    Object.entries(run!.phase4.types)
      .map(([type, { verdict, reason }]) => [type, verdict, reason])
      .sort(),
  );
  expect(result.null_band!.copies).toBe(1);
  expect((await rehearse(rehearsed)).policies).toEqual(result.policies);
});
