import type { PortfolioResult } from "../../portfolio/result.ts";
import type { ConfigRun, Replay } from "../../run/results.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { percent, unsignedPercent } from "../../words/figures.ts";
import { padEnd, padStart, paragraph, shorten, widthOf } from "../lines.ts";
import { decisionCell } from "./decisionCell.ts";
import type { Look } from "./parts.ts";

/** Columns of a row's label. */
export const labelWidth = 18;

/** What the bot makes now with a type, what was proposed would have made, and what was decided. */
export interface NowRow {
  /** The type, with its config's name where there are several. */
  readonly label: string;
  /** An average per trade, with a portfolio what the purse gained, or `-`. */
  readonly now: string;
  readonly proposed: string;
  readonly decision: string;
}

/** One row a type, and one for all of them where they share a purse. */
export function nowRows(runs: readonly ConfigRun[], texts: Texts = en): NowRow[] {
  const names = namesOf(runs);
  return runs.flatMap((run, k) => [...typeRows(run, names[k]!, texts), ...togetherRow(run, names[k]!, texts)]);
}

/** One row a type of a run; `name` is that of its config, empty if there is no other. */
export function typeRows(run: ConfigRun, name: string, texts: Texts): NowRow[] {
  return Object.keys(run.decision).map((type) => ({
    label: labelOfType(type, name),
    now: averageOf(run, type, "current"),
    proposed: averageOf(run, type, run.decision[type]!.applied ?? "phase3"),
    decision: decisionCell(type, run, texts),
  }));
}

/** What one purse makes of all types together; nothing without a portfolio, or where there is one type. */
export function togetherRow({ account, decision }: ConfigRun, name: string, { portfolio: words }: Texts): NowRow[] {
  if (!account?.proposed || Object.keys(decision).length < 2) return [];
  const { now, proposed } = account;
  const fall = ({ metrics }: PortfolioResult): string => unsignedPercent(metrics.max_drawdown);
  return [
    {
      label: labelOfType(words.together, name),
      now: now ? percent(now.metrics.total_return) : "-",
      proposed: percent(proposed.metrics.total_return),
      decision: now ? words.fell(fall(now), fall(proposed)) : words.fellOf(fall(proposed)),
    },
  ];
}

/** The money that the runs were made with; undefined without a portfolio. */
export function capitalOf(runs: readonly Pick<ConfigRun, "account">[]): number | undefined {
  const account = runs.find((run) => run.account)?.account;
  return (account?.proposed ?? account?.now)?.options.capital;
}

/** The rows as a table. */
export function nowTable(runs: readonly ConfigRun[], { paint, width, texts = en }: Look): string[] {
  const { table } = texts;
  const rows = nowRows(runs, texts).map((row) => ({ ...row, label: shorten(row.label, labelWidth) }));
  if (rows.length === 0) return paragraph("", table.nothingFound, width);
  const first = Math.max(...rows.map(({ label }) => widthOf(label)));
  const cells = (label: string, now: string, proposed: string): string =>
    `${padEnd(label, first)}  ${padStart(now, 9)}  ${padStart(proposed, 9)}   `;
  return [
    paint.dim(`${cells("", table.now, table.proposed)}${table.decision}`),
    ...rows.flatMap(({ label, now, proposed, decision }) => {
      const lines = paragraph(cells(label, now, proposed), decision, width);
      return [lines[0]!.replace(label, paint.bold(label)), ...lines.slice(1)];
    }),
  ];
}

/** What tells the configs of a run apart, in as little as that takes: nothing, the file, the folder that it is in, which is the bot's, or both. */
export function namesOf(runs: readonly Pick<ConfigRun, "config">[]): string[] {
  if (runs.length < 2) return runs.map(() => "");
  const parts = runs.map(({ config }) => (config ?? "none").split(/[/\\]/));
  const ways = [
    (path: readonly string[]) => (path.at(-1) ?? "").replace(/\.json$/, ""),
    (path: readonly string[]) => path.at(-2) ?? "",
    (path: readonly string[]) => path.slice(-2).join("/"),
  ];
  const telling = ways.find((way) => {
    const names = parts.map(way);
    return !names.includes("") && new Set(names).size === names.length;
  });
  return parts.map(telling ?? ways[2]!);
}

/** A type, with its config's name where there are several; a long name is shortened, so that the type can be read. */
export function labelOfType(type: string, config: string): string {
  return config === "" ? type : `${shorten(config, Math.max(6, labelWidth - widthOf(type) - 1))} ${type}`;
}

function averageOf(run: ConfigRun, type: string, set: Replay["set"] | "challenger"): string {
  const replays = run.phase3[type]?.replays ?? [];
  const replay = replays.find((one) => one.set === set && one.part === "holdout");
  const gate = run.phase4.types[type]?.gate;
  const account = replay?.portfolio?.metrics ?? (set === "current" ? gate?.accounts?.current : null);
  if (account) return account.trades > 0 ? percent(account.total_return) : "-";
  const metrics = replay?.one_position ?? (set === "current" ? gate?.current_metrics : null);
  return metrics && metrics.n > 0 ? percent(metrics.avg_return) : "-";
}
