import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { entriesOf } from "../../src/config/ledgerEntries.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import { SluiceError } from "../../src/errors.ts";
import { awkward, ConfigFile } from "./configFile.ts";
import { faultAt, shortWrite } from "./crash/faults.mjs";
import { firstNight, ledgerPath, lookAtNight, lookOf, nightMs } from "./ledgerFixture.ts";

const child = fileURLToPath(new URL("crash/ledgerChild.mjs", import.meta.url));
const file = new ConfigFile();
const operations = 400;
const third = firstNight + 2;

/** A config with looks of two nights, put back before each try. */
async function twoNights(): Promise<() => void> {
  file.write(awkward);
  await lookAtNight(file.path, firstNight);
  await lookAtNight(file.path, firstNight + 1);
  const folder = `${file.path}.sluice`;
  cpSync(folder, `${folder}.kept`, { recursive: true });
  return () => {
    for (const name of file.names()) if (name.endsWith(".tmp")) rmSync(`${file.folder}/${name}`);
    rmSync(`${file.path}.sluice.lock`, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    cpSync(`${folder}.kept`, folder, { recursive: true });
  };
}

/** Ages a dead run's lock, which would be broken in five seconds, so that nobody has to wait. */
function ageLock(): void {
  const lock = `${file.path}.sluice.lock`;
  if (existsSync(lock)) utimesSync(lock, new Date(0), new Date(0));
}

/** Looks on record, of a ledger that is whole whatever happened to the last one. */
async function wholeLooks(): Promise<number> {
  const { state, entries } = await readLedger(file.path, nightMs(third + 1));
  expect(state).toBe("whole");
  return entriesOf(entries, "look").length;
}

/** The next look has the next number, and nothing of the dead run is left. */
async function expectNextLookWorks(looks: number): Promise<void> {
  ageLock();
  const next = await lookAtNight(file.path, third + 1);
  expect(next.levels.get("scalping")!.look).toBe(looks + 1);
  expect(await wholeLooks()).toBe(looks + 1);
  expect(readdirSync(`${file.path}.sluice`).sort()).toEqual(["ledger.head", "ledger.jsonl"]);
  expect(file.names().filter((name) => /\.(tmp|lock)$/.test(name))).toEqual([]);
}

describe("a look that is put on record", () => {
  it("and killed at any file operation is on record, or it is not: the others stay, and the next one works", async () => {
    const restore = await twoNights();
    const seen = new Set<number>();
    let killed = 0;
    for (let at = 1; at <= operations; at++) {
      restore();
      const args = [child, file.path, JSON.stringify(lookOf(third)), String(nightMs(third)), String(at)];
      const { signal, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
      if (signal === null) {
        expect(stderr).toBe("");
        break;
      }
      killed++;
      expect(file.read()).toBe(awkward);
      const looks = await wholeLooks();
      seen.add(looks);
      await expectNextLookWorks(looks);
    }
    expect(killed).toBeGreaterThan(30);
    expect(killed).toBeLessThan(operations);
    expect([...seen].sort()).toEqual([2, 3]);
  });

  it("the first of a config, killed at any file operation, leaves a ledger that is whole or none", async () => {
    let killed = 0;
    for (let at = 1; at <= operations; at++) {
      file.write(awkward);
      for (const name of file.names())
        if (name !== "learning_config.json") rmSync(`${file.folder}/${name}`, { recursive: true });
      const args = [child, file.path, JSON.stringify(lookOf(third)), String(nightMs(third)), String(at)];
      if (spawnSync(process.execPath, args).signal === null) break;
      killed++;
      const { state, said, entries } = await readLedger(file.path, nightMs(third));
      expect(said).toBeNull();
      expect(["whole", "missing"]).toContain(state);
      await expectNextLookWorks(entriesOf(entries, "look").length);
    }
    expect(killed).toBeGreaterThan(30);
    expect(killed).toBeLessThan(operations);
  });

  it("while a torn line is healed, killed at any file operation: cut as before, or healed with its gap", async () => {
    const restore = await twoNights();
    for (let at = 1; at <= operations; at++) {
      restore();
      truncateSync(ledgerPath(file.path), readFileSync(ledgerPath(file.path)).length - 40);
      const args = [child, file.path, JSON.stringify(lookOf(third)), String(nightMs(third)), String(at)];
      const { signal } = spawnSync(process.execPath, args);
      const { state, entries } = await readLedger(file.path, nightMs(third));
      expect(["cut", "whole"]).toContain(state);
      expect([entriesOf(entries, "gap").length, entriesOf(entries, "look").length]).toEqual([
        1,
        state === "cut" ? 1 : 2,
      ]);
      if (signal === null) break;
      expect(at).toBeLessThan(operations);
    }
  });

  for (const code of ["EIO", "ENOSPC"] as const)
    it(`whose file operations fail with ${code}, any one of them: on record, or one clear error and not`, async () => {
      const restore = await twoNights();
      let failed = 0;
      for (let at = 1; at <= operations; at++) {
        restore();
        const state = faultAt(at, () => {
          throw Object.assign(new Error(`${code}: made up`), { code });
        });
        const outcome = await lookAtNight(file.path, third).catch((error) => error);
        const reached = state.count >= at;
        faultAt(Number.POSITIVE_INFINITY, () => {});
        if (!reached) break;
        const looks = await wholeLooks();
        if (outcome instanceof Error) {
          failed++;
          expect(outcome).toBeInstanceOf(SluiceError);
          expect((outcome as SluiceError).code).toMatch(/^(CONFIG|LEDGER)_/);
          expect(looks).toBe(2);
        } else expect(looks).toBe(3);
        await expectNextLookWorks(looks);
      }
      expect(failed).toBeGreaterThan(10);
    });

  it("by writes that store less than they were given is whole all the same", async () => {
    const restore = await twoNights();
    for (let at = 1; at <= operations; at++) {
      restore();
      const state = faultAt(at, (name) => {
        if (name === "handle.write") throw shortWrite;
      });
      await lookAtNight(file.path, third);
      const reached = state.count >= at;
      faultAt(Number.POSITIVE_INFINITY, () => {});
      expect(await wholeLooks()).toBe(3);
      if (!reached) break;
    }
  });
});
