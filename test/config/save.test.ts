import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import type { Changes } from "../../src/config/edits.ts";
import { saveConfig } from "../../src/config/save.ts";
import { checkWritable } from "../../src/config/writable.ts";
import { awkward, ConfigFile, codeOf, errorOf, holdLock, learning, nowMs, scalping } from "./configFile.ts";

const file = new ConfigFile();

async function save(changes: Changes, atMs = nowMs) {
  return saveConfig(await openConfig(file.path), changes, { nowMs: atMs });
}

describe("a save", () => {
  it("changes the value that differs and the time, and no other byte", async () => {
    file.write(awkward);
    const saved = await save(scalping({ min_signal_score: 70, atr_tp_multiplier: 1.5 }));
    expect(file.read()).toBe(awkward.replace("65.0", "70").replace("2025-11-20 03:15:07", "2026-11-23 03:05:07"));
    expect(saved).toEqual({
      file: file.path,
      backup: `${file.path}.bak-20261123T030507Z`,
      bytes_written: Buffer.byteLength(file.read()),
    });
    expect(readFileSync(saved!.backup, "utf8")).toBe(awkward);
  });

  it("leaves the file alone where it says it all already, in whatever spelling", async () => {
    file.write(awkward);
    expect(await save(scalping({ min_signal_score: 65, atr_tp_multiplier: 1.5 }))).toBe(null);
    expect(file.names()).toEqual(["learning_config.json"]);
    expect(file.read()).toBe(awkward);
  });

  it("adds no block that would say what is derived anyway", async () => {
    file.write(awkward);
    expect(await save({ params: new Map([["swing", { max_holding_hours: 24 }]]), phase2Learning: null })).toBe(null);
  });

  it("keeps the mark at the beginning, line ends, and what stands behind the end", async () => {
    const text = '\ufeff{\r\n\t"x_params": {\r\n\t\t"a": 1\r\n\t}\r\n}\r\n\r\n';
    file.write(text);
    await save({ params: new Map([["x", { a: 2, b: 3 }]]), phase2Learning: null });
    expect(file.read()).toBe(
      '\ufeff{\r\n\t"x_params": {\r\n\t\t"a": 2,\r\n\t\t"b": 3\r\n\t},\r\n\t"last_update": "2026-11-23 03:05:07"\r\n}\r\n\r\n',
    );
  });

  it.each([
    ["2025-11-20 03:15:07", "2026-11-23 03:05:07"],
    ["2025-11-20T03:15:07", "2026-11-23T03:05:07"],
    ["2025-11-20T03:15:07.5Z", "2026-11-23T03:05:07.0Z"],
    ["2025-11-20T03:15:07.123456", "2026-11-23T03:05:07.000000"],
    ["2025-11-20T11:15:07+08:00", "2026-11-23T03:05:07+00:00"],
    ["never", "2026-11-23 03:05:07"],
    ["20 Nov 2025, 03:15", "20 Nov 2025, 03:15"],
    [1763600000, 1795403107],
    [1763600000123, 1795403107000],
    [true, true],
    [["2025-11-20"], ["2025-11-20"]],
  ])("writes the time as it was written, or leaves it alone: %s", async (before, after) => {
    file.write(`{"x_params": {"a": 1}, "last_update": ${JSON.stringify(before)}}`);
    await save({ params: new Map([["x", { a: 2 }]]), phase2Learning: null });
    expect(file.read()).toBe(`{"x_params": {"a": 2}, "last_update": ${JSON.stringify(after)}}`);
  });

  it("takes keys by their exact text", async () => {
    file.write('{"x_params": {"__proto__": 1, "a.b": 2, "\\u0061": 3}, "last_update": null}');
    await save({ params: new Map([["x", JSON.parse('{"__proto__": 5, "a.b": 6, "a": 7}')]]), phase2Learning: null });
    expect(file.read()).toContain('{"__proto__": 5, "a.b": 6, "\\u0061": 7}');
  });

  it("refuses a value that JSON cannot say, and writes nothing", async () => {
    file.write(awkward);
    expect(await codeOf(save(scalping({ min_signal_score: Number.NaN })))).toBe("CONFIG_SPLICE");
    expect(file.names()).toEqual(["learning_config.json"]);
  });

  it("follows a link, which stays one, and keeps the file's mode, for the backup too", async () => {
    mkdirSync(join(file.folder, "real"));
    const real = join(file.folder, "real", "config.json");
    writeFileSync(real, awkward);
    chmodSync(real, 0o640);
    symlinkSync(real, file.path);
    const saved = await save(scalping({ min_signal_score: 70 }));
    expect(lstatSync(file.path).isSymbolicLink()).toBe(true);
    for (const path of [real, saved!.backup]) expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readFileSync(real, "utf8")).toContain('"min_signal_score": 70');
  });

  it("keeps ten backups, in the order of the saves even within a second or with a clock set back", async () => {
    file.write(awkward);
    for (let k = 1; k <= 12; k++) await save(scalping({ min_signal_score: k }), nowMs - k);
    const backups = file.names().filter((name) => /bak-[^.]*$/.test(name));
    expect(backups).toHaveLength(10);
    expect(backups).toContain("learning_config.json.bak-20261123T030506Z-12");
    expect(backups).not.toContain("learning_config.json.bak-20261123T030506Z-2");
    expect(file.names()).toHaveLength(21);
  });

  it("removes what a killed save left behind, and nothing else", async () => {
    file.write(awkward);
    writeFileSync(join(file.folder, ".learning_config.json.sluice-0123456789ab.tmp"), "{");
    writeFileSync(join(file.folder, ".other.json.sluice-0123456789ab.tmp"), "{");
    await save(scalping({ min_signal_score: 70 }));
    expect(file.names().filter((name) => name.endsWith(".tmp"))).toEqual([".other.json.sluice-0123456789ab.tmp"]);
  });
});

