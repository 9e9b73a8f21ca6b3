import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { SymbolBlocks } from "../../src/config/symbolBlocks.ts";
import { learningConfig } from "../support/learningConfig.ts";
import { describeReference } from "../support/referenceData.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-symbol-blocks-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const params = { min_signal_score: 70, atr_tp_multiplier: 2.4, trailing_stop_enabled: false };
const nowMs = Date.UTC(2026, 0, 5);

/** Saves parameters of two symbols, and expects that nothing else has changed, and that a rollback gives every byte back. */
async function expectSplice(text: string, symbols: readonly [known: string, unknown: string]): Promise<void> {
  const path = join(folder, "learning_config.json");
  writeFileSync(path, text);
  const document = await openConfig(path);
  const blocks = new SymbolBlocks(document);
  const places = blocks.places("scalping", symbols, params);
  const saved = await saveConfig(document, { params: new Map(), places, phase2Learning: null }, { nowMs });
  expect(saved).not.toBeNull();
  const after = readFileSync(path, "utf8");
  const [before, now] = [JSON.parse(text), JSON.parse(after)] as Record<string, Record<string, object>>[];
  for (const symbol of symbols) {
    const [, key] = blocks.path("scalping", symbol);
    const old = before!["per_symbol"]?.[key!];
    expect(now!["per_symbol"]![key!]).toEqual({
      ...old,
      scalping_params: { ...(old as Record<string, object>)?.["scalping_params"], ...params },
    });
    delete (now!["per_symbol"] as Record<string, object>)[key!];
    if (before!["per_symbol"]) delete before!["per_symbol"][key!];
  }
  for (const key of Object.keys(before!)) if (key !== "last_update") expect(now![key]).toEqual(before![key]);
  // Every line that is gone is one that was extended at its end, but for the time of the update.
  const left = after.split("\n");
  for (const line of text.split("\n").filter((each) => !left.includes(each))) {
    const kept = line.replace(/\}?,?$/, "");
    expect(left.some((each) => each.startsWith(kept)) || line.includes("last_update"), line).toBe(true);
  }
  await rollback(path, {});
  expect(readFileSync(path, "utf8")).toBe(text);
}

it("parameters of symbols are spliced into a bot's config, and taken out again", async () => {
  await expectSplice(learningConfig(3), ["AAAUSDT", "NEWUSDT"]);
});

describeReference("a config of a real bot", (reference) => {
  it("takes the parameters of two symbols, one under the name of an exchange library, and nothing else", async () => {
    const text = readFileSync(new URL("config/learning_config.json", reference), "utf8");
    const path = join(folder, "names.json");
    writeFileSync(path, text);
    expect(new SymbolBlocks(await openConfig(path)).path("swing", "BTCUSDT")).toEqual([
      "per_symbol",
      "BTC/USDT:USDT",
      "swing_params",
    ]);
    await expectSplice(text, ["SOLUSDT", "NEWUSDT"]);
  });
});
