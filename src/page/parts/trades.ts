import type { DrawnTrades } from "../../run/drawing/drawn.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import { count, percent, share } from "../../words/figures.ts";
import type { TableData } from "../data/frame.ts";
import type { TypeTrades } from "../data/trades.ts";
import { part } from "../part.ts";
import type { Subject } from "../source.ts";
import { accountOf } from "./account.ts";
import { shownSubjects } from "./subjects.ts";

/** The trades of the proposed set, or of the current one if nothing was proposed. */
export const trades = part({
  id: "trades",
  heading: (words) => words.trades.heading,
  data: ({ subjects, splitMs, texts }) => {
    const { shown, more } = shownSubjects(subjects.filter(({ drawn }) => drawn?.trades && drawn.trades.total > 0));
    return shown.length === 0 ? null : { subjects: shown.map((subject) => tradesOf(subject, splitMs, texts)), more };
  },
});

function tradesOf({ name, drawn }: Subject, splitMs: number | null, texts: Texts): TypeTrades {
  const words = texts.page.trades;
  const { trades, months, sets } = drawn!;
  const [first] = sets;
  const whose = { current: words.currentSet, set: words.theSet, best: words.bestSet }[first!.name as string];
  const set = whose ?? words.proposedSet;
  const shown = splitMs === null ? set : words.unseen(set);
  return {
    name,
    set: shown,
    splitMs,
    days: first!.days,
    months,
    exits: exitsOf(trades!, texts),
    trades: trades!,
    ...(first!.account && { account: accountOf(first!.account, shown, texts) }),
  };
}

/** How trades ended. */
function exitsOf({ ended, total }: DrawnTrades, { page, drawn }: Texts): TableData {
  return {
    caption: page.trades.exits,
    columns: page.trades.exitColumns,
    rows: ended.map(({ reason, trades, points }) => [
      drawn.exits[reason] ?? reason.replaceAll("_", " "),
      count(trades),
      share(trades / total),
      percent(points / trades),
      percent(points),
    ]),
  };
}
