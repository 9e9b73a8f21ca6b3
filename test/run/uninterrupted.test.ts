import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { optimize } from "../../src/run/optimize.ts";
import { type EdgeMarket, edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";

let folder = "";
let market: EdgeMarket;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-uninterrupted-"));
  market = writeEdgeMarket(folder);
  writeFileSync(join(folder, "a.json"), edgeConfig);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All files with size and time, for comparison. */
const state = (): string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).sort().map((name) => {
    const { size, mtimeMs, ino } = statSync(join(folder, name));
    return `${name} ${size} ${mtimeMs} ${ino}`;
  });

describe("a run that may be terminated", () => {
  it.each(["gate", "shadow"] as const)(
    "changes no file but where it says that it may not be, policy %s",
    async (policy) => {
      let known = state();
      let depth = 0;
      const changedElsewhere: string[][] = [];
      const look = (): void => {
        const now = state();
        changedElsewhere.push(now.filter((line) => !known.includes(line)));
      };
      const withFiles = async <T>(work: () => Promise<T>): Promise<T> => {
        if (depth++ === 0) look();
        try {
          return await work();
        } finally {
          if (--depth === 0) known = state();
        }
      };
      const { runs } = await optimize({ ...market, configs: [join(folder, "a.json")], policy }, { withFiles });
      look();
      expect(changedElsewhere.flat()).toEqual([]);
      // A look and its outcome at least, each in the ledger.
      expect(changedElsewhere.length).toBeGreaterThan(2);
      expect(runs[0]!.ledger).not.toBeNull();
    },
  );
});
