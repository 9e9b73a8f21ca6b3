import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
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
  it("can be restored byte for byte, then one save further, until there is none", async () => {
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

describe("a rollback over several saves", () => {
  const path = (time: string): string => `${file.path}.bak-${time}`;
  const [first, second, third] = ["20261123T030507Z", "20261124T030507Z", "20261125T030507Z"] as const;

  /** Three nights: the first sets two keys, the second adds one and changes one of them, the third changes all and another block. */
  async function threeNights(between: (night: number) => void = () => {}): Promise<void> {
    file.write(awkward);
    const nights: Changes[] = [
      scalping({ min_signal_score: 70, atr_tp_multiplier: 2 }),
      scalping({ min_signal_score: 71, max_holding_hours: 4 }),
      {
        params: new Map<string, Record<string, unknown>>([
          ["scalping", { min_signal_score: 72, atr_tp_multiplier: 3, max_holding_hours: 5 }],
          ["swing", { atr_tp_multiplier: 6 }],
        ]),
        phase2Learning: { night: 3 },
      },
    ];
    for (const [night, changes] of nights.entries()) {
      if (night > 0) between(night);
      await save(changes, nowMs + night * day);
    }
  }

  it("takes every key of every save back, those of the saves in between as well, and keeps what others wrote", async () => {
    await threeNights((night) => file.edit('"position_size": 0.', `"position_size": 0.${night}`));
    file.edit('"_note": "x"', '"_note": "y"');
    const result = await rollback(file.path, { to: first });
    expect(result.restored).toBe("keys");
    expect(result.keys).toEqual(
      expect.arrayContaining(["scalping_params.max_holding_hours", "swing_params", "phase2_learning.latest"]),
    );
    expect(file.read()).toBe(awkward.replace("0.050", "0.21050").replace('"_note": "x"', '"_note": "y"'));
    expect(await backupsOf(file.path)).toEqual([]);
  });

  it("goes key by key from where the bytes are no longer those of the save", async () => {
    await threeNights((night) => night === 1 && file.edit("0.050", "0.070"));
    // The third and the second save go back to the byte, the first by its keys.
    expect((await rollback(file.path, { to: first })).restored).toBe("keys");
    expect(file.read()).toBe(awkward.replace("0.050", "0.070"));
  });

  it("names every key that others changed, whichever save wrote it, and writes nothing", async () => {
    await threeNights((night) => night === 2 && file.edit('"atr_tp_multiplier": 2,', '"atr_tp_multiplier": 2.25,'));
    file.edit('"max_holding_hours": 5', '"max_holding_hours": 9');
    const theirs = file.read();
    const error = await errorOf(rollback(file.path, { to: first }));
    expect(error.code).toBe("CONFIG_CONFLICT");
    expect(error.details).toMatchObject({
      where: file.path,
      found: "scalping_params.max_holding_hours now 9; scalping_params.atr_tp_multiplier now 2.25",
      expected: "scalping_params.max_holding_hours 5; scalping_params.atr_tp_multiplier 2, as they were saved",
    });
    expect(file.read()).toBe(theirs);
    expect(await backupsOf(file.path)).toHaveLength(3);
    await rollback(file.path, { to: first, force: true });
    expect(file.read()).toBe(awkward);
  });

  it("is done again in peace after one that was killed before it used up its backups", async () => {
    for (const isTouched of [false, true]) {
      await threeNights();
      if (isTouched) file.edit("0.050", "0.070");
      const kept = file
        .names()
        .filter((name) => name.includes(".bak-"))
        .map((name) => [join(file.folder, name), readFileSync(join(file.folder, name))] as const);
      await rollback(file.path, { to: first });
      const result = file.read();
      for (const [name, bytes] of kept) writeFileSync(name, bytes);
      expect((await rollback(file.path, { to: first })).restored).toBe(isTouched ? "keys" : "bytes");
      expect(file.read()).toBe(result);
      expect(await backupsOf(file.path)).toEqual([]);
    }
  });

  it.each([
    ["the backup of the one in between", second, () => rmSync(path(second))],
    ["backup and journal of the one in between", second, () => [rmSync(path(second)), rmSync(`${path(second)}.json`)]],
    ["the backup of the newest", third, () => rmSync(path(third))],
  ])("refuses to pass over a save that has lost %s: its keys would stay", async (_, lost, lose) => {
    await threeNights();
    lose();
    const [text, names] = [file.read(), file.names()];
    const error = await errorOf(rollback(file.path, { to: first }));
    expect(error).toMatchObject({
      code: "CONFIG_BACKUP_MISSING",
      details: {
        found: `the backup of the save of ${lost} is missing`,
        remedy: expect.stringContaining("nothing was written"),
      },
    });
    expect([file.read(), file.names()]).toEqual([text, names]);
  });

  it("still remembers a lost save after the next one", async () => {
    await threeNights();
    rmSync(path(third));
    await save(scalping({ min_signal_score: 73 }), nowMs + 3 * day);
    expect(file.names().filter((name) => name.includes(third))).toEqual([]);
    expect((await errorOf(rollback(file.path, { to: second }))).details["found"]).toContain(third);
    expect((await rollback(file.path)).restored).toBe("bytes");
  });

  it("goes back as far as backups reach where one further back is lost", async () => {
    await threeNights();
    rmSync(path(second));
    expect((await errorOf(rollback(file.path, { to: first }))).details["remedy"]).toContain(
      `go back no further than ${third}`,
    );
    expect((await rollback(file.path, { to: third })).restored).toBe("bytes");
    expect(JSON.parse(file.read()).scalping_params.min_signal_score).toBe(71);
  });

  it("needs a backup in between only for its journal where bytes lead on, and its bytes where keys start from them", async () => {
    await threeNights();
    writeFileSync(path(second), "{");
    expect((await rollback(file.path, { to: first })).restored).toBe("bytes");
    expect(file.read()).toBe(awkward);
    await threeNights((night) => night === 1 && file.edit("0.050", "0.070"));
    writeFileSync(path(second), "{");
    const saved = file.read();
    const error = await errorOf(rollback(file.path, { to: first }));
    expect([error.code, error.details["where"]]).toEqual(["CONFIG_BACKUP", path(second)]);
    expect(file.read()).toBe(saved);
  });

  it.each(["{", '{"keys": []}', null])("refuses a journal in between that is cut or gone: %s", async (journal) => {
    await threeNights();
    if (journal === null) rmSync(`${path(second)}.json`);
    else writeFileSync(`${path(second)}.json`, journal);
    const saved = file.read();
    expect(await codeOf(rollback(file.path, { to: first }))).toBe("CONFIG_JOURNAL");
    expect(file.read()).toBe(saved);
  });

  it("passes over the journal of a save that was killed before it happened", async () => {
    await threeNights();
    const journal = readFileSync(`${path(third)}.json`, "utf8");
    const never = journal.replaceAll('"72"', '"88"').replaceAll('"3"', '"8"').replaceAll('"5"', '"8"');
    writeFileSync(
      `${path("20261126T030507Z")}.json`,
      JSON.stringify({ ...JSON.parse(never), keys: JSON.parse(never).keys.slice(0, 3) }),
    );
    expect((await rollback(file.path, { to: first })).restored).toBe("bytes");
    expect(file.names()).toEqual(["learning_config.json"]);
  });

  it("brings back the spelling of the first value where a save in between wrote the same number: 65.0, 1, 65, 1", async () => {
    file.write(awkward);
    for (const [k, score] of [1, 65, 1].entries()) await save(scalping({ min_signal_score: score }), nowMs + k * day);
    file.edit("0.050", "0.100");
    const [first] = await backupsOf(file.path);
    await rollback(file.path, { to: first!.time });
    expect(file.read()).toBe(awkward.replace("0.050", "0.100"));
  });

  it("is, after any saves and any edits by others of other keys, the config that those edits alone would have made", async () => {
    const night = fc.record({
      score: fc.integer({ min: 1, max: 99 }),
      hours: fc.option(fc.integer({ min: 1, max: 9 })),
      edit: fc.option(fc.integer({ min: 100, max: 999 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(night, { minLength: 1, maxLength: 5 }), fc.nat(4), async (nights, back) => {
        for (const name of file.names()) rmSync(join(file.folder, name));
        file.write(awkward);
        // By save: the config as it would be had neither it nor a later one happened.
        const without: string[] = [];
        const size = (text: string, edit: number): string =>
          text.replace(/"position_size": [\d.]+/, `"position_size": 0.${edit}`);
        for (const [k, { score, hours, edit }] of nights.entries()) {
          const before = file.read();
          const params = { min_signal_score: score, ...(hours !== null && { max_holding_hours: hours }) };
          if (await save(scalping(params), nowMs + k * day)) without.push(before);
          if (edit === null) continue;
          file.write(size(file.read(), edit));
          for (const [j, text] of without.entries()) without[j] = size(text, edit);
        }
        const backups = await backupsOf(file.path);
        if (backups.length === 0) return;
        const target = Math.min(back, backups.length - 1);
        await rollback(file.path, { to: backups[target]!.time });
        expect(file.read()).toBe(without[target]);
        expect(await backupsOf(file.path)).toHaveLength(target);
      }),
      { numRuns: 60 },
    );
  });
});
