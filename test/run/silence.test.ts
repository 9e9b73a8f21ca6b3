import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { optimize } from "../../src/run/optimize.ts";
import type { Progress } from "../../src/run/request.ts";
import { Session } from "../../src/run/session.ts";
import { type EdgeMarket, writeEdgeMarket } from "../support/edgeMarket.ts";

let folder: string;
let market: EdgeMarket;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-silence-"));
  market = writeEdgeMarket(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** A clock that stands where it is put, and goes on by `stepMs` whenever it is looked at. */
function clockOf(stepMs: number): { nowMs: number } {
  const clock = { nowMs: 0 };
  vi.spyOn(performance, "now").mockImplementation(() => {
    clock.nowMs += stepMs;
    return clock.nowMs;
  });
  return clock;
}

describe("a run that works in silence", () => {
  it("says its last word again after a quarter of a second, and not before", () => {
    const clock = clockOf(0);
    const heard: Progress[] = [];
    const session = new Session({ onProgress: (word) => heard.push(word) });
    session.beat();
    expect(heard).toEqual([]);
    session.say("phase4", "judging", 0.5);
    clock.nowMs = 249;
    session.beat();
    expect(heard).toHaveLength(1);
    clock.nowMs = 250;
    session.beat();
    session.beat();
    const word = { phase: "phase4", message: "judging", fraction: 0.5 };
    expect(heard).toMatchObject([word, word]);
  });

  it("ends a run inside another as it was ended: by the listener's throw, told once", () => {
    const clock = clockOf(0);
    let isDeaf = false;
    const outer = new Session({
      onProgress: () => {
        if (isDeaf) throw new Error("deaf");
      },
    });
    const inner = new Session({ onProgress: outer.sayAgain });
    outer.say("rehearse", "night 1 of 4");
    inner.say("phase2", "searching");
    isDeaf = true;
    clock.nowMs = 1000;
    expect(() => inner.say("phase3", "searching")).toThrow(/^onProgress threw, so the call was stopped: deaf/);
  });

  it("may say something between any two pieces of work: files, passing moments, windows, random runs", async () => {
    // Every look at the clock finds a quarter of a second gone, so that each chance to speak is taken.
    clockOf(250);
    const heard: Progress[] = [];
    const result = await optimize({ ...market, dryRun: true, threads: 1 }, { onProgress: (word) => heard.push(word) });
    const chances = (phase: string): number => heard.filter((word) => word.phase === phase).length;
    expect(chances("load")).toBeGreaterThan(result.phase1.symbols);
    expect(chances("phase2")).toBeGreaterThan(2);
    const shares = heard.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(heard.at(-1)!.remainingMs).toBe(0);
    // Every expected piece was begun by its name, or nothing would move.
    expect(shares.at(-3)).toBeGreaterThan(0.9);
    expect(new Set(shares).size).toBeGreaterThan(100);
    // Each set that is judged has 200 runs of random entries, and six windows of each search.
    expect(chances("phase4")).toBeGreaterThan(200);
  });
});
