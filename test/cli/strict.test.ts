import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type EdgeMarket, edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
let folder = "";
let market: EdgeMarket;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-strict-"));
  market = writeEdgeMarket(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configs = ["a.json", "b.json"];
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  for (const name of configs) writeFileSync(at(name), edgeConfig);
});

/** The built command on the edge market. */
function optimized(...flags: string[]): { status: number | null; stdout: string; stderr: string } {
  const files = ["--candles", market.candles, "--signals", market.signals, "--space", market.spaceFile];
  const labels = ["--timeframe", "1h", "--lookahead", "6", "--min-profit", "1"];
  const bots = configs.flatMap((name) => ["--config", at(name)]);
  return spawnSync(process.execPath, [main, "optimize", ...files, ...labels, ...bots, "--allow-stale", ...flags], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, CI: "true" },
  });
}

describe("optimize --strict", () => {
  it("exits 5 and has written nothing to any config, and nothing beside it but that it looked", () => {
    const beside = (): string[] => readdirSync(folder).filter((name) => !name.endsWith(".json.sluice"));
    const before = beside().sort();
    const { status, stdout, stderr } = optimized("--strict");
    expect([status, stdout], stderr).toEqual([
      5,
      expect.stringMatching(/^NOT SAVED, --strict: \d of 2 configs would have changed/),
    ]);
    for (const name of configs) expect(readFileSync(at(name), "utf8")).toBe(edgeConfig);
    expect(beside().sort()).toEqual(before);
  });

  it("is what kept the run from saving: without it the same run saves both and exits 0", () => {
    const { status, stderr } = optimized();
    expect(status, stderr).toBe(0);
    for (const name of configs) expect(readFileSync(at(name), "utf8")).not.toBe(edgeConfig);
  });
});

describe("rollback --list", () => {
  it("shows what the save changed, as text and as JSON, and what then can be restored byte for byte", () => {
    expect(optimized().status).toBe(0);
    const rollback = (...flags: string[]): string =>
      spawnSync(process.execPath, [main, "rollback", "--config", at("a.json"), ...flags], { encoding: "utf8" }).stdout;
    const text = rollback("--list");
    expect(text).toContain("can be restored byte for byte");
    expect(text).toMatch(/good_params\.min_strength +0 +-> +50/);
    const { file, backups } = JSON.parse(rollback("--list", "--json"));
    expect(file).toBe(at("a.json"));
    expect(backups[0]).toMatchObject({ to_the_byte: true, problem: null });
    expect(backups[0].changes).toContainEqual({ path: "good_params.min_strength", old: 0, new: 50 });
    // Listing wrote nothing.
    expect(JSON.parse(rollback("--json")).restored).toBe("bytes");
    expect(readFileSync(at("a.json"), "utf8")).toBe(edgeConfig);
  });
});
