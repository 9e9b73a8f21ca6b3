import { describe, expect, it } from "vitest";
import { diffConfig } from "../../src/config/diff.ts";
import { openConfig } from "../../src/config/document.ts";
import { saveConfig } from "../../src/config/save.ts";
import { awkward, ConfigFile, nowMs, scalping } from "./configFile.ts";

const file = new ConfigFile();

describe("the loads of a config", () => {
  it("are one, however many stages ask for its values, and a save of the same bytes is none", async () => {
    file.write(awkward);
    const document = await openConfig(file.path);
    for (let stage = 0; stage < 3; stage++) document.currentParams("scalping");
    document.snapshot();
    diffConfig(document, new Map([["scalping", { min_signal_score: 70 }]]));
    await saveConfig(document, scalping({ min_signal_score: 70 }), { nowMs });
    expect(document.loads).toBe(1);
  });

  it("are one more for each save that takes its values from other bytes", async () => {
    file.write(awkward);
    const document = await openConfig(file.path);
    for (let k = 1; k <= 2; k++) {
      file.edit('"position_size": 0.0', '"position_size": 0.00');
      await saveConfig(document, scalping({ [`min_${k}`]: k }), { nowMs });
      expect(document.loads).toBe(1 + k);
    }
  });

  it("are counted apart for two documents", async () => {
    file.write(awkward);
    const [a, b] = [await openConfig(file.path), await openConfig(file.path)];
    file.edit("0.050", "0.070");
    await saveConfig(a, scalping({ min_signal_score: 70 }), { nowMs });
    expect([a.loads, b.loads]).toEqual([2, 1]);
  });
});
