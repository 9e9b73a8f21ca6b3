import { count, day, parameterText } from "../../words/figures.ts";
import type { TableData } from "../data/frame.ts";
import type { MethodData } from "../data/method.ts";
import { part } from "../part.ts";
import type { PageSource } from "../source.ts";
import { glossary } from "./glossary.ts";

const mostRows = 20;
const mebibyte = 2 ** 20;

/** What the figures rest on: data with its holes and breaks, split, costs, options, the command, memory, and what words mean. */
export const method = part({
  id: "method",
  heading: "Data and method",
  data: (source) => ({
    command: source.command,
    tables: [factsTable(source), candleTable(source), ...breakTable(source)],
    options: optionTable(source),
    memory: memoryOf(source),
    glossary,
  }),
});

function factsTable({ facts, splitMs }: PageSource): TableData {
  const split = splitMs === null ? [] : [["Split", `searched before ${day(splitMs)}, checked from then on`]];
  return { caption: "This run", columns: ["", ""], rows: [...split, ...facts.map(([name, text]) => [name, text])] };
}

function candleTable({ candles }: PageSource): TableData {
  const { symbols, holes, filled, closed, funding } = candles;
  const rows: [string, string][] = [
    ["Symbols", count(symbols)],
    ["Candles", count(candles.candles)],
    ["From, to", `${day(candles.from)} to ${day(candles.to)}`],
    ["Holes", `${count(holes)}, ${count(filled)} candles missing; nothing is filled in`],
    ["Breaks (changes of unit)", `${count(candles.breaks.length)}; no trade crosses one`],
    ["Duplicates dropped", count(candles.duplicates)],
    ["Repaired by rounding", count(candles.repaired)],
    ["Invalid rows dropped", count(candles.dropped)],
    ["Unfinished, left out", count(candles.unfinished)],
    ...closed.map(({ when, symbols: n }): [string, string] => ["Closed", `${when} (${count(n)} symbols)`]),
    ...candles.read_as.slice(0, mostRows).map((text): [string, string] => ["Read as", text]),
    ...(candles.left_out.length > 0
      ? [["No candles in the span", candles.left_out.slice(0, mostRows).join(", ")] as [string, string]]
      : []),
    ...(funding ? [["Funding payments", count(funding.payments)] as [string, string]] : []),
  ];
  return { caption: "Candles", columns: ["", ""], rows };
}

function breakTable({ candles: { breaks } }: PageSource): TableData[] {
  if (breaks.length === 0) return [];
  return [
    {
      caption: "Breaks: prices change their unit there, as after a split",
      columns: ["symbol", "first candle after it", "open over the close before"],
      rows: breaks.slice(0, mostRows).map(({ symbol, time, ratio }) => [symbol, day(time), parameterText(ratio)]),
      more: Math.max(0, breaks.length - mostRows),
    },
  ];
}

function optionTable({ options }: PageSource): TableData | null {
  const rows = Object.entries(options).map(([name, value]) => [
    name,
    value === null ? "not set" : typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  if (rows.length === 0) return null;
  return {
    caption: "Options that the result depends on, by their names in the library",
    columns: ["option", "value"],
    rows,
  };
}

function memoryOf({ memory, rssLimit }: PageSource): MethodData["memory"] {
  if (memory.length === 0) return null;
  const phases = new Map<string, { rss: number; linear: number }>();
  for (const { phase, rss, linear_memory } of memory) {
    const most = phases.get(phase) ?? { rss: 0, linear: 0 };
    phases.set(phase, { rss: Math.max(most.rss, rss), linear: Math.max(most.linear, linear_memory) });
  }
  const inMebibytes = (bytes: number): number => Math.round(bytes / mebibyte);
  return {
    phases: [...phases].map(([name, { rss, linear }]) => ({
      name,
      rss: inMebibytes(rss),
      linear: inMebibytes(linear),
    })),
    limit: rssLimit === null ? null : inMebibytes(rssLimit),
  };
}
