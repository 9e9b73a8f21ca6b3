import { count, percent } from "../../words/figures.ts";
import type { TableData } from "../data/frame.ts";
import type { EquityData } from "../data/overview.ts";
import { part } from "../part.ts";
import type { PageSource, ShownSet, Subject } from "../source.ts";

/** The first screen: what happened, what it makes now and would make, the data's age, and how to undo. */
export const overview = part({
  id: "overview",
  heading: (words) => words.overview.heading,
  data: (source) => ({
    decisions: decisionsOf(source),
    equity: source.subjects.flatMap((subject) => equityOf(subject, source)),
    notes: source.notes,
    undo: source.undo,
  }),
});

function decisionsOf({ verb, subjects, texts }: PageSource): TableData {
  const words = texts.page.overview;
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
