import { readFileSync } from "node:fs";
import { partsTimes } from "../../src/run/planParts.ts";
import { root } from "../support/sources.ts";

/** Stated on the page. */
const usdPerCoreHour = 0.04;
const inputBytes = 8.2e6;
const partFileBytes = 500 + 10 * 900;
const coreCounts = [1, 16, 64, 1000];
const setCounts = [8, 9, 10, 11, 12];
const botCounts = [100, 1000, 10_000];
const nightCores = [1, 16, 64];

/** What the tables are worked out from, as docs/performance.md has it. */
interface Measured {
  /** Of a whole command, without the sums of its search. */
  readonly baseMs: number;
  readonly setsPerMs: number;
  readonly nightSeconds: number;
}

function measured(): Measured {
  const page = readFileSync(`${root}docs/performance.md`, "utf8");
  const found = (form: RegExp): number[] => {
    const figures = form.exec(page);
    if (!figures) throw new Error(`docs/performance.md has no ${form}`);
    return figures.slice(1).map((figure) => Number(figure.replaceAll(",", "")));
  };
  const [wholeMs, engineMs] = found(
    /\| sluice search --memory 16mb +\| +4,000 \| +([\d.,]+) ms \|(?:[^|]*\|){3} +([\d.,]+) ms \|/,
  );
  const [sets, sweepMs] = found(/\| +([\d.]+)·10⁸ \| +46,656 \| this engine +\| +([\d.]+) ms \|/);
  const [nightSeconds] = found(/every test of the verdict: ([\d.]+) s of CPU by `evidence`/);
  return { baseMs: wholeMs! - engineMs!, setsPerMs: (sets! * 1e8) / sweepMs!, nightSeconds: nightSeconds! };
}

const rounded = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(2)));

function timeText(seconds: number): string {
  if (seconds < 120) return `${rounded(seconds)} s`;
  return seconds < 7200 ? `${rounded(seconds / 60)} min` : `${rounded(seconds / 3600)} h`;
}

function bytesText(bytes: number): string {
  return bytes < 1e9 ? `${rounded(bytes / 1e6)} MB` : `${rounded(bytes / 1e9)} GB`;
}

function priceText(usd: number): string {
  return usd < 0.01 ? "< 0.01" : rounded(usd);
}

/** A table as Markdown, its first column left and the others right. */
function tableOf([names, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(names!), line(names!.map((_, k) => (k === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

function searchTable({ baseMs, setsPerMs }: Measured): string {
  const head = ["sets", "cores", "time", "core hours", "USD", "moved", "of it useful"];
  const rows = setCounts.flatMap((power) =>
    coreCounts.map((cores) => {
      const sumsMs = 10 ** power / setsPerMs;
      const part = baseMs + sumsMs / cores;
      const { milliseconds, efficiency, pays } = partsTimes(
        baseMs + sumsMs,
        Array.from({ length: cores }, () => part),
      );
      const hours = milliseconds / 3_600_000;
      return [
        `10<sup>${power}</sup>`,
        cores.toLocaleString("en"),
        timeText(part / 1000),
        rounded(hours),
        priceText(hours * usdPerCoreHour),
        cores === 1 ? bytesText(inputBytes) : bytesText(cores * (inputBytes + partFileBytes)),
        `${Math.round(100 * efficiency)} %${pays ? "" : ", does not pay"}`,
      ];
    }),
  );
  return tableOf([head, ...rows]);
}

function fleetTable({ nightSeconds }: Measured): string {
  const head = [
    "bots",
    "core hours a night",
    "USD a night",
    ...nightCores.map((cores) => `on ${cores} core${cores > 1 ? "s" : ""}`),
    "read",
  ];
  const rows = botCounts.map((bots) => {
    const hours = (bots * nightSeconds) / 3600;
    return [
      bots.toLocaleString("en"),
      rounded(hours),
      priceText(hours * usdPerCoreHour),
      ...nightCores.map((cores) => timeText(Math.ceil(bots / cores) * nightSeconds)),
      bytesText(bots * inputBytes),
    ];
  });
  return tableOf([head, ...rows]);
}

/** What stands between the marks `<!-- scale:NAME -->` and `<!-- /scale -->` of docs/scale.md, by name. */
export function scaleTexts(): Readonly<Record<string, string>> {
  const from = measured();
  return {
    base: `${(from.baseMs / 1000).toFixed(2)} s`,
    rate: rounded(from.setsPerMs / 1000),
    night: String(from.nightSeconds),
    search: `\n${searchTable(from)}\n`,
    fleet: `\n${fleetTable(from)}\n`,
  };
}
