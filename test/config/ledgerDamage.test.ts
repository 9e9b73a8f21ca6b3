import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import { entriesOf } from "../../src/config/ledgerEntries.ts";
import { sealed } from "../../src/config/ledgerLine.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import { saveConfig } from "../../src/config/save.ts";
import { awkward, ConfigFile, errorOf, scalping } from "./configFile.ts";
import { firstNight, ledgerPath, lookAtNight, nextLook, nightMs, readLines, tamper } from "./ledgerFixture.ts";

const file = new ConfigFile();

/** A config with looks of five nights in a row; what follows happens in the tenth. */
async function fiveNights(): Promise<void> {
  file.write(awkward);
  for (let night = 0; night < 5; night++) await lookAtNight(file.path, firstNight + night);
}
const tenth = firstNight + 9;
const today = nightMs(tenth);

/** State and look of a run in the tenth night, before and after it healed the ledger, and the state of the night after. */
async function healing() {
  const before = await readLedger(file.path, today);
  const look = nextLook(before.entries, tenth);
  const recorded = await lookAtNight(file.path, tenth);
  const after = await readLedger(file.path, nightMs(tenth + 1));
  expect(recorded.levels.get("scalping")!.look).toBe(look);
  expect(recorded.ledger).toEqual({ state: before.state, said: before.said });
  return { state: before.state, said: before.said, look, after: after.state, next: nextLook(after.entries, tenth + 1) };
}

/** Text line of a ledger, from 1. */
const withLine = (at: number, change: (line: string) => string[]) => (text: string) =>
  text
    .split("\n")
    .flatMap((line, k) => (k === at - 1 ? change(line) : [line]))
    .join("\n");

