import { policyNames, type RehearsedDecision, type RehearseResult } from "../../rehearsal/result.ts";
import type { ListedRun } from "../../run/answers.ts";
import { exactTo } from "../../run/drawing/exactTo.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import { count, day, figure, minute, percent, unsignedPercent } from "../../words/figures.ts";
import type { TableData } from "../data/frame.ts";
import type { NightsData } from "../data/nights.ts";
import { part } from "../part.ts";

const dayMs = 86_400_000;
const mostRows = 100;

/** What earlier runs proposed and did; in a rehearsal, what each policy made and what each night decided. */
export const nights = part({
  id: "nights",
  heading: ({ nights: words }, verb) => (verb === "rehearse" ? words.rehearsed : words.heading),
  data: ({ rehearsal, nights: runs, texts }) => {
    if (rehearsal) return rehearsed(rehearsal, texts);
    return runs.length === 0 ? null : { tables: [runTable(runs, texts)], curves: null };
  },
});

type Words = Texts["page"]["nights"];

function runTable(runs: readonly ListedRun[], { page, comma }: Texts): TableData {
  const { nights: words, none } = page;
  const rows = runs.flatMap(({ time, configs, data }) =>
    configs.flatMap(({ config, types, saved }) =>
      Object.entries(types).map(([type, { verdict, advice, applied }]) => [
        minute(time),
        configs.length > 1 ? `${config ?? none}${comma}${type}` : type,
        verdict ?? "-",
        advice === null ? "-" : (words.advice[advice] ?? advice),
        applied ?? "-",
        saved === null ? "-" : saved ? words.saved : words.notSaved,
        data ? day(data.to) : "-",
      ]),
    ),
  );
  return {
    caption: words.earlier,
    columns: words.earlierColumns,
    rows: rows.slice(0, mostRows),
    more: Math.max(0, rows.length - mostRows),
  };
}

function rehearsed(result: RehearseResult, texts: Texts): NightsData {
  const { nights: words } = texts.page;
  return {
    tables: [
      policyTable(result, words),
      ...accountTable(result, texts),
      ...bandTable(result, words),
      decisionTable(result.decisions, words),
    ],
    curves: result.policies.as_configured.portfolio ? purseCurves(result, texts) : curvesOf(result, words),
  };
}

function policyTable({ policies }: RehearseResult, words: Words): TableData {
  return {
    caption: words.policy,
    columns: words.policyColumns,
    rows: policyNames.map((name) => {
      const { trades, avg_return, total_return, max_drawdown, changes, over_never_change: over } = policies[name];
      return [
        words.policies[name],
        count(trades),
        percent(avg_return),
        percent(total_return),
        unsignedPercent(max_drawdown),
        count(changes),
        words.interval(percent(over.total), percent(over.low), percent(over.high)),
      ];
    }),
  };
}

/** One purse a policy; nothing without a portfolio. */
function accountTable({ policies }: RehearseResult, { page, portfolio: words }: Texts): TableData[] {
  const rows = policyNames.flatMap((name) => {
    const { portfolio } = policies[name];
    if (!portfolio) return [];
    const { metrics, over_never_change: over } = portfolio;
    return [
      [
        page.nights.policies[name],
        figure(Number(metrics.final_equity.toFixed(2))),
        percent(metrics.total_return),
        percent(metrics.cagr),
        unsignedPercent(metrics.max_drawdown),
        count(metrics.trades),
        page.nights.interval(percent(over.total), percent(over.low), percent(over.high)),
      ],
    ];
  });
  if (rows.length === 0) return [];
  const capital = policies.as_configured.portfolio!.options.capital;
  return [{ caption: words.policyNote(figure(capital)), columns: words.policyColumns.slice(0, 7), rows }];
}

/** Equity by day, one curve a policy. */
function purseCurves({ policies, decisions }: RehearseResult, { page, portfolio }: Texts): NightsData["curves"] {
  const lines = policyNames.flatMap((name) => {
    const account = policies[name].portfolio;
    if (!account || name === "not_trading") return [];
    return [{ name: page.nights.policies[name], values: account.daily_equity.map((equity) => exactTo(equity, 2)) }];
  });
  const first = Math.floor((policies.as_configured.portfolio!.first_day ?? 0) / dayMs);
  const days = Array.from({ length: lines[0]?.values.length ?? 0 }, (_, day) => first + day);
  if (days.length === 0) return null;
  return { label: portfolio.page.equity, days, lines, changes: changeDays(decisions) };
}

function changeDays(decisions: readonly RehearsedDecision[]): number[] {
  const changes = decisions.filter(({ applied }) => applied !== null).map(({ night }) => Math.floor(night / dayMs));
  return [...new Set(changes)];
}

function bandTable({ null_band: band }: RehearseResult, words: Words): TableData[] {
  if (!band) return [];
  return [
    {
      caption: words.shuffled(band.copies),
      columns: words.shuffledColumns,
      rows: policyNames.map((name) => {
        const { low, middle, high } = band.policies[name].total;
        return [words.policies[name], percent(low), percent(middle), percent(high)];
      }),
    },
  ];
}

function decisionTable(decisions: readonly RehearsedDecision[], words: Words): TableData {
  const average = (outcome: { readonly avg_return: number; readonly trades: number } | null): string =>
    outcome && outcome.trades > 0 ? percent(outcome.avg_return) : "-";
  return {
    caption: words.decided,
    columns: words.decidedColumns,
    rows: decisions
      .slice(0, mostRows)
      .map(({ night, type, verdict, applied, claimed, realised, proposed_next, current_next }) => [
        day(night),
        type,
        verdict,
        applied ?? "-",
        claimed === null ? "-" : percent(claimed),
        average(realised),
        average(proposed_next),
        average(current_next),
      ]),
    more: Math.max(0, decisions.length - mostRows),
  };
}

function curvesOf({ policies, decisions }: RehearseResult, words: Words): NightsData["curves"] {
  const drawn = policyNames.filter((name) => name !== "not_trading");
  const days = [
    ...new Set(drawn.flatMap((name) => policies[name].equity.map(([timeMs]) => Math.floor(timeMs / dayMs)))),
  ];
  days.sort((a, b) => a - b);
  if (days.length === 0) return null;
  const lines = drawn.map((name) => {
    const at = new Map(policies[name].equity.map(([timeMs, points]) => [Math.floor(timeMs / dayMs), points]));
    let last = 0;
    const values = days.map((one) => {
      last = at.get(one) ?? last;
      return exactTo(last, 3);
    });
    return { name: words.policies[name], values };
  });
  return { label: words.points, days, lines, changes: changeDays(decisions) };
}
