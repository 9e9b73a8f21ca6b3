import { rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import type { Changes } from "../../src/config/edits.ts";
import { type ListedBackup, listBackups } from "../../src/config/listBackups.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { backupsSummary } from "../../src/report/backupsSummary.ts";
import { paintFor } from "../../src/report/paint.ts";
import { awkward, ConfigFile, nowMs, scalping } from "./configFile.ts";

const file = new ConfigFile();
const day = 86_400_000;
const times = ["20261125T030507Z", "20261124T030507Z", "20261123T030507Z"] as const;
const path = (time: string): string => `${file.path}.bak-${time}`;

async function save(changes: Changes, atMs: number): Promise<void> {
  await saveConfig(await openConfig(file.path), changes, { nowMs: atMs });
}

/** Scores of 70, 71 and 72, one a night; after the first night the bot may write. */
async function threeNights(afterTheFirst: () => void = () => {}): Promise<void> {
  file.write(awkward);
  for (let night = 0; night < 3; night++) {
    await save(scalping({ min_signal_score: 70 + night }), nowMs + night * day);
    if (night === 0) afterTheFirst();
  }
}

const ways = async (): Promise<[boolean, string | null][]> =>
  (await listBackups(file.path)).backups.map(({ to_the_byte, problem }) => [to_the_byte, problem]);

describe("the list of backups", () => {
  it("has each save's time, file and changed keys, newest first, and changes nothing", async () => {
    await threeNights();
    const names = file.names();
    const { file: config, backups } = await listBackups(file.path);
    expect(config).toBe(file.path);
    expect(backups.map(({ time, file }) => [time, file])).toEqual(times.map((time) => [time, path(time)]));
    expect(backups[2]!.changes).toEqual([
      { path: "scalping_params.min_signal_score", old: 65, new: 70 },
      { path: "last_update", old: "2025-11-20 03:15:07", new: "2026-11-23 03:05:07" },
    ]);
    expect(await ways()).toEqual([
      [true, null],
      [true, null],
      [true, null],
    ]);
    expect(file.names()).toEqual(names);
  });

  it("is empty where Sluice has not saved the config, and refused where there is none", async () => {
    file.write(awkward);
    expect(await listBackups(file.path)).toEqual({ file: file.path, backups: [] });
    await expect(listBackups(`${file.path}.none`)).rejects.toMatchObject({ code: "CONFIG_UNREADABLE" });
  });

  it("shows a block that was added as its parameters, and the learning as one value", async () => {
    file.write(awkward);
    await save({ params: new Map([["swing", { atr_tp_multiplier: 6 }]]), phase2Learning: { night: 1 } }, nowMs);
    const { changes } = (await listBackups(file.path)).backups[0]!;
    expect(changes).toContainEqual({ path: "swing_params.atr_tp_multiplier", old: null, new: 6 });
    expect(changes).toContainEqual({ path: "phase2_learning.latest", old: null, new: '{"night":1}' });
  });

  it("knows where bytes end and keys begin", async () => {
    await threeNights(() => file.edit("0.050", "0.070"));
    expect(await ways()).toEqual([
      [true, null],
      [true, null],
      [false, null],
    ]);
    file.edit("0.070", "0.080");
    expect(await ways()).toEqual([
      [false, null],
      [false, null],
      [false, null],
    ]);
  });

  it.each<[string, () => void, (string | null)[]]>([
    [
      "a journal that is cut",
      () => writeFileSync(`${path(times[1])}.json`, "{"),
      [null, `the journal of ${times[1]} cannot be read`, `the journal of ${times[1]} cannot be read`],
    ],
    [
      "a backup that was changed, which matters to whoever wants its bytes",
      () => writeFileSync(path(times[1]), "{}"),
      [null, `the backup of ${times[1]} was modified`, null],
    ],
    [
      "a save that has lost backup and journal",
      () => [rmSync(path(times[1])), rmSync(`${path(times[1])}.json`)],
      [null, `the backup of the save of ${times[1]} is missing`],
    ],
    [
      "the newest one's backup that was removed",
      () => rmSync(path(times[0])),
      [`the backup of the save of ${times[0]} is missing`, `the backup of the save of ${times[0]} is missing`],
    ],
  ])("says why it cannot be gone back over %s, as a rollback does", async (_, spoil, problems) => {
    await threeNights();
    spoil();
    const { backups } = await listBackups(file.path);
    expect(backups.map(({ problem }) => problem)).toEqual(problems);
    const texts = await Promise.all(backups.map((backup) => outcomeOf(backup)));
    expect(texts).toEqual(backups.map(({ problem }) => (problem === null ? "bytes" : "refused")));
  });

  /** What a rollback to a backup comes to, tried on a copy of everything. */
  async function outcomeOf({ time }: ListedBackup): Promise<string> {
    const { cpSync, mkdtempSync } = await import("node:fs");
    const { tmpdir } = await import("node:os");
    const { join } = await import("node:path");
    const copy = mkdtempSync(join(tmpdir(), "sluice-list-"));
    cpSync(file.folder, copy, { recursive: true });
    const outcome = await rollback(join(copy, "learning_config.json"), { to: time }).then(
      ({ restored }) => restored,
      () => "refused",
    );
    rmSync(copy, { recursive: true });
    return outcome;
  }

  it("can be had of a config that is broken", async () => {
    await threeNights();
    file.write(file.read().slice(0, 100));
    expect(await ways()).toEqual([
      [false, null],
      [false, null],
      [false, null],
    ]);
  });

  it("is readable: what a save changed, old beside new, within the width of a report", async () => {
    await threeNights();
    rmSync(`${path(times[2])}.json`);
    const text = backupsSummary(await listBackups(file.path), paintFor(false));
    expect(text.replace(/\s+/g, " ")).toContain(`3 backups of ${file.path}, newest first`);
    expect(text).toContain(`${times[0]}  can be restored byte for byte`);
    expect(text).toMatch(/scalping_params\.min_signal_score +71 +-> +72/);
    expect(text.replace(/\s+/g, " ")).toContain(
      `${times[2]} cannot be restored: the journal of ${times[2]} cannot be read`,
    );
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(backupsSummary({ file: "c.json", backups: [] }, paintFor(false))).toContain("no backup of c.json");
  });
});