describe("a ledger that is not whole is said, healed, and never kinder", () => {
  it("where all lines stand: the sixth look", async () => {
    await fiveNights();
    expect(await healing()).toEqual({ state: "whole", said: null, look: 6, after: "whole", next: 7 });
  });

  it("where the last line is torn: every night since the line before counts", async () => {
    await fiveNights();
    truncateSync(ledgerPath(file.path), readFileSync(ledgerPath(file.path)).length - 40);
    const { said, ...rest } = await healing();
    // Four looks on record, nights 5 to 10 assumed.
    expect(rest).toEqual({ state: "cut", look: 11, after: "whole", next: 12 });
    expect(said).toContain("line 6 of the ledger is incomplete");
    expect(said).toContain("every night since 2024-10-07 counts as a look");
    expect(entriesOf((await readLedger(file.path, today)).entries, "gap")).toHaveLength(1);
    expect(readFileSync(`${ledgerPath(file.path)}.damaged`, "utf8")).toMatch(/"previous":"[^\n]*$/);
  });

  it("where a torn line was made today: it counts all the same", async () => {
    file.write(awkward);
    await lookAtNight(file.path, firstNight);
    await lookAtNight(file.path, firstNight, { fingerprint: "again" });
    truncateSync(ledgerPath(file.path), readFileSync(ledgerPath(file.path)).length - 40);
    expect(nextLook((await readLedger(file.path, nightMs(firstNight))).entries, firstNight)).toBe(3);
  });

  it("where only the last line break is missing: nothing is lost", async () => {
    await fiveNights();
    tamper(file.path, (text) => text.trimEnd());
    expect(await healing()).toMatchObject({ state: "whole", look: 6, next: 7 });
  });

  it("where whole lines are gone from its end", async () => {
    await fiveNights();
    tamper(file.path, (text) => `${text.split("\n").slice(0, 4).join("\n")}\n`);
    const { said, ...rest } = await healing();
    expect(rest).toEqual({ state: "cut", look: 11, after: "whole", next: 12 });
    expect(said).toContain("the last 2 lines of the ledger are missing");
  });

  it("where a line is taken out, changed, doubled or put in by hand", async () => {
    const changes: ((line: string) => string[])[] = [
      () => [],
      (line) => [line.replace('"look":3', '"look":1')],
      (line) => [line, line],
      (line) => [line, '{"kind":"look"}'],
    ];
    for (const change of changes) {
      await fiveNights();
      tamper(file.path, withLine(4, change));
      const { said, state, look, after } = await healing();
      expect([state, look, after]).toEqual(["cut", 11, "whole"]);
      expect(said).toMatch(/line [45] of the ledger was changed, or lines before it are missing/);
      rmSync(`${file.path}.sluice`, { recursive: true });
    }
  });

  it("where it is gone with its folder and a save left a backup: every night since the backup counts", async () => {
    file.write(awkward);
    await saveConfig(await openConfig(file.path), scalping({ min_signal_score: 71 }), { nowMs: nightMs(firstNight) });
    const { said, ...rest } = await healing();
    expect(rest).toEqual({ state: "missing", look: 11, after: "whole", next: 12 });
    expect(said).toContain("the ledger is missing, but earlier runs left traces");
    expect(said).toContain("since 2024-10-04");
  });

  it("where it is gone and the config has learned from a run of ours, but not from another system's", async () => {
    const learnt = (entry: object) => `{"phase2_learning": {"latest": null, "history": [${JSON.stringify(entry)}]}}`;
    const timestamp = new Date(nightMs(firstNight)).toISOString();
    file.write(learnt({ timestamp, types: { scalping: { verdict: "PASSED", applied: "phase3" } } }));
    expect(await readLedger(file.path, today)).toMatchObject({
      state: "missing",
      said: expect.stringContaining("the ledger is missing"),
    });
    file.write(learnt({ timestamp, learned_features: {} }));
    expect(await readLedger(file.path, today)).toEqual({ entries: [], state: "missing", said: null });
  });

  it("where it is gone and its head stands", async () => {
    await fiveNights();
    rmSync(ledgerPath(file.path));
    expect(await healing()).toMatchObject({ state: "missing", look: 11, after: "whole" });
  });

  it("where it is another config's", async () => {
    await fiveNights();
    renameSync(file.path, join(file.folder, "other.json"));
    renameSync(`${file.path}.sluice`, join(file.folder, "other.json.sluice"));
    file.path = join(file.folder, "other.json");
    const { said, ...rest } = await healing();
    expect(rest).toEqual({ state: "foreign", look: 11, after: "whole", next: 12 });
    expect(said).toContain('belongs to another config, "learning_config.json"');
  });

  it("where another bot's ledger of the same name was copied over it, or appended to it", async () => {
    await fiveNights();
    const own = readFileSync(ledgerPath(file.path), "utf8");
    const elsewhere = join(file.folder, "elsewhere");
    mkdirSync(elsewhere);
    const other = join(elsewhere, "learning_config.json");
    writeFileSync(other, awkward);
    await lookAtNight(other, firstNight + 3);
    copyFileSync(ledgerPath(other), ledgerPath(file.path));
    expect(await readLedger(file.path, today)).toMatchObject({ state: "foreign" });
    tamper(file.path, (text) => own + text);
    const { state, said } = await healing();
    expect([state, said]).toEqual([
      "foreign",
      expect.stringContaining("line 7 of the ledger belongs to another ledger"),
    ]);
  });

  it("where an older copy of it was put back and went on", async () => {
    await fiveNights();
    const old = `${readLines(file.path).slice(0, 3).join("\n")}\n`;
    const head = readFileSync(`${file.path}.sluice/ledger.head`);
    tamper(file.path, () => old);
    rmSync(`${file.path}.sluice/ledger.head`);
    for (let night = 5; night < 9; night++) await lookAtNight(file.path, firstNight + night);
    writeFileSync(`${file.path}.sluice/ledger.head`, head);
    // Nights 1, 2 and 6 to 9 are on record; 3 to 5 and the tenth are assumed.
    expect(await healing()).toMatchObject({ state: "cut", look: 11, after: "whole" });
  });

  it("where Sluice did not write it", async () => {
    for (const text of ["hello\n", "{}\n", "\u0000".repeat(5000), '{"a":1}\n{"b":2}\n']) {
      file.write(awkward);
      mkdirSync(`${file.path}.sluice`);
      writeFileSync(ledgerPath(file.path), text);
      const { state, look, after } = await healing();
      expect([["foreign", "cut"].includes(state), look >= 2, after]).toEqual([true, true, "whole"]);
      expect(readFileSync(`${ledgerPath(file.path)}.damaged`, "utf8")).toBe(text);
      rmSync(`${file.path}.sluice`, { recursive: true });
    }
  });

  it("where it is from the future: its lines stay, and every night since its first line counts once", async () => {
    await fiveNights();
    await lookAtNight(file.path, firstNight + 400);
    const { state, said, entries } = await readLedger(file.path, today);
    expect([state, nextLook(entries, tenth)]).toEqual(["future", 11]);
    expect(said).toContain("lines dated 2025-11-08, in the future");
    await lookAtNight(file.path, tenth);
    const later = await readLedger(file.path, nightMs(tenth + 1));
    expect([later.state, nextLook(later.entries, tenth + 1)]).toEqual(["future", 12]);
    // When its time has come it is a ledger like any other.
    expect((await readLedger(file.path, nightMs(firstNight + 401))).state).toBe("whole");
  });

  it("is not written on where a newer Sluice wrote it", async () => {
    await fiveNights();
    const [first] = readLines(file.path);
    const text = JSON.stringify({ ...JSON.parse(first!), v: 2 });
    const { hash, ...fields } = JSON.parse(text);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    // A line of version 2 with a hash that is right.
    const open = JSON.stringify(fields).slice(0, -1);
    const { createHash } = await import("node:crypto");
    const newer = `${open},"hash":"${createHash("sha256").update(open).digest("hex")}"}\n`;
    for (const change of [() => newer, (old: string) => old + newer]) {
      tamper(file.path, change);
      const before = readFileSync(ledgerPath(file.path), "utf8");
      const { state, said } = await readLedger(file.path, today);
      expect([state, said]).toEqual(["foreign", expect.stringContaining("written by a newer version of Sluice")]);
      expect((await errorOf(lookAtNight(file.path, tenth))).code).toBe("LEDGER_NEWER");
      expect(readFileSync(ledgerPath(file.path), "utf8")).toBe(before);
    }
  });

  it("whatever a byte of it becomes: said or harmless, and the looks never fewer", async () => {
    await fiveNights();
    const whole = readFileSync(ledgerPath(file.path));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Buffer.from(whole);
        bytes[at]! ^= flip;
        writeFileSync(ledgerPath(file.path), bytes);
        const { state, entries } = await readLedger(file.path, today);
        expect(nextLook(entries, tenth)).toBeGreaterThanOrEqual(6);
        if (at < whole.length - 1) expect(state).not.toBe("whole");
      }),
      { numRuns: 300 },
    );
  });

  it("wherever it is cut: the looks never fewer", async () => {
    await fiveNights();
    const whole = readFileSync(ledgerPath(file.path));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), async (length) => {
        writeFileSync(ledgerPath(file.path), whole.subarray(0, length));
        const { state, entries } = await readLedger(file.path, today);
        expect(nextLook(entries, tenth)).toBeGreaterThanOrEqual(6);
        expect(state === "whole").toBe(length >= whole.length - 1);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a line", () => {
  it("is sealed over every field, its own names before those of its body", () => {
    const line = sealed({
      ledger: "a",
      seq: 1,
      timeMs: 5,
      kind: "opened",
      body: { config: "x", seq: 9, hash: "no" },
      previous: "",
    });
    expect([line.seq, line.timeMs, line.kind, line.fields["config"]]).toEqual([1, 5, "opened", "x"]);
    expect(line.hash).toMatch(/^[0-9a-f]{64}$/);
  });
});
