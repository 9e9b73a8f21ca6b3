import type { Replay } from "../run/results.ts";
import type { Metrics } from "../search/trades.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, percent, share, unsignedPercent } from "../words/figures.ts";
import { columns } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { phaseName } from "./setName.ts";

const order = ["phase3", "phase2", "suggestion", "current"] as const;

/** The compared sets, training above hold-out, every trade beside one position per symbol. Empty without replays. */
export function replayTable(replays: readonly Replay[], paint: Paint, texts: Texts = en): string[] {
  const { details: words } = texts;
  if (replays.length === 0) return [];
  const rows = order.flatMap((set) =>
    (["training", "holdout"] as const).flatMap((part) =>
      replays
        .filter((replay) => replay.set === set && replay.part === part)
        .map((replay) => [
          words.setPart(phaseName(set, texts), words[part]),
          ...plainFigures(replay.plain),
          "|",
          ...onePositionFigures(replay.one_position),
        ]),
    ),
  );
  const spans = [
    "",
    { content: words.everyTrade, colSpan: 6, hAlign: "center" as const },
    "|",
    { content: words.onePosition, colSpan: 4, hAlign: "center" as const },
  ];
  return columns([spans, words.replayColumns], rows, ["left", ...new Array<"right">(11).fill("right")], paint);
}

function plainFigures(metrics: Metrics): string[] {
  const capture = share(metrics.capture_rate);
  return metrics.n === 0
    ? ["0", "-", "-", "-", "-", "-"]
    : [
        count(metrics.n),
        share(metrics.win_rate),
        percent(metrics.avg_return),
        percent(metrics.total_return),
        unsignedPercent(metrics.max_drawdown),
        capture,
      ];
}

function onePositionFigures(metrics: Metrics): string[] {
  return metrics.n === 0
    ? ["0", "-", "-", "-"]
    : [
        count(metrics.n),
        percent(metrics.avg_return),
        percent(metrics.total_return),
        unsignedPercent(metrics.max_drawdown),
      ];
}
