import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";

const index = new URL("../../dist/index.js", import.meta.url).href;

it("a run opens its config as often as it says that it loaded it", () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-loads-"));
  try {
    const config = join(folder, "config.json");
    writeFileSync(config, edgeConfig);
    const request = { ...writeEdgeMarket(folder), configs: [config], dryRun: true };
    // What the system is asked for, whatever the program believes.
    const program = `
      import fs from "node:fs";
      import fsp from "node:fs/promises";
      import { syncBuiltinESMExports } from "node:module";
      let opened = 0;
      const count = (path) => { if (String(path) === ${JSON.stringify(config)}) opened++; };
      for (const [home, name] of [[fsp, "open"], [fsp, "readFile"], [fs, "openSync"], [fs, "readFileSync"], [fs, "open"], [fs, "readFile"]]) {
        const original = home[name];
        home[name] = (path, ...rest) => (count(path), original(path, ...rest));
      }
      syncBuiltinESMExports();
      const { optimize } = await import(${JSON.stringify(index)});
      const counts = [];
      for (let k = 0; k < 2; k++) {
        opened = 0;
        const { runs } = await optimize(${JSON.stringify(request)}, { thread: "caller" });
        counts.push([opened, runs[0].config_loads, runs[0].diff.changed > 0]);
      }
      console.log(JSON.stringify(counts));
    `;
    const answer = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
    // Without a ledger yet, the first run passes over the config once more, for what an earlier run may have left in it.
    expect(JSON.parse(answer)).toEqual([
      [2, 1, true],
      [1, 1, true],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
