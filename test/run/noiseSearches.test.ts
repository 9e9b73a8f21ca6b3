import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AbortedError, optimize } from "../../src/index.ts";
import { type EdgeMarket, writeEdgeMarket } from "../support/edgeMarket.ts";

let folder: string;
let market: EdgeMarket;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-noise-"));
  market = writeEdgeMarket(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Progress = { readonly message: string; readonly fraction?: number };

describe("searches over noise", () => {
  it("find less than a planted edge in all 19 of them, and at least as much as noise in fewer", async () => {
    const heard: Progress[] = [];
    const result = await optimize({ ...market, dryRun: true, seed: 1 }, { onProgress: (event) => heard.push(event) });
    const selectionOf = (type: string) =>
      result.runs[0]!.phase4.types[type]!.tests.find(({ name }) => name === "selection")!;
    expect(selectionOf("good")).toMatchObject({ outcome: "passed", figure: 0.05 });
    expect(selectionOf("good").figures).toMatchObject({ runs: 19, at_least_as_good: 0 });
    const noise = heard.filter(({ message }) => message.startsWith("searching noise, good"));
    expect(new Set(noise.map(({ message }) => message)).size).toBe(19);
    expect(noise.at(-1)!.message).toBe("searching noise, good, 19 of 19");
    expect(noise.at(-1)!.fraction).toBeCloseTo(18 / 19, 12);
  });

  it("stop where the caller wants it", async () => {
    const stop = new AbortController();
    const heard: string[] = [];
    const stopped = optimize(
      { ...market, dryRun: true },
      {
        signal: stop.signal,
        onProgress: ({ message }) => {
          heard.push(message);
          if (message.startsWith("searching noise, good, 2 ")) stop.abort();
        },
      },
    );
    await expect(stopped).rejects.toBeInstanceOf(AbortedError);
    expect(heard.some((message) => message.startsWith("searching noise, good, 3 "))).toBe(false);
  });
});
