import { count, day, parameterText } from "../../words/figures.ts";
import type { TableData } from "../data/frame.ts";
import type { MethodData } from "../data/method.ts";
import { part } from "../part.ts";
import type { PageSource } from "../source.ts";

const mostRows = 20;
const mebibyte = 2 ** 20;

/** What the figures rest on: data with its holes and breaks, split, costs, options, the command, memory, and what words mean. */
export const method = part({
  id: "method",
  heading: (words) => words.method.heading,
  data: (source) => ({
    command: source.command,
    tables: [factsTable(source), candleTable(source), ...breakTable(source)],
    options: optionTable(source),
    memory: memoryOf(source),
    glossary: source.texts.page.method.glossary,
  }),
});

function factsTable({ facts, splitMs, texts }: PageSource): TableData {
  const words = texts.page.method;
  const split = splitMs === null ? [] : [[words.split, words.splitAt(day(splitMs))]];
  return { caption: words.thisRun, columns: ["", ""], rows: [...split, ...facts.map(([name, text]) => [name, text])] };
}

function candleTable({ candles, texts }: PageSource): TableData {
  const words = texts.page.method;
  const { symbols, holes, filled, closed, funding } = candles;
  const rows: [string, string][] = [
    [words.symbols, count(symbols)],
    [words.candles, count(candles.candles)],
    [words.span, words.spanOf(day(candles.from), day(candles.to))],
    [words.holes, words.holesOf(holes, filled)],
    [words.breaks, words.breaksOf(candles.breaks.length)],
    [words.duplicates, count(candles.duplicates)],
    [words.repaired, count(candles.repaired)],
    [words.dropped, count(candles.dropped)],
    [words.unfinished, count(candles.unfinished)],
    ...closed.map(({ when, symbols: n }): [string, string] => [words.closed, words.closedOf(texts.sentence(when), n)]),
    ...candles.read_as.slice(0, mostRows).map((text): [string, string] => [words.readAs, texts.sentence(text)]),
    ...(candles.left_out.length > 0
      ? [[words.leftOut, candles.left_out.slice(0, mostRows).join(texts.list)] as [string, string]]
      : []),
    ...(funding ? [[words.funding, count(funding.payments)] as [string, string]] : []),
  ];
  return { caption: words.candles, columns: ["", ""], rows };
}

function breakTable({ candles: { breaks }, texts }: PageSource): TableData[] {
  if (breaks.length === 0) return [];
  return [
    {
      caption: texts.page.method.breakCaption,
      columns: texts.page.method.breakColumns,
      rows: breaks.slice(0, mostRows).map(({ symbol, time, ratio }) => [symbol, day(time), parameterText(ratio)]),
      more: Math.max(0, breaks.length - mostRows),
    },
  ];
}

function optionTable({ options, texts }: PageSource): TableData | null {
  const words = texts.page.method;
  const rows = Object.entries(options).map(([name, value]) => [
    name,
    value === null ? words.notSet : typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  if (rows.length === 0) return null;
  return {
    caption: words.options,
    columns: words.optionColumns,
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
