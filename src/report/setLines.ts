import type { SetFigures } from "../search/result.ts";
import { exitReasons } from "../space/exits.ts";
import { count, figure, percent, share, unsignedPercent } from "../words/figures.ts";
import { paragraph, unbroken } from "./lines.ts";
import { parametersText } from "./parametersText.ts";

/** One parameter set in full: its values, its figures, how its trades exit, and how much depends on the rule for ambiguous bars. */
export function setLines(set: SetFigures): string[] {
  const { metrics } = set;
  const figures = [
    `n ${count(metrics.n)}`,
    `win rate ${share(metrics.win_rate)}`,
    `avg_return ${percent(metrics.avg_return)}`,
    `total ${percent(metrics.total_return)}`,
    `drawdown ${unsignedPercent(metrics.max_drawdown)}`,
    `capture ${share(metrics.capture_rate)}`,
    `precision ${share(metrics.precision)}`,
    `payoff ${figure(metrics.payoff)}`,
    `profit factor ${figure(metrics.profit_factor)}`,
    `sqn ${figure(metrics.sqn)}`,
    `sortino ${figure(metrics.sortino)}`,
    `held ${figure(metrics.avg_holding_hours)} h`,
  ];
  const exits = exitsText(metrics);
  const ambiguous =
    set.ambiguous === 0
      ? "no trade ended in a bar that touched both stop and target"
      : `${count(set.ambiguous)} of ${count(metrics.n)} trades ended in a bar that touched both stop and target; ` +
        `under the other rule avg_return would be ${percent(set.avg_return_other_rule)}`;
  const holes =
    set.hole_exits === 0
      ? []
      : paragraph(
          "  Holes      ",
          `${count(set.hole_exits)} of ${count(metrics.n)} trades reached their maximum holding time in a hole, and exited at the next open`,
        );
  return [
    ...paragraph("  Set        ", parametersText(set.params)),
    ...paragraph("  Figures    ", figures.map(unbroken).join(", ")),
    ...(exits === "" ? [] : paragraph("  Exits      ", exits)),
    ...paragraph("  Ambiguous  ", ambiguous),
    ...holes,
  ];
}

/** How trades exited and how many did so: `take_profit 42.8%, stop_loss 56.7%`. */
export function exitsText({ exits }: SetFigures["metrics"]): string {
  return exitReasons()
    .filter((reason) => (exits[reason] ?? 0) > 0)
    .map((reason) => unbroken(`${reason} ${share(exits[reason]!)}`))
    .join(", ");
}
