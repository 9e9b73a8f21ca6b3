import { describe, expect, it } from "vitest";
import { equityPlot } from "../../bench/equityPlot.ts";
import { filledPage } from "../../bench/fillPage.ts";
import { tableText } from "../../bench/format.ts";
import { quantile, summarise } from "../../bench/measure.ts";
import { plotSvg } from "../../bench/plot.ts";
import type { Result } from "../../bench/results.ts";
import type { PolicyFigures } from "../../src/rehearsal/result.ts";

const machine = {
  cpu: "A CPU",
  cores: 2,
  memoryBytes: 1_048_576,
  system: "Linux 6",
  node: "v20.1.0",
  v8: "11",
  load: 0.25,
  engine: "sluice 1",
};

function resultOf(date: string, milliseconds: number): Result {
  const columns = [
    { key: "what", head: "search", format: "text" as const },
    { key: "milliseconds", head: "median", format: "ms" as const },
  ];
  const table = { name: "pairs", title: "Pairs", columns, rows: [{ what: "engine", milliseconds }], notes: ["a note"] };
  return { date, machine, data: "made up", tables: [table] };
}

describe("the performance page", () => {
  it("takes each table from the newest result, says where it is from, and keeps the text around it", () => {
    const page =
      "before\n<!-- bench:pairs -->\nold\n<!-- /bench -->\nbetween\n<!-- bench:sets -->\n<!-- /bench -->\nafter\n";
    const filled = filledPage(page, [resultOf("2026-01-01T00:00:00Z", 9), resultOf("2026-01-02T00:00:00Z", 7)]);
    expect(filled).toContain("| engine |   7 ms |");
    expect(filled).toContain("Measured 2026-01-02, sluice 1; A CPU, 2 cores, 1 MiB, Linux 6; Node 20.1.0");
    expect(filled).not.toContain("old");
    expect(filled).toContain("<!-- bench:sets -->\n\nNot measured yet");
    expect(filled.startsWith("before\n") && filled.endsWith("\nafter\n")).toBe(true);
    expect(filledPage(filled, [])).not.toContain("7 ms");
  });

  it("writes numbers as people read them and leaves what is missing empty", () => {
    const columns = (["rate", "bytes", "percent", "count", "ms"] as const).map((format) => ({
      key: format,
      head: format,
      format,
    }));
    const rows = [
      { rate: 2.5e11, bytes: 16 * 1_048_576, percent: 0.125, count: 3_732_480, ms: 108_000 },
      { rate: null, bytes: null, percent: null, count: null, ms: null },
    ];
    const lines = tableText({ columns, rows, notes: [] }).split("\n");
    expect(lines[2]).toBe("| 2.50·10¹¹ | 16 MiB |  12.5 % | 3,732,480 | 108 s |");
    expect(lines[3]!.replace(/[ |]/g, "")).toBe("");
  });
});

describe("a timing", () => {
  it("is the median, with the distance between the quartiles as a share of it", () => {
    expect(summarise([30, 10, 20, 40, 50])).toEqual({ milliseconds: 30, spread: 20 / 30, runs: 5 });
    expect(quantile([1, 2], 0.5)).toBe(1.5);
  });
});

describe("a plot", () => {
  it("draws a power as a straight line and escapes its words", () => {
    const points = [
      [10, 1],
      [100, 10],
      [1000, 100],
    ] as const;
    const svg = plotSvg({ file: "p", title: "a < b", x: "x", y: "y", series: [{ name: "s", points }] });
    const [a, b, c] = /points="([^"]+)"/
      .exec(svg)![1]!
      .split(" ")
      .map((pair) => pair.split(",").map(Number));
    expect(b![0]! - a![0]!).toBeCloseTo(c![0]! - b![0]!, 1);
    expect(b![1]! - a![1]!).toBeCloseTo(c![1]! - b![1]!, 1);
    expect(svg).toContain("a &lt; b");
  });
});

describe("an equity curve", () => {
  const day = 86_400_000;
  const made = (...sums: number[]): PolicyFigures =>
    ({ equity: sums.map((sum, k) => [(k + 1) * day, sum] as const) }) as unknown as PolicyFigures;
  const policies = {
    as_configured: made(10, 20, 30),
    never_change: made(-10, -20, -30),
    not_trading: made(0, 0, 0),
    phase3_always: made(30, -30, 0),
    phase2_always: made(0, 0, 0),
    passed_only: made(-10, -20, -30),
  };
  const svg = equityPlot({ policies, nights: [0], end: 3 * day });
  const curves = [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, places]) =>
    places!.split(" ").map((place) => place.split(",").map(Number) as [number, number]),
  );

  it("begins each policy at 0 on the first night and keeps to its sums", () => {
    const [never, passed, decided, phase3] = curves;
    expect(new Set(curves.map(([first]) => String(first))).size).toBe(1);
    const zero = never![0]![1];
    for (const k of [1, 2, 3]) {
      expect(decided![k]![1]).toBeCloseTo(2 * zero - never![k]![1], 0);
      expect(decided![k]![0] - decided![k - 1]![0]).toBeCloseTo(decided![1]![0] - decided![0]![0], 0);
    }
    expect(decided![3]![1]).toBeLessThan(zero);
    expect(phase3!.at(-1)![1]).toBe(zero);
    expect(passed).toEqual(never);
  });

  it("names every policy that trades", () => {
    for (const name of ["as decided", "never change", "phase 3 always", "phase 2 always", "PASSED only"])
      expect(svg).toContain(`>${name}</text>`);
  });
});
