import { describe, expect, it } from "vitest";
import { filledPage } from "../../bench/fillPage.ts";
import { tableText } from "../../bench/format.ts";
import { quantile, summarise } from "../../bench/measure.ts";
import { plotSvg } from "../../bench/plot.ts";
import type { Result } from "../../bench/results.ts";

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
