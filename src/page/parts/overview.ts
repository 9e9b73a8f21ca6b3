import { percent } from "../../words/figures.ts";
import type { EquityData } from "../data/overview.ts";
import { part } from "../part.ts";
import type { PageSource, ShownSet, Subject } from "../source.ts";

/** The first screen: what happened, what it makes now and would make, the data's age, and how to undo. */
export const overview = part({
  id: "overview",
  heading: "At a glance",
  data: (source) => ({
    decisions: {
      caption: captionOf(source),
      columns: ["", "now", "proposed", "decision"],
      rows: source.subjects.map(({ name, now, proposed, decision }) => [
        name,
        averageOf(now),
        averageOf(proposed),
        decision ?? "-",
      ]),
    },
    equity: source.subjects.flatMap((subject) => equityOf(subject, source.splitMs)),
    notes: source.notes,
    undo: source.undo,
  }),
});

function captionOf({ splitMs }: PageSource): string {
  const where = splitMs === null ? "" : ", on unseen days";
  return `Average per trade after costs, one position per symbol${where}`;
}

function averageOf(set: ShownSet | null): string {
  return set?.metrics && set.metrics.n > 0 ? percent(set.metrics.avg_return) : "-";
}

function equityOf({ name, drawn }: Subject, splitMs: number | null): EquityData[] {
  if (!drawn || drawn.sets.length === 0) return [];
  const labelOf = (set: string): string => (set === "current" ? "now" : "proposed");
  return [
    {
      name,
      splitMs,
      sets: drawn.sets.map((set) => ({ label: labelOf(set.name), days: set.days })),
      held: drawn.held,
    },
  ];
}
