import type { PortfolioMetrics } from "../../portfolio/metrics.ts";
import type { PortfolioResult } from "../../portfolio/result.ts";
import type { RehearseResult } from "../../rehearsal/result.ts";
import type { DaySeries } from "../../run/drawing/drawn.ts";
import { exactTo } from "../../run/drawing/exactTo.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import { count, figure, percent, unsignedPercent } from "../../words/figures.ts";
import type { TableData } from "../data/frame.ts";
import type { EquityData } from "../data/overview.ts";
import { part } from "../part.ts";
import type { PageSource, ShownSet, Subject } from "../source.ts";
import { equitySeries } from "./account.ts";

/** The first screen: what happened, what it makes now and would make, the data's age, and how to undo. */
export const overview = part({
  id: "overview",
  heading: (words) => words.overview.heading,
  data: (source) => ({
    decisions: decisionsOf(source),
    equity: [
      ...source.subjects.flatMap((subject) => equityOf(subject, source)),
      ...source.together.map((account) => equityTogether(account, source)),
    ],
    notes: source.notes,
    undo: source.undo,
  }),
});

function decisionsOf(source: PageSource): TableData {
  const { verb, subjects, texts } = source;
  const words = texts.page.overview;
  if (source.rehearsal?.policies.as_configured.portfolio) return policyTable(source.rehearsal, texts);
  const capital = capitalOf(source);
  if (capital !== null) return purseTable(source, capital);
  // These two know one set, and nothing is decided.
  if (verb === "search" || verb === "simulate")
    return {
      caption: words.oneSet,
      columns: words.oneSetColumns,
      rows: subjects.map(({ name, proposed }) => [
        name,
        averageOf(proposed),
        count(proposed?.metrics?.n ?? 0),
        proposed?.metrics ? percent(proposed.metrics.total_return) : "-",
      ]),
    };
  return {
    caption: words.caption,
    columns: words.columns,
    rows: subjects.map(({ name, now, proposed, decision }) => [
      name,
      averageOf(now),
      averageOf(proposed),
      decision ?? "-",
    ]),
  };
}

function averageOf(set: ShownSet | null): string {
  return set?.metrics && set.metrics.n > 0 ? percent(set.metrics.avg_return) : "-";
}

/** What a curve is called, by the origin of its set. */
const labels: Readonly<Record<string, ShownSet["label"]>> = { current: "now", best: "best", set: "set" };

function equityOf({ name, drawn }: Subject, { splitMs, texts }: PageSource): EquityData[] {
  if (!drawn || drawn.sets.length === 0) return [];
  const capital = drawn.sets[0]?.account?.options.capital;
  if (capital !== undefined) {
    const sets = drawn.sets.flatMap(({ name: set, account }) =>
      account ? [curveOf(texts.page.sets[labels[set] ?? "proposed"], set === "current", account)] : [],
    );
    return [
      {
        name,
        splitMs,
        sets,
        held: heldMoney(drawn.held, capital, sets[0]!.days.firstDay),
        money: texts.portfolio.page.equity,
      },
    ];
  }
  return [
    {
      name,
      splitMs,
      sets: drawn.sets.map((set) => ({
        label: texts.page.sets[labels[set.name] ?? "proposed"],
        isNow: set.name === "current",
        days: set.days,
      })),
      held: drawn.held,
    },
  ];
}

/** The purses' money at the beginning; null without a portfolio. */
function capitalOf({ subjects, together }: PageSource): number | null {
  const accounts = [
    ...subjects.flatMap(({ drawn }) => (drawn?.sets ?? []).map(({ account }) => account)),
    // Groups are not drawn, but share a purse.
    ...together.flatMap(({ now, proposed }) => [proposed, now]),
  ];
  return accounts.find((account) => account)?.options.capital ?? null;
}

/** What the purses of a rehearsal's policies gained, of those that are compared first. */
function policyTable({ policies }: RehearseResult, { page, portfolio: words }: Texts): TableData {
  const names = ["as_configured", "never_change", "not_trading"] as const;
  return {
    caption: words.page.oneSet(figure(policies.as_configured.portfolio!.options.capital)),
    columns: words.page.oneSetColumns,
    rows: names.map((name) => purseRow(page.nights.policies[name], policies[name].portfolio!.metrics)),
  };
}

function purseRow(name: string, { total_return, cagr, max_drawdown, trades }: PortfolioMetrics): string[] {
  return [name, percent(total_return), percent(cagr), unsignedPercent(max_drawdown), count(trades)];
}

/** What purses gained, in place of averages per trade. */
function purseTable({ verb, subjects, together, texts }: PageSource, capital: number): TableData {
  const { page: words } = texts.portfolio;
  const { columns } = texts.page.overview;
  if (verb === "search" || verb === "simulate")
    return {
      caption: words.oneSet(figure(capital)),
      columns: words.oneSetColumns,
      rows: subjects.map(({ name, proposed, drawn }) => {
        const account = drawn?.sets[0]?.account?.metrics ?? proposed?.account;
        return account ? purseRow(name, account) : [name, "-", "-", "-", "-"];
      }),
    };
  const gained = (account: PortfolioMetrics | null | undefined): string =>
    account ? words.gained(percent(account.total_return), unsignedPercent(account.max_drawdown)) : "-";
  return {
    caption: words.caption(figure(capital)),
    columns,
    rows: [
      ...subjects.map(({ name, now, proposed, decision }) => [
        name,
        gained(now?.account),
        gained(proposed?.account),
        decision ?? "-",
      ]),
      ...together.map(({ name, now, proposed }) => [
        name,
        gained(now?.metrics),
        gained(proposed?.metrics),
        words.joint,
      ]),
    ],
  };
}

/** One purse for all types. */
function equityTogether({ name, now, proposed }: PageSource["together"][number], source: PageSource): EquityData {
  const { splitMs, texts } = source;
  const { sets } = texts.page;
  return {
    name,
    splitMs,
    sets: [
      ...(proposed ? [curveOf(sets.proposed, false, proposed)] : []),
      ...(now ? [curveOf(sets.now, true, now)] : []),
    ],
    held: null,
    money: texts.portfolio.page.equity,
  };
}

function curveOf(label: string, isNow: boolean, account: PortfolioResult): EquityData["sets"][number] {
  return { label, isNow, days: equitySeries(account) };
}

/** The capital as if it had been put into the symbols at the end of the day on which the accounts begin. */
function heldMoney(held: DaySeries | null, capital: number, firstDay: number): DaySeries | null {
  if (!held) return null;
  const from = Math.max(0, Math.min(held.values.length - 1, Math.ceil((firstDay - held.firstDay) / held.step)));
  const base = 1 + held.values[from]! / 100;
  const values = held.values.slice(from).map((gained) => exactTo((capital * (1 + gained / 100)) / base, 2));
  return { ...held, firstDay: held.firstDay + from * held.step, values };
}
