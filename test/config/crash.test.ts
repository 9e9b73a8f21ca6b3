import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { backupsOf } from "../../src/config/backups.ts";
import { openConfig } from "../../src/config/document.ts";
import { readJournal } from "../../src/config/journal.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { SluiceError } from "../../src/errors.ts";
import { randomFrom } from "../support/random.ts";
import { ConfigFile, nowMs, scalping } from "./configFile.ts";
import { faultAt, shortWrite } from "./crash/faults.mjs";

const child = fileURLToPath(new URL("crash/child.mjs", import.meta.url));
const file = new ConfigFile();
/** `npm run test:crash` kills 500. */
const randomKills = Number(process.env["SLUICE_CRASHES"] ?? 25);
const operations = 400;

/** A config of several blocks of 64 KiB, so that a save is many writes. */
const large = `{
  "last_update": "2025-11-20 03:15:07",
  "scalping_params": {"min_signal_score": 65.0, "position_size": 0.050},
  "history": ["${"x".repeat(200_000)}"]
}
`;
const changed = scalping({ min_signal_score: 71, atr_tp_multiplier: 2.5 });

/** What the same save makes of a config where nothing goes wrong. */
async function savedText(): Promise<string> {
  file.write(large);
  await saveConfig(await openConfig(file.path), changed, { nowMs });
  const text = file.read();
  await rollback(file.path);
  expect(file.read()).toBe(large);
  return text;
}

/** Ages a dead run's lock, which would be broken in five seconds, so that nobody has to wait. */
function ageLock(): void {
  const lock = `${file.path}.lock`;
  if (existsSync(lock)) utimesSync(lock, new Date(0), new Date(0));
}

/** Every backup that can be seen is whole and can be taken back. */
async function expectWholeBackups(states: ReadonlySet<string>): Promise<void> {
  for (const { path } of await backupsOf(file.path)) {
    expect(states.has(readFileSync(path, "utf8"))).toBe(true);
    await readJournal(path);
  }
}

/** The next save works and leaves nothing of the dead one. */
async function expectNextSaveWorks(): Promise<void> {
  ageLock();
  await saveConfig(await openConfig(file.path), scalping({ min_signal_score: 12.5 }), { nowMs: nowMs + 3_600_000 });
  expect((await openConfig(file.path)).currentParams("scalping")["min_signal_score"]).toBe(12.5);
  const strange = file.names().filter((name) => name.endsWith(".tmp") || name.endsWith(".lock"));
  expect(strange).toEqual([]);
  for (const name of file.names().filter((name) => /\.bak-.*\.json$/.test(name)))
    expect(file.names()).toContain(name.replace(/\.json$/, ""));
}

describe("a save that is killed", () => {
  it("at any file operation leaves the old config or the new one, whole backups, and a next save that works", async () => {
    const states = new Set([large, await savedText()]);
    let killed = 0;
    for (let at = 1; at <= operations; at++) {
      for (const name of readdirSync(file.folder)) if (name.includes(".bak-")) await removeIn(name);
      file.write(large);
      const { signal, stdout, stderr } = spawnSync(process.execPath, [child, file.path, "once", String(at)], {
        encoding: "utf8",
      });
      if (signal === null) {
        expect([stderr, Number(stdout)]).toEqual(["", at - 1]);
        break;
      }
      expect(signal).toBe("SIGKILL");
      killed++;
      expect(states.has(file.read())).toBe(true);
      await expectWholeBackups(states);
      await expectNextSaveWorks();
    }
    expect(killed).toBeGreaterThan(30);
    expect(killed).toBeLessThan(operations);
  });

  it("while it rolls back leaves one of the two as well", async () => {
    const saved = await savedText();
    const states = new Set([large, saved]);
    let killed = 0;
    for (let at = 1; at <= operations; at++) {
      for (const name of readdirSync(file.folder)) if (name.includes(".bak-")) await removeIn(name);
      file.write(large);
      ageLock();
      await saveConfig(await openConfig(file.path), changed, { nowMs });
      const { signal } = spawnSync(process.execPath, [child, file.path, "rollback", String(at)]);
      if (signal === null) break;
      killed++;
      expect(states.has(file.read())).toBe(true);
      await expectWholeBackups(states);
      // Whatever had come of it, another rollback ends it.
      ageLock();
      if ((await backupsOf(file.path)).length > 0) await rollback(file.path);
      expect(file.read()).toBe(large);
    }
    expect(killed).toBeGreaterThan(20);
    expect(killed).toBeLessThan(operations);
  });

  it(
    `at ${randomKills} random moments is the same`,
    async () => {
      const random = randomFrom(9);
      const shape =
        /^\{\n {2}"last_update": "[-\d: ]{19}",\n {2}"scalping_params": \{"min_signal_score": [\d.]+, "position_size": 0\.050(, "atr_tp_multiplier": 2\.5)?\},\n {2}"history": \["x{200000}"\]\n\}\n$/;
      for (let kill = 0; kill < randomKills; kill++) {
        file.write(large);
        ageLock();
        await killWhileSaving(5 + 120 * random());
        expect(file.read()).toMatch(shape);
        for (const { path } of await backupsOf(file.path)) {
          expect(readFileSync(path, "utf8")).toMatch(shape);
          await readJournal(path);
        }
        await expectNextSaveWorks();
      }
    },
    900_000 + 2_000 * randomKills,
  );
});

