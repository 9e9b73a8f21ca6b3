import { describe, expect, it } from "vitest";
import type { JobStatus, PartProblem, PartResult, SplitResult } from "../../src/parts/result.ts";
import { plainPaint } from "../../src/report/paint.ts";
import { partSummary, splitSummary, statusSummary } from "../../src/report/partsSummary.ts";
import { languages } from "../../src/words/catalogue/languages.ts";
import { englishIn } from "../support/english.ts";
import { lineWidths, widths } from "./widths.ts";

const id = "0123456789abcdef0123456789abcdef";
const again = "sluice part --job job --part 3";
const open: PartProblem[] = [
  { part: 1, problem: "missing", found: "it has no file", remedy: again },
  {
    part: 2,
    problem: "damaged",
    found: "its file is truncated or changed: the sha256 does not match",
    remedy: again,
  },
  { part: 3, problem: "foreign", found: "Sluice 0.0.1 made it, not 0.1.0", remedy: again },
  { part: 4, problem: "foreign", found: `it belongs to job ${id}`, remedy: again },
  { part: 5, problem: "foreign", found: "it is the file of part 6", remedy: again },
  {
    part: 6,
    problem: "unproven",
    found: "more sets tie at its last place than a search replays, so that its order is not certain",
    remedy:
      "split again with a --top or a space in which fewer sets tie: candidates that no trade tells apart are one too many",
  },
  {
    part: 7,
    problem: "floor",
    found: "its floor -1.5e-7 is above the last place of the parts that are finished",
    remedy: `${again}, without --floor`,
  },
];
const status: JobStatus = {
  ...{ folder: "job", job: id, version: "0.1.0", fingerprint: id, type: "swing", objective: "evidence" },
  ...{ sets: 9000, parts: 9, finished: 2, finished_sets: 2000, ranked: 1500, engine_milliseconds: 1234, floor: null },
  open,
};
const part = {
  ...{ part: 3, sets: 1000, ranked: 700, proven: false, floor: 0.5, top: [] },
  engine: { linear_memory_bytes: 1, passes: 1, threads: 1, replays: 1, milliseconds: 5 },
} as unknown as PartResult;
const split = {
  ...{ folder: "job", job: id, searched: { type: "swing", objective: "total" }, sets: 9000, parts: 9, empty: 2 },
  ...{ input_bytes: 3_000_000, existed: true },
} as unknown as SplitResult;

const flat = (text: string): string => text.replace(/\s+/g, " ");

describe("the summary of a job's status", () => {
  it("names each open part, what is wrong with it, and its remedy", () => {
    const text = flat(statusSummary(status, plainPaint));
    expect(text).toContain("Finished 2 of 9 parts, 2,000 of 9,000 sets, 1,500 ranked, 1.2 s in the engine");
    for (const { part: number, problem, found, remedy } of open)
      expect(text).toContain(`part ${number} ${problem}: ${found}; ${remedy}`);
  });

  it("shows twenty of them and counts the others", () => {
    const many = Array.from({ length: 31 }, (_, number) => ({ ...open[0]!, part: number }));
    expect(statusSummary({ ...status, open: many }, plainPaint)).toContain("and 11 more");
  });
});

describe.each(Object.entries(languages))("summaries of jobs in %s", (tag, texts) => {
  const summaries = (width: number): string[] => [
    splitSummary(split, plainPaint, width, texts),
    partSummary(part, plainPaint, width, texts),
    statusSummary(status, plainPaint, width, texts),
    statusSummary({ ...status, open: [], floor: 12.5 }, plainPaint, width, texts),
  ];

  it.each(widths)("fit %d columns", (width) => {
    for (const text of summaries(width)) expect(Math.max(...lineWidths(text))).toBeLessThanOrEqual(width);
  });

  if (tag !== "en")
    it("say nothing in English", () => {
      for (const text of summaries(1000)) expect(englishIn(text, ["swing", "job"])).toEqual([]);
    });
});
