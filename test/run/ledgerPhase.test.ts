import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { entriesOf } from "../../src/config/ledgerEntries.ts";
import { shareOf } from "../../src/config/ledgerEpochs.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import { optimize } from "../../src/library/calls.ts";
import { paintFor } from "../../src/report/paint.ts";
import { optimizeSummary } from "../../src/report/summary.ts";
import { type EdgeMarket, edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";

let folder = "";
let market: EdgeMarket;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-looks-"));
  market = writeEdgeMarket(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const config = (): string => join(folder, "a.json");
const ledgerFile = (): string => join(`${config()}.sluice`, "ledger.jsonl");
const run = (more: object = {}) => optimize({ ...market, configs: [config()], dryRun: true, ...more });
const entries = async () => (await readLedger(config(), market.nowMs)).entries;

beforeEach(() => {
  rmSync(`${config()}.sluice`, { recursive: true, force: true });
  for (const name of readdirSync(folder).filter((name) => name.startsWith("a.json.bak"))) rmSync(join(folder, name));
  writeFileSync(config(), edgeConfig);
});

describe("a run's look at its hold-out", () => {
  it("is on record with what it may spend and what came of it, and its result says so", async () => {
    const { runs, split } = await run();
    const found = await entries();
    expect(found.map(({ kind }) => kind)).toEqual(["opened", "look", "outcome"]);
    const [look] = entriesOf(found, "look");
    expect(look).toMatchObject({ isDryRun: true, confidence: 0.95, splitMs: split.time });
    const { ledger, decision, phase4 } = runs[0]!;
    expect(Object.keys(ledger!.types).sort()).toEqual(Object.keys(decision).sort());
    for (const { look: k, level } of Object.values(ledger!.types)) {
      expect(k).toBe(1);
      expect(level).toBeCloseTo(0.05 * shareOf(1), 12);
    }
    const [outcome] = entriesOf(found, "outcome");
    for (const [type, { candidates, decision: decided }] of Object.entries(outcome!.types)) {
      expect(candidates.map(({ verdict }) => verdict)).toEqual(
        phase4.types[type]!.candidates.map(({ verdict }) => verdict),
      );
      expect(decided).toEqual({ advice: decision[type]!.advice, applied: decision[type]!.applied });
    }
  });

  it("is the same look where the same run looks again, dry or not, and another one where anything is asked otherwise", async () => {
    const looksOf = async (more: object): Promise<number[]> => {
      const { runs } = await run(more);
      return Object.values(runs[0]!.ledger!.types).map(({ look }) => look);
    };
    expect(await looksOf({})).toEqual([1, 1]);
    expect(await looksOf({ strict: true })).toEqual([1, 1]);
    expect(await looksOf({ dryRun: false })).toEqual([1, 1]);
    writeFileSync(config(), edgeConfig);
    expect(await looksOf({ minTrades: 21 })).toEqual([2, 2]);
    expect(await looksOf({ minTrades: 22 })).toEqual([3, 3]);
  });

  it("spends: after many looks a change is not sure enough that was at the first, and the report says why", async () => {
    const first = await run();
    expect(first.runs[0]!.decision["good"]!.advice).toBe("apply");
    for (let k = 0; k < 30; k++) {
      // As another run would have left it: a look at the same days.
      const looks = entriesOf(await entries(), "look");
      const { recordLook } = await import("../../src/config/ledger.ts");
      const { kind: _kind, seq: _seq, timeMs: _time, types, ...look } = looks.at(-1)!;
      await recordLook(
        config(),
        { ...look, types: Object.keys(types), fingerprint: `another ${k}` },
        { nowMs: market.nowMs },
      );
    }
    const late = await run({ minTrades: 21 });
    const { decision, ledger } = late.runs[0]!;
    expect(ledger!.types["good"]).toMatchObject({ look: 32 });
    expect(decision["good"]).toMatchObject({ advice: "keep", applied: null });
    expect(decision["good"]!.reasons[0]).toMatchObject({ code: "NOT_SURE_ENOUGH", look: 32 });
    const text = optimizeSummary(late, paintFor(false)).replace(/\s+/g, " ");
    expect(text).toContain("after 31 earlier looks at the same days");
    expect(text).toContain("is better in all 10,000 resamples, needed 99.9985% after 31 earlier looks");
    expect(text).toContain(
      "good, bad: the 32nd look at the hold-out that began on 2025-08-26; it may spend 0.0030% of doubt",
    );
    expect(text).not.toContain("another look is not independent evidence");
  });

  it("is said where the ledger was damaged, which costs the change and nothing else", async () => {
    await run();
    appendFileSync(ledgerFile(), '{"torn');
    const { warnings, runs } = await run({ minTrades: 21 });
    expect(warnings.map(({ code }) => code)).toContain("LEDGER");
    expect(runs[0]!.ledger!.state).not.toBe("whole");
    expect(readFileSync(config(), "utf8")).toBe(edgeConfig);
    expect((await readLedger(config(), market.nowMs)).state).toBe("whole");
  });

  it("is none without a config", async () => {
    const { runs } = await optimize({ ...market });
    expect(runs[0]!.ledger).toBeNull();
  });
});
