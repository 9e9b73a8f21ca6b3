import type { DrawnTrades } from "../../run/drawing/drawn.ts";
import { count, percent, share } from "../../words/figures.ts";
import type { TableData } from "../data/frame.ts";
import type { TypeTrades } from "../data/trades.ts";
import { part } from "../part.ts";
import type { Subject } from "../source.ts";
import { shownSubjects } from "./subjects.ts";

/** The trades of the proposed set, or of the current one if nothing was proposed. */
export const trades = part({
  id: "trades",
  heading: "Trades",
  data: ({ subjects, splitMs }) => {
    const { shown, more } = shownSubjects(subjects.filter(({ drawn }) => drawn?.trades && drawn.trades.total > 0));
    return shown.length === 0 ? null : { subjects: shown.map((subject) => tradesOf(subject, splitMs)), more };
  },
});

function tradesOf({ name, drawn }: Subject, splitMs: number | null): TypeTrades {
  const { trades, months, sets } = drawn!;
  const [first] = sets;
  const whose =
    first!.name === "current"
      ? "the current set"
      : first!.name === "set"
        ? "the set"
        : `the ${first!.name === "best" ? "best" : "proposed"} set`;
  return {
    name,
    set: splitMs === null ? whose : `${whose} on unseen days`,
    splitMs,
    days: first!.days,
    months,
    exits: exitsOf(trades!),
    trades: trades!,
  };
}

/** How trades ended, of those that are listed. */
function exitsOf({ reasons, reason, points }: DrawnTrades): TableData {
  const rows = reasons.map((text, code) => {
    const own = points.filter((_, k) => reason[k] === code);
    const total = own.reduce((sum, value) => sum + value, 0);
    return { text, n: own.length, total };
  });
  return {
    caption: "Exits by reason",
    columns: ["reason", "trades", "share", "average", "total"],
    rows: rows
      .sort((a, b) => b.n - a.n)
      .map(({ text, n, total }) => [
        text.replaceAll("_", " "),
        count(n),
        share(n / points.length),
        percent(total / n),
        percent(total),
      ]),
  };
}
