import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { optimize } from "../../src/library/calls.ts";
import type { Progress } from "../../src/run/request.ts";
import { strictRefusal } from "../../src/run/strict.ts";
import type { Verdict } from "../../src/validation/result.ts";
import { type EdgeMarket, edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";

let folder = "";
let market: EdgeMarket;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-night-"));
  market = writeEdgeMarket(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(at(name), "utf8");
/** Configs, backups and drafts; a run's looks at the hold-out go to the ledger's folder whatever comes of them. */
const beside = (): string[] =>
  readdirSync(folder).filter((name) => name.includes(".json") && !name.endsWith(".sluice"));

beforeEach(() => {
  for (const name of readdirSync(folder).filter((name) => name.includes(".json")))
    if (name !== "space.json") rmSync(at(name), { recursive: true });
  for (const name of ["a.json", "b.json"]) writeFileSync(at(name), edgeConfig);
});

/** Calls back at the beginning of phase 5, when the run has read the config and not yet saved it. */
function beforeTheSave(act: () => void): (event: Progress) => void {
  let isDone = false;
  return ({ phase }) => {
    if (phase !== "phase5" || isDone) return;
    isDone = true;
    act();
  };
}

describe("a night that changes a parameter", () => {
  it("writes the searched keys that changed, the learning and the time, and no other byte", async () => {
    const { runs } = await optimize({ ...market, configs: [at("a.json")] });
    const { diff, saved, not_saved_because, config_loads } = runs[0]!;
    expect(diff!.changed).toBeGreaterThan(0);
    expect([saved!.file, not_saved_because, config_loads]).toEqual([at("a.json"), null, 1]);
    const [before, after] = [edgeConfig, read("a.json")].map((text) => text.split("\n"));
    const changed = before!.filter((line, k) => line !== after![k]).map((line) => line.trim().split(":")[0]);
    expect(changed).toEqual(['"last_update"', '"good_params"', '"phase2_learning"']);
    expect(after![2]).toContain('"position_size": 0.050');
    expect(JSON.parse(read("a.json")).last_update).toBe("2025-09-19 00:00:00");
  });

  it("counts a second load where the save had to take values from bytes that the bot wrote meanwhile", async () => {
    const { runs } = await optimize(
      { ...market, configs: [at("a.json")] },
      {
        thread: "caller",
        onProgress: beforeTheSave(() => writeFileSync(at("a.json"), edgeConfig.replace("0.050", "0.070"))),
      },
    );
    expect(runs[0]!.config_loads).toBe(2);
    expect(read("a.json")).toContain('"position_size": 0.070');
  });

  it("writes nothing, and says so, where the bot has taken the same values meanwhile", async () => {
    const { runs: before } = await optimize({ ...market, configs: [at("b.json")], dryRun: true });
    const values = new Map(
      before[0]!.diff!.entries.map((entry) => [entry.path.replace("good_params.", ""), entry.new]),
    );
    const config = JSON.parse(edgeConfig);
    for (const [key, value] of values) config.good_params[key] = value;
    const theirs = JSON.stringify(config);
    const { runs } = await optimize(
      { ...market, configs: [at("a.json")] },
      { thread: "caller", onProgress: beforeTheSave(() => writeFileSync(at("a.json"), theirs)) },
    );
    expect(runs[0]!.saved).toBeNull();
    expect(runs[0]!.not_saved_because).toBe("the config already holds these parameters");
    expect(read("a.json")).toBe(theirs);
  });
});

describe("a night without a change", () => {
  it("writes nothing at all: no config, no backup, no learning, no time", async () => {
    const before = statSync(at("a.json"), { bigint: true });
    // No set has so many trades, so that nothing can be proposed.
    const { runs } = await optimize({ ...market, configs: [at("a.json")], minTrades: 100_000 });
    expect(runs[0]!.diff!.changed).toBe(0);
    expect([runs[0]!.saved, runs[0]!.not_saved_because]).toEqual([null, "no parameter changed"]);
    const after = statSync(at("a.json"), { bigint: true });
    expect([after.ino, after.mtimeNs, after.ctimeNs]).toEqual([before.ino, before.mtimeNs, before.ctimeNs]);
    expect(beside().sort()).toEqual(["a.json", "b.json", "space.json"]);
  });
});

describe("a strict run", () => {
  it("saves no config where the verdict of one type is not to be believed, which would otherwise be saved", async () => {
    const configs = [at("a.json"), at("b.json")];
    const { runs } = await optimize({ ...market, configs, strict: true });
    for (const run of runs) {
      expect(run.phase4.overall).toBe("FAILED");
      expect(run.diff!.changed).toBeGreaterThan(0);
      expect(run.saved).toBeNull();
      expect(run.not_saved_because).toBe(`--strict, and the overall verdict of ${at("a.json")} is FAILED`);
    }
    for (const name of ["a.json", "b.json"]) expect(read(name)).toBe(edgeConfig);
    expect(beside().sort()).toEqual(["a.json", "b.json", "space.json"]);
    const lenient = await optimize({ ...market, configs });
    expect(lenient.runs.every(({ saved }) => saved !== null)).toBe(true);
  });

  const judged = (config: string, overall: Verdict) => ({ config, phase4: { types: {}, overall } });

  it("is refused by any of its configs, and by none that is PASSED or WARNING", () => {
    expect(strictRefusal(true, [judged("a", "PASSED"), judged("b", "WARNING")])).toBeNull();
    expect(strictRefusal(true, [judged("a", "PASSED"), judged("b", "UNSTABLE")])).toContain("b is UNSTABLE");
    expect(strictRefusal(true, [judged("a", "SKIPPED")])).toBe("--strict, and the overall verdict is SKIPPED");
    expect(strictRefusal(undefined, [judged("a", "FAILED")])).toBeNull();
  });
});
