import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { earlierLooks, ledgerResultOf, recordLook, recordOutcome } from "../../src/config/ledger.ts";
import { entriesOf } from "../../src/config/ledgerEntries.ts";
import { epochsOf, shareOf } from "../../src/config/ledgerEpochs.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import { awkward, ConfigFile, errorOf } from "./configFile.ts";
import { firstNight, ledgerPath, lookAtNight, lookOf, nightMs, readLines } from "./ledgerFixture.ts";

const file = new ConfigFile();

describe("a ledger", () => {
  it("is missing, and nothing is said, where a config never had a run", async () => {
    file.write(awkward);
    expect(await readLedger(file.path, nightMs(firstNight))).toEqual({ entries: [], state: "missing", said: null });
    expect(file.names()).toEqual(["learning_config.json"]);
  });

  it("holds a look and what came of it, each on a line of its own, and leaves the config alone", async () => {
    file.write(awkward);
    const { seq, levels, ledger } = await lookAtNight(file.path, firstNight);
    expect([seq, levels.get("scalping")!.look, ledger]).toEqual([2, 1, { state: "missing", said: null }]);
    const outcome = {
      look: seq,
      types: {
        scalping: {
          candidates: [{ name: "phase3", verdict: "PASSED", figures: { avg_return: 0.31, p: 0.012 } }],
          decision: { advice: "apply", applied: "phase3" },
        },
      },
    };
    await recordOutcome(file.path, outcome, { nowMs: nightMs(firstNight) + 5_000 });
    expect(readLines(file.path)).toHaveLength(3);
    const { entries, state, said } = await readLedger(file.path, nightMs(firstNight + 1));
    expect([state, said, entries.map(({ kind }) => kind)]).toEqual(["whole", null, ["opened", "look", "outcome"]]);
    const [look] = entriesOf(entries, "look");
    expect(look).toMatchObject({
      ...lookOf(firstNight),
      types: { scalping: { look: 1, level: (1 - 0.95) * shareOf(1) } },
    });
    expect(entriesOf(entries, "outcome")[0]).toMatchObject(outcome);
    expect(file.read()).toBe(awkward);
    expect(file.names()).toEqual(["learning_config.json", "learning_config.json.sluice"]);
    expect(readdirSync(`${file.path}.sluice`).sort()).toEqual(["ledger.head", "ledger.jsonl"]);
  });

  it("counts dry runs and runs that died before they decided: they saw the hold-out", async () => {
    file.write(awkward);
    await lookAtNight(file.path, firstNight, { isDryRun: true });
    await lookAtNight(file.path, firstNight + 1);
    const third = await lookAtNight(file.path, firstNight + 2);
    expect([third.levels.get("scalping")!.look, earlierLooks(third.levels)]).toEqual([3, 2]);
  });

  it("shows how often the days were looked at and what is left of their doubt", async () => {
    file.write(awkward);
    await lookAtNight(file.path, firstNight);
    const recorded = await lookAtNight(file.path, firstNight + 1, { types: ["scalping", "swing"] });
    const { types, ...rest } = ledgerResultOf(recorded);
    expect(rest).toEqual({ earlier_looks: 1, state: "whole", problem: null });
    expect(types["scalping"]).toMatchObject({ look: 2, epoch: ["2024-08-05", "2024-10-03"], repeated: false });
    expect(types["swing"]).toMatchObject({ look: 1, epoch: ["2024-08-06", "2024-10-04"] });
    // 0.05 less 0.0304 and 0.0076.
    expect(types["scalping"]!.left.toFixed(4)).toBe("0.0120");
  });

  it("gives the same run on the same days the same level: a dry run, then the run itself", async () => {
    file.write(awkward);
    const dry = await lookAtNight(file.path, firstNight, { isDryRun: true });
    const real = await lookAtNight(file.path, firstNight);
    expect(ledgerResultOf(real).types["scalping"]).toMatchObject({ look: 1, repeated: true });
    expect(real.levels.get("scalping")!.level).toBe(dry.levels.get("scalping")!.level);
    expect((await lookAtNight(file.path, firstNight + 1)).levels.get("scalping")!.look).toBe(2);
  });

  it("has the config's mode, and its folder can be searched by whoever may read", async () => {
    file.write(awkward);
    for (const [mode, folderMode] of [
      [0o640, 0o750],
      [0o600, 0o700],
    ] as const) {
      chmodSync(file.path, mode);
      await lookAtNight(file.path, firstNight);
      const modeOf = (path: string): number => statSync(path).mode & 0o777;
      expect(modeOf(ledgerPath(file.path))).toBe(mode);
      expect(modeOf(`${file.path}.sluice/ledger.head`)).toBe(mode);
      if (mode === 0o640) expect(modeOf(`${file.path}.sluice`)).toBe(folderMode);
    }
  });

  it("stands beside where a linked config leads, and is one for both names", async () => {
    const real = join(file.folder, "data");
    mkdirSync(real);
    file.write(awkward);
    const link = join(real, "link.json");
    symlinkSync(file.path, link);
    await lookAtNight(link, firstNight);
    expect(existsSync(ledgerPath(link))).toBe(false);
    expect((await lookAtNight(file.path, firstNight + 1)).levels.get("scalping")!.look).toBe(2);
  });

  it("gives runs at once a look each: twenty looks have the numbers 1 to 20", async () => {
    file.write(awkward);
    const looks = await Promise.all(
      Array.from({ length: 20 }, (_, k) =>
        recordLook(file.path, lookOf(firstNight, { fingerprint: `run ${k}` }), {
          nowMs: nightMs(firstNight),
          lockTimeoutMs: 60_000,
        }),
      ),
    );
    const numbers = looks.map(({ levels }) => levels.get("scalping")!.look).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, k) => k + 1));
    const { entries, state } = await readLedger(file.path, nightMs(firstNight));
    const [epoch, ...others] = epochsOf(entries, "scalping", null);
    expect([state, others, epoch!.looks]).toEqual(["whole", [], 20]);
    expect(epoch!.spent).toBeLessThan(0.05);
  });

  it("loses none of forty looks of four processes at once", async () => {
    file.write(awkward);
    const built = new URL("../../modules/config/ledger.js", import.meta.url).href;
    const run = (name: string): Promise<unknown> => {
      const program = `
        const { recordLook } = await import(${JSON.stringify(built)});
        const look = ${JSON.stringify(lookOf(firstNight))};
        for (let k = 0; k < 10; k++)
          await recordLook(${JSON.stringify(file.path)}, { ...look, fingerprint: "${name} " + k },
            { nowMs: ${nightMs(firstNight)}, lockTimeoutMs: 120_000 });
      `;
      return promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
    };
    await Promise.all(["a", "b", "c", "d"].map(run));
    const { entries, state } = await readLedger(file.path, nightMs(firstNight));
    expect(state).toBe("whole");
    const looks = entriesOf(entries, "look").map(({ types }) => types["scalping"]!.look);
    expect(looks).toEqual(Array.from({ length: 40 }, (_, k) => k + 1));
  });

  it("that cannot be written is one clear error, and nothing may be decided", async () => {
    file.write(awkward);
    mkdirSync(`${file.path}.sluice`);
    mkdirSync(ledgerPath(file.path));
    const error = await errorOf(lookAtNight(file.path, firstNight));
    expect([error.code, error.details["where"]]).toEqual(["LEDGER_UNWRITABLE", ledgerPath(file.path)]);
    expect(readdirSync(`${file.path}.sluice`)).toEqual(["ledger.jsonl"]);
    expect(file.names()).toEqual(["learning_config.json", "learning_config.json.sluice"]);
  });

  it("that cannot be read is one clear error, too", async (context) => {
    if (process.getuid?.() === 0) return context.skip("root reads everything");
    file.write(awkward);
    await lookAtNight(file.path, firstNight);
    chmodSync(ledgerPath(file.path), 0o000);
    const error = await errorOf(readLedger(file.path));
    expect([error.code, error.details["where"]]).toEqual(["LEDGER_UNREADABLE", ledgerPath(file.path)]);
  });

  it("of a config that is not there is refused as the config is", async () => {
    expect((await errorOf(lookAtNight(file.path, firstNight))).code).toBe("CONFIG_UNREADABLE");
    expect((await errorOf(readLedger(file.path))).code).toBe("CONFIG_UNREADABLE");
  });
});