describe("phase 2's learning", () => {
  it("goes to the history, which keeps five, and leaves the time of the parameters", async () => {
    file.write(awkward);
    for (let k = 1; k <= 8; k++) await save(learning({ night: k }), nowMs + 1000 * k);
    const { phase2_learning, last_update } = JSON.parse(file.read());
    expect(phase2_learning.latest).toEqual({ night: 8 });
    expect(phase2_learning.history.map(({ night }: { night: number }) => night)).toEqual([7, 6, 5, 4, 3]);
    expect(last_update).toBe("2025-11-20 03:15:07");
  });

  it("is moved as text, in the file's own indentation", async () => {
    const history = `[\n      {"n": 2.50}\n    ]`;
    file.write(
      `{\n  "phase2_learning": {\n    "latest": {\n      "id": 12345678901234567890\n    },\n    "history": ${history},\n    "x": 1.0\n  }\n}`,
    );
    await save(learning({ id: 1 }));
    expect(file.read()).toBe(
      `{\n  "phase2_learning": {\n    "latest": {\n      "id": 1\n    },\n    "history": [\n      {\n        "id": 12345678901234567890\n      },\n      {"n": 2.50}\n    ],\n    "x": 1.0\n  }\n}`,
    );
  });

  it("begins where there was none", async () => {
    file.write("{}");
    await save(learning({ id: 1 }));
    expect(JSON.parse(file.read())).toEqual({ phase2_learning: { latest: { id: 1 }, history: [] } });
    expect(file.read()).toContain('\n  "phase2_learning": {\n    "latest": {\n      "id": 1\n');
    file.write('{"phase2_learning":null}');
    await save(learning({ id: 1 }));
    expect(file.read()).toBe('{"phase2_learning":{"latest":{"id":1},"history":[]}}');
  });
});

describe("a bot that writes while the run works", () => {
  it("keeps what it wrote", async () => {
    file.write(awkward);
    const document = await openConfig(file.path);
    file.edit('"position_size": 0.050', '"position_size": 0.070');
    file.edit("2025-11-20", "2025-11-21");
    await saveConfig(document, scalping({ min_signal_score: 70 }), { nowMs });
    expect(file.read()).toBe(
      awkward.replace("0.050", "0.070").replace("65.0", "70").replace("2025-11-20 03:15:07", "2026-11-23 03:05:07"),
    );
    expect(document.loads).toBe(2);
  });

  it("wins where both changed a key: both values are shown and nothing is written", async () => {
    file.write(awkward);
    const document = await openConfig(file.path);
    file.edit("65.0", "55");
    const theirs = file.read();
    const error = await errorOf(saveConfig(document, scalping({ min_signal_score: 70 }), { nowMs }));
    expect(error.code).toBe("CONFIG_CONFLICT");
    expect(error.details).toMatchObject({ where: `${file.path}, scalping_params.min_signal_score`, found: "now 55" });
    expect(error.details["expected"]).toContain("70");
    expect(file.read()).toBe(theirs);
    expect(file.names()).toEqual(["learning_config.json"]);
  });

  it("wins where it took away, added or replaced what we change", async () => {
    const conflicts: [string, string, Changes][] = [
      ['"min_signal_score": 65.0,', "", scalping({ min_signal_score: 70 })],
      ['"scalping_params"', '"scalping_para"', scalping({ min_signal_score: 70 })],
      [
        '"trailing_stop_enabled"',
        '"max_holding_hours": 3, "trailing_stop_enabled"',
        scalping({ max_holding_hours: 4 }),
      ],
      ['"latest": null', '"latest": {"night": 0}', learning({ night: 1 })],
      ['"phase2_learning": {"latest": null, "history": []},', "", learning({ night: 1 })],
    ];
    for (const [from, to, changes] of conflicts) {
      file.write(awkward);
      const document = await openConfig(file.path);
      file.edit(from, to);
      expect(await codeOf(saveConfig(document, changes, { nowMs }))).toBe("CONFIG_CONFLICT");
    }
  });

  it("may have written the very same value", async () => {
    file.write(awkward);
    const document = await openConfig(file.path);
    file.edit("65.0", "70.0");
    await saveConfig(document, scalping({ min_signal_score: 70, atr_tp_multiplier: 3 }), { nowMs });
    expect(file.read()).toContain('{"min_signal_score": 70.0,  "atr_tp_multiplier": 3,');
  });

  it("may be half-way through writing in place: the rest is waited for", async () => {
    file.write(awkward.slice(0, 300));
    const opening = openConfig(file.path);
    setTimeout(() => file.write(awkward), 50);
    expect((await opening).currentParams("scalping")["min_signal_score"]).toBe(65);
  });
});

