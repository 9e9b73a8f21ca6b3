import type { Replay } from "../run/results.ts";
import type { Metrics } from "../search/trades.ts";
import { count, percent, share, unsignedPercent } from "../words/figures.ts";
import { columns } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { phaseName } from "./setName.ts";

const order = ["phase3", "phase2", "suggestion", "current"] as const;

/** The compared sets, training above hold-out, every trade beside one position per symbol. Empty without replays. */
export function replayTable(replays: readonly Replay[], paint: Paint): string[] {
  if (replays.length === 0) return [];
  const rows = order.flatMap((set) =>
    (["training", "holdout"] as const).flatMap((part) =>
      replays
        .filter((replay) => replay.set === set && replay.part === part)
        .map((replay) => [
          `${phaseName(set)} ${part === "holdout" ? "hold-out" : part}`,
          ...plainFigures(replay.plain),
          "|",
          ...onePositionFigures(replay.one_position),
        ]),
    ),
  );
  const spans = [
    "",
    { content: "every trade", colSpan: 6, hAlign: "center" as const },
    "|",
    { content: "one position per symbol", colSpan: 4, hAlign: "center" as const },
  ];
  const names = ["", "n", "wins", "avg", "total", "drawdown", "capture", "|", "n", "avg", "total", "drawdown"];
  return columns([spans, names], rows, ["left", ...new Array<"right">(11).fill("right")], paint);
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
