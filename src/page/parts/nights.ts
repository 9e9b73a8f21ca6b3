import { type PolicyName, policyNames, type RehearsedDecision, type RehearseResult } from "../../rehearsal/result.ts";
import type { ListedRun } from "../../run/answers.ts";
import { exactTo } from "../../run/drawing/exactTo.ts";
import { count, day, minute, percent, unsignedPercent } from "../../words/figures.ts";
import type { TableData } from "../data/frame.ts";
import type { NightsData } from "../data/nights.ts";
import { part } from "../part.ts";

const dayMs = 86_400_000;
const mostRows = 100;

/** What earlier runs proposed and did; in a rehearsal, what each policy made and what each night decided. */
export const nights = part({
  id: "nights",
  heading: "Nights",
  data: ({ rehearsal, nights: runs }) => {
    if (rehearsal) return rehearsed(rehearsal);
    return runs.length === 0 ? null : { tables: [runTable(runs)], curves: null };
  },
});

function runTable(runs: readonly ListedRun[]): TableData {
  const rows = runs.flatMap(({ time, configs, data }) =>
    configs.flatMap(({ config, types, saved }) =>
      Object.entries(types).map(([type, { verdict, advice, applied }]) => [
        minute(time),
        configs.length > 1 ? `${config ?? "none"}, ${type}` : type,
        verdict ?? "-",
        advice ?? "-",
        applied ?? "-",
        saved === null ? "-" : saved ? "saved" : "not saved",
        data ? day(data.to) : "-",
      ]),
    ),
  );
  return {
    caption: "Earlier runs, the newest first",
    columns: ["run, UTC", "type", "verdict", "advice", "applied", "config", "candles to"],
    rows: rows.slice(0, mostRows),
    more: Math.max(0, rows.length - mostRows),
  };
}

const policyWords: Readonly<Record<PolicyName, string>> = {
  as_configured: "as configured",
  never_change: "never change",
  not_trading: "not trading",
  phase3_always: "always phase 3's set",
  phase2_always: "always phase 2's set",
  passed_only: "only if PASSED",
};

function rehearsed(result: RehearseResult): NightsData {
  return {
    tables: [policyTable(result), ...bandTable(result), decisionTable(result.decisions)],
    curves: curvesOf(result),
  };
}

function policyTable({ policies }: RehearseResult): TableData {
  return {
    caption: "What each policy made after costs, points; intervals hold 95% of resamples of the days",
    columns: ["policy", "trades", "average", "total", "drawdown", "nights changed", "over never changing"],
    rows: policyNames.map((name) => {
      const { trades, avg_return, total_return, max_drawdown, changes, over_never_change: over } = policies[name];
      return [
        policyWords[name],
        count(trades),
        percent(avg_return),
        percent(total_return),
        unsignedPercent(max_drawdown),
        count(changes),
        `${percent(over.total)} (${percent(over.low)} to ${percent(over.high)})`,
      ];
    }),
  };
}

function bandTable({ null_band: band }: RehearseResult): TableData[] {
  if (!band) return [];
  return [
    {
      caption: `The same over ${count(band.copies)} copies of the history with its days shuffled, where nothing can be learnt: total points`,
      columns: ["policy", "5th percentile", "median", "95th percentile"],
      rows: policyNames.map((name) => {
        const { low, middle, high } = band.policies[name].total;
        return [policyWords[name], percent(low), percent(middle), percent(high)];
      }),
    },
  ];
}

function decisionTable(decisions: readonly RehearsedDecision[]): TableData {
  const average = (outcome: { readonly avg_return: number; readonly trades: number } | null): string =>
    outcome && outcome.trades > 0 ? percent(outcome.avg_return) : "-";
  return {
    caption: "What each night decided, and what followed: averages per trade",
    columns: [
      "night",
      "type",
      "verdict",
      "applied",
      "claimed",
      "realised",
      "proposed set, next days",
      "set before, next days",
    ],
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

function curvesOf({ policies, decisions }: RehearseResult): NightsData["curves"] {
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
    return { name: policyWords[name], values };
  });
  const changes = decisions.filter(({ applied }) => applied !== null).map(({ night }) => Math.floor(night / dayMs));
  return { label: "Points by policy", days, lines, changes: [...new Set(changes)] };
}