describe("a config that cannot be saved", () => {
  it("is waited for while another run saves, which is said, and refused when that does not end", async () => {
    file.write(awkward);
    const { release, ended } = await holdLock(file.path);
    let waited = 0;
    const options = { nowMs, lockTimeoutMs: 300, onWait: () => waited++ };
    const saving = saveConfig(await openConfig(file.path), scalping({ min_signal_score: 70 }), options);
    expect(await codeOf(saving)).toBe("CONFIG_LOCKED");
    expect(waited).toBe(1);
    expect(file.read()).toBe(awkward);
    const later = saveConfig(await openConfig(file.path), scalping({ min_signal_score: 70 }), { nowMs });
    release();
    await ended;
    expect((await later)?.file).toBe(file.path);
    expect(file.names()).not.toContain("learning_config.json.lock");
  });

  it("is not held for ever by the lock of a dead run whose clock was ahead", async () => {
    file.write(awkward);
    const lock = `${file.path}.lock`;
    mkdirSync(lock);
    const ahead = new Date(Date.now() + 3_600_000);
    utimesSync(lock, ahead, ahead);
    const saved = await saveConfig(await openConfig(file.path), scalping({ min_signal_score: 70 }), { nowMs });
    expect(saved?.file).toBe(file.path);
    expect(file.names()).not.toContain("learning_config.json.lock");
  });

  it("says so where something else than a run's lock is in the way", async () => {
    const options = { nowMs, lockTimeoutMs: 50 };
    file.write(awkward);
    const lock = `${file.path}.lock`;
    for (const [make, found] of [
      [() => writeFileSync(lock, ""), "a file"],
      [() => [mkdirSync(lock), writeFileSync(join(lock, "mine"), "")], "a folder with files in it"],
    ] as const) {
      make();
      const error = await errorOf(saveConfig(await openConfig(file.path), scalping({ min_signal_score: 70 }), options));
      expect(error).toMatchObject({ code: "CONFIG_LOCKED", details: { where: lock, found } });
      expect(file.read()).toBe(awkward);
      rmSync(lock, { recursive: true });
    }
  });

  it("is saved by one of two runs after the other", async () => {
    file.write(awkward);
    const [a, b] = [await openConfig(file.path), await openConfig(file.path)];
    await Promise.all([
      saveConfig(a, scalping({ min_signal_score: 70 }), { nowMs }),
      saveConfig(b, scalping({ atr_tp_multiplier: 3 }), { nowMs }),
    ]);
    expect(file.read()).toContain('{"min_signal_score": 70,  "atr_tp_multiplier": 3,');
  });

  it("is refused before the work and at the save where its folder or itself is read-only, for root too", async () => {
    file.write(awkward);
    const document = await openConfig(file.path);
    for (const [path, mode, usual] of [[file.folder, 0o555, 0o755] as const, [file.path, 0o444, 0o644] as const]) {
      chmodSync(path, mode);
      expect(await codeOf(checkWritable(file.path))).toBe("CONFIG_READ_ONLY");
      expect(await codeOf(saveConfig(document, scalping({ min_signal_score: 70 }), { nowMs }))).toBe(
        "CONFIG_READ_ONLY",
      );
      chmodSync(path, usual);
    }
    expect(await checkWritable(file.path)).toContain("learning_config.json");
    expect(file.names()).toEqual(["learning_config.json"]);
  });
});
