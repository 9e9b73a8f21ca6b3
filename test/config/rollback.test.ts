import { rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { backupsOf } from "../../src/config/backups.ts";
import { openConfig } from "../../src/config/document.ts";
import type { Changes } from "../../src/config/edits.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { awkward, ConfigFile, codeOf, errorOf, learning, nowMs, scalping } from "./configFile.ts";

const file = new ConfigFile();
const day = 86_400_000;

async function save(changes: Changes, atMs = nowMs) {
  return saveConfig(await openConfig(file.path), changes, { nowMs: atMs });
}

describe("a rollback", () => {
  it("goes back to the byte, then one save further, until there is none", async () => {
    file.write(awkward);
    await save(scalping({ min_signal_score: 70 }));
    const first = file.read();
    await save(scalping({ min_signal_score: 71 }));
    expect(await rollback(file.path)).toMatchObject({
      restored: "bytes",
      backup: `${file.path}.bak-20261123T030507Z-2`,
      keys: ["scalping_params.min_signal_score", "last_update"],
    });
    expect(file.read()).toBe(first);
    await rollback(file.path);
    expect(file.read()).toBe(awkward);
    expect(await codeOf(rollback(file.path))).toBe("CONFIG_NO_BACKUP");
    expect(file.names()).toEqual(["learning_config.json"]);
  });

  it("puts only our keys back where the bot wrote since", async () => {
    file.write(awkward);
    await save(scalping({ min_signal_score: 70, max_holding_hours: 4, min_consensus: 3 }));
    await save({ params: new Map([["swing", { atr_tp_multiplier: 6 }]]), phase2Learning: { night: 1 } });
    file.edit('"position_size": 0.050', '"position_size": 0.070');
    for (let k = 0; k < 2; k++) expect((await rollback(file.path)).restored).toBe("keys");
    expect(file.read()).toBe(awkward.replace("0.050", "0.070"));
  });

  it("leaves the time where the bot has moved it on", async () => {
    file.write(awkward);
    await save(scalping({ min_signal_score: 70 }));
    file.edit("2026-11-23 03:05:07", "2026-11-24 00:00:00");
    await rollback(file.path);
    expect(file.read()).toBe(awkward.replace("2025-11-20 03:15:07", "2026-11-24 00:00:00"));
  });

  it("knows its keys again where the bot has written the whole file anew", async () => {
    file.write(awkward);
    await save(scalping({ min_signal_score: 70, max_holding_hours: 4 }));
    file.write(JSON.stringify({ ...JSON.parse(file.read()), fresh: 1 }, null, 4));
    await rollback(file.path);
    expect(JSON.parse(file.read())).toEqual({ ...JSON.parse(awkward), fresh: 1 });
    expect(file.read()).toContain('"min_signal_score": 65.0,');
  });

  it("refuses a key that was changed since, unless forced", async () => {
    file.write(awkward);
    await save(scalping({ min_signal_score: 70 }));
    file.edit('"min_signal_score": 70', '"min_signal_score": 80');
    const theirs = file.read();
    const error = await errorOf(rollback(file.path));
    expect(error.code).toBe("CONFIG_CONFLICT");
    expect(error.details).toMatchObject({ found: "now 80", expected: "70, as it was saved" });
    expect(file.read()).toBe(theirs);
    await rollback(file.path, { force: true });
    expect(file.read()).toBe(awkward);
  });

  it("puts back by force what somebody took out", async () => {
    file.write(awkward);
    await save(scalping({ min_signal_score: 70 }));
    file.edit('"min_signal_score": 70,  ', "");
    expect(await codeOf(rollback(file.path))).toBe("CONFIG_CONFLICT");
    await rollback(file.path, { force: true });
    expect(JSON.parse(file.read())).toEqual(JSON.parse(awkward));
  });

  it("puts back by force what stood in a block that is gone, and says where force is of no use", async () => {
    const text = '{"x_params": {"a": 1, "b": [2.0]}, "last_update": "2025-11-20 03:15:07"}';
    file.write(text);
    await save({ params: new Map([["x", { a: 3, b: [4] }]]), phase2Learning: null });
    const saved = file.read();
    file.write(saved.replace(/"x_params": \{.*?\}, /, ""));
    expect(await codeOf(rollback(file.path))).toBe("CONFIG_CONFLICT");
    await rollback(file.path, { force: true });
    expect(JSON.parse(file.read())).toEqual(JSON.parse(text));
    expect(file.read()).toContain("2.0");
    file.write(text);
    await save({ params: new Map([["x", { a: 3, b: [4] }]]), phase2Learning: null });
    file.write('{"x_params": "off"}');
    expect((await errorOf(rollback(file.path, { force: true }))).details.remedy).toContain("by hand");
    expect(file.read()).toBe('{"x_params": "off"}');
  });

  it("takes every member out of a block that was empty", async () => {
    file.write('{"x_params": {}, "last_update": "2025-11-20 03:15:07", "bot": 1}');
    await save({ params: new Map([["x", { a: 1, b: 2, c: 3 }]]), phase2Learning: null });
    file.edit('"bot": 1', '"bot": 2');
    await rollback(file.path);
    expect(file.read()).toBe('{"x_params": {}, "last_update": "2025-11-20 03:15:07", "bot": 2}');
  });
});

describe("a rollback to a time", () => {
  async function threeDays() {
    file.write(awkward);
    const texts = [awkward];
    for (let k = 0; k < 3; k++) {
      await save(scalping({ min_signal_score: 70 + k }), nowMs + k * day);
      texts.push(file.read());
    }
    return texts;
  }

  it.each([
    ["20261124T030507Z", 1],
    ["2026-11-24", 1],
    ["2026-11-23 03:05", 0],
    ["2026-11-25T03:05:07Z", 2],
  ])("%s takes every later save back with it, to the byte", async (to, index) => {
    const texts = await threeDays();
    expect((await rollback(file.path, { to })).restored).toBe("bytes");
    expect(file.read()).toBe(texts[index]);
    expect(await backupsOf(file.path)).toHaveLength(index);
  });

  it("keeps what the bot wrote between the saves", async () => {
    file.write(awkward);
    await save(scalping({ min_signal_score: 70 }));
    file.edit("0.050", "0.070");
    await save(scalping({ min_signal_score: 71 }), nowMs + day);
    expect((await rollback(file.path, { to: "2026-11-23" })).restored).toBe("keys");
    expect(file.read()).toBe(awkward.replace("0.050", "0.070"));
  });

  it("refuses a time that names no backup or several, and shows those there are", async () => {
    await threeDays();
    expect(await codeOf(rollback(file.path, { to: "2026-11" }))).toBe("CONFIG_BACKUP_AMBIGUOUS");
    const error = await errorOf(rollback(file.path, { to: "2027" }));
    expect(error.code).toBe("CONFIG_NO_BACKUP");
    expect(error.details["found"]).toContain("20261124T030507Z");
  });
});

describe("a backup that cannot be trusted", () => {
  it("is refused where its bytes or its journal are not those of the save, and nothing is written", async () => {
    file.write(awkward);
    const { backup } = (await save(learning({ night: 1 })))!;
    const saved = file.read();
    writeFileSync(backup, "{}");
    expect(await codeOf(rollback(file.path))).toBe("CONFIG_BACKUP");
    for (const journal of ["{", '{"keys": []}']) {
      writeFileSync(`${backup}.json`, journal);
      expect(await codeOf(rollback(file.path))).toBe("CONFIG_JOURNAL");
    }
    rmSync(`${backup}.json`);
    expect(await codeOf(rollback(file.path))).toBe("CONFIG_JOURNAL");
    expect(file.read()).toBe(saved);
  });

  it("is passed over in peace where its save never happened or was undone by hand", async () => {
    file.write(awkward);
    await save(scalping({ min_signal_score: 70 }));
    file.write(awkward);
    expect((await rollback(file.path)).restored).toBe("bytes");
    expect(file.read()).toBe(awkward);
    expect(await backupsOf(file.path)).toEqual([]);
  });
});
