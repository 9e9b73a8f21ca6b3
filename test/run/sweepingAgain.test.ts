import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { plan } from "../../src/run/plan.ts";
import { loadSearch } from "../../src/run/search.ts";
import { Session } from "../../src/run/session.ts";
import { searched } from "../../src/run/typeSearch.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { searchFiles } from "../parts/jobFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-again-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => from + ((to - from) * k) / count);

/** A search by its space; no luck is below 0. */
async function taskOf(space: object): Promise<SearchTask> {
  const request = searchFiles(folder, { top: 5, minTrades: 3, objective: "total" });
  writeFileSync(request.spaceFile, JSON.stringify(space));
  return (await loadSearch(request, new Session())).task;
}

const exits = { atr_tp_multiplier: [1, 2, 4], atr_stop_multiplier: [1, 2], max_holding_hours: [2, 5] };
/** Each set stands there 400 times: more than a second sweep keeps, and fewer than a third. */
const tied = { ...exits, min_luck: range(-1, 0, 400) };

/** What a search tells of its sweeps. */
function heard(task: SearchTask): { readonly sweeps: number[]; readonly ties: boolean[][]; readonly proven: boolean } {
  const sweeps: number[] = [];
  const ties: boolean[][] = [];
  const { proven } = searchTable({
    ...task,
    onSweep: (sweep) => {
      sweeps.push(sweep);
      ties.push([]);
    },
    onTies: (areTied) => ties.at(-1)!.push(areTied),
  });
  return { sweeps, ties, proven };
}

describe("a search where more sets tie at the last place than a sweep keeps", () => {
  it("says during each sweep whether there will be another", async () => {
    const many = { ...tied, atr_tp_multiplier: range(1, 4, 60), atr_stop_multiplier: range(1, 2, 40) };
    const { sweeps, ties, proven } = heard(await taskOf(many));
    expect([sweeps, proven]).toEqual([[0, 1, 2], true]);
    expect(ties.map((each) => each.at(-1))).toEqual([true, true, false]);
    expect(ties[0]!.length).toBeGreaterThan(3);
  });

  it("is swept once where sets can be told apart", async () => {
    const { sweeps, ties } = heard(await taskOf({ ...exits, min_luck: [0, 0.3, 0.5] }));
    expect(sweeps).toEqual([0]);
    expect(ties.flat()).not.toContain(true);
  });

  it.each([1, 2])("goes on to tell how far it is while it is swept again, on %d threads", async (threads) => {
    const wide = { ...tied, atr_tp_multiplier: range(1, 4, 200), atr_stop_multiplier: range(1, 2, 80) };
    const task = { ...(await taskOf(wide)), threads };
    const shares: number[] = [];
    const begun: number[] = [];
    class Watched extends Session {
      override readonly beat = (): void => {
        shares.push(this.meter.standing().share);
      };
      override say(phase: string, message: string): void {
        if (message.includes("again")) begun.push(shares.length);
        super.say(phase, message);
      }
    }
    await searched(task, new Watched());
    expect(begun).toHaveLength(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    for (const [k, from] of begun.entries()) {
      const during = shares.slice(from, begun[k + 1]);
      // What is left shrinks all the time; it had stood at 98 % from the first sweep on.
      expect(new Set(during).size).toBeGreaterThan(20);
      expect((during.at(-1)! - during[0]!) / (1 - during[0]!)).toBeGreaterThan(0.2);
    }
  });
});

it("a plan says how often a search may be swept, and what that takes", async () => {
  const request = searchFiles(folder);
  const { expected } = await plan(request);
  expect(expected.ties.sweeps).toBe(3);
  expect(expected.ties.engine_milliseconds).toBe(3 * expected.engine_milliseconds);
});
