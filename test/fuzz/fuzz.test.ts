import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { randomFrom } from "../support/random.ts";
import { type Door, openDoors } from "./doors.ts";

/** `npm run fuzz` tries many more, from another seed each time. */
const cases = Number(process.env["SLUICE_FUZZ"] ?? 2_000);
const seed = Number(process.env["SLUICE_FUZZ_SEED"] ?? 1);
const names = [
  "candles, simulated",
  "candles, inspected",
  "holes, breaks and grids",
  "columns in memory",
  "rows in memory",
  "values in place of files",
  "clocks",
  "dirty candles",
  "signals, CSV",
  "signals, other times",
  "signals, other names",
  "signals, JSON",
  "space",
  "params",
  "defaults file",
  "suggestions",
  "flags",
  "config",
];

// A config that is no JSON may be half-written, and is given time: not here.
vi.mock("node:timers/promises", async (original) => ({
  ...(await original<object>()),
  setTimeout: async () => undefined,
}));

/** It says what is wrong with a file, and that is its success. */
const isInspection = (name: string): boolean => name === "candles, inspected" || name === "dirty candles";

let folder = "";
let doors: Readonly<Record<string, Door>> = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-fuzz-"));
  doors = await openDoors(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("spoilt input ends in success or in one clear error", () => {
  it("at every door, and sound input in success", async () => {
    expect(Object.keys(doors).sort()).toEqual([...names].sort());
    for (const name of names) expect([name, await doors[name]!(null)]).toEqual([name, "done"]);
  });

  for (const name of names)
    it(
      name,
      async () => {
        const share = Math.ceil(cases / names.length);
        const outcomes = { done: 0, refused: 0 };
        const findings: string[] = [];
        for (let k = 0; k < share && findings.length < 5; k++) {
          const own = seed * 1_000_003 + k;
          await doors[name]!(randomFrom(own)).then(
            (outcome) => outcomes[outcome]++,
            (error: Error) => findings.push(`seed ${own}: ${error.message}`),
          );
        }
        if (process.env["SLUICE_FUZZ"]) console.log(name, outcomes);
        expect(findings).toEqual([]);
        // Cases that are all refused, or all taken, would test one half of the program.
        if (share > 100) expect(outcomes.done).toBeGreaterThan(0);
        if (share > 100 && !isInspection(name)) expect(outcomes.refused).toBeGreaterThan(0);
      },
      900_000 + 100 * cases,
    );
});