async function removeIn(name: string): Promise<void> {
  const { rm } = await import("node:fs/promises");
  await rm(join(file.folder, name));
}

/** Lets a child save over and over for a while, then kills it. */
function killWhileSaving(milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const saving = spawn(process.execPath, [child, file.path, "forever"], { stdio: ["ignore", "pipe", "inherit"] });
    saving.stdout.once("data", () => setTimeout(() => saving.kill("SIGKILL"), milliseconds));
    saving
      .on("error", reject)
      .on("exit", (_, signal) =>
        signal === "SIGKILL" ? resolve() : reject(new Error("the saving child ended by itself")),
      );
  });
}

describe("a save whose file operations fail", () => {
  const failure = (code: string) => Object.assign(new Error(`${code}: made up`), { code });

  for (const code of ["EIO", "ENOSPC"] as const)
    it(`with ${code}, any one of them, leaves the old config or the new one and says what is wrong`, async () => {
      const saved = await savedText();
      let failed = 0;
      for (let at = 1; at <= operations; at++) {
        file.write(large);
        ageLock();
        const document = await openConfig(file.path);
        const state = faultAt(at, () => {
          throw failure(code);
        });
        const outcome = await saveConfig(document, changed, { nowMs, lockTimeoutMs: 200 }).catch((error) => error);
        const reached = state.count >= at;
        faultAt(Number.POSITIVE_INFINITY, () => {});
        if (!reached) break;
        const text = file.read();
        if (outcome instanceof Error) {
          failed++;
          // A stack trace helps nobody at three in the morning.
          expect(outcome).toBeInstanceOf(SluiceError);
          expect((outcome as SluiceError).code).toMatch(/^CONFIG_/);
          expect(text).toBe(large);
        } else expect(text).toBe(saved);
        await expectWholeBackups(new Set([large, saved]));
        await expectNextSaveWorks();
        for (const name of file.names()) if (name.includes(".bak-")) await removeIn(name);
      }
      expect(failed).toBeGreaterThan(10);
    });

  it("by storing less than they were given goes on to the end", async () => {
    const saved = await savedText();
    for (let at = 1; at <= operations; at++) {
      file.write(large);
      const document = await openConfig(file.path);
      let isWrite = false;
      const state = faultAt(at, (name) => {
        if (name !== "handle.write") return;
        isWrite = true;
        throw shortWrite;
      });
      await saveConfig(document, changed, { nowMs });
      const reached = state.count >= at;
      faultAt(Number.POSITIVE_INFINITY, () => {});
      expect(file.read()).toBe(saved);
      if (isWrite) await expectWholeBackups(new Set([large]));
      for (const name of file.names()) if (name.includes(".bak-")) await removeIn(name);
      if (!reached) break;
    }
  });
});
