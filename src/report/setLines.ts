import type { SetFigures } from "../search/result.ts";
import { exitReasons } from "../space/exits.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, figure, percent, share, unsignedPercent } from "../words/figures.ts";
import { innerLabel, paragraph, unbroken } from "./lines.ts";
import { parametersText } from "./parametersText.ts";

/** One parameter set in full: its values, its figures, how its trades exit, and how much depends on the rule for ambiguous bars. */
export function setLines(set: SetFigures, texts: Texts = en): string[] {
  const { metrics } = set;
  const { evidence: words, list } = texts;
  const figures = [
    words.n(count(metrics.n)),
    words.winRate(share(metrics.win_rate)),
    words.average(percent(metrics.avg_return)),
    words.total(percent(metrics.total_return)),
    words.drawdown(unsignedPercent(metrics.max_drawdown)),
    words.capture(share(metrics.capture_rate)),
    words.precision(share(metrics.precision)),
    words.payoff(figure(metrics.payoff)),
    words.profitFactor(figure(metrics.profit_factor)),
    words.sqn(figure(metrics.sqn)),
    words.sortino(figure(metrics.sortino)),
    words.held(figure(metrics.avg_holding_hours)),
  ];
  const exits = exitsText(metrics, texts);
  const ambiguous =
    set.ambiguous === 0
      ? words.noneAmbiguous
      : words.someAmbiguous(set.ambiguous, metrics.n, percent(set.avg_return_other_rule));
  const holes =
    set.hole_exits === 0 ? [] : paragraph(innerLabel(words.holes), words.someInHoles(set.hole_exits, metrics.n));
  return [
    ...paragraph(innerLabel(words.set), parametersText(set.params)),
    ...paragraph(innerLabel(words.figures), figures.map(unbroken).join(list)),
    ...(exits === "" ? [] : paragraph(innerLabel(words.exits), exits)),
    ...paragraph(innerLabel(words.ambiguous), ambiguous),
    ...holes,
  ];
}

/** How trades exited and how many did so: `take_profit 42.8%, stop_loss 56.7%`. */
export function exitsText({ exits }: SetFigures["metrics"], { exitName, list }: Texts = en): string {
  return exitReasons()
    .filter((reason) => (exits[reason] ?? 0) > 0)
    .map((reason) => unbroken(`${exitName(reason)} ${share(exits[reason]!)}`))
    .join(list);
}
