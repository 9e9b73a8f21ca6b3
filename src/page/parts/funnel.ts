import type { Funnel } from "../../run/drawing/drawn.ts";
import type { ParameterValue } from "../../space/parameters.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import { minute, parameterText, percent } from "../../words/figures.ts";
import type { FunnelData } from "../data/funnel.ts";
import { part } from "../part.ts";
import type { Subject } from "../source.ts";
import { shownSubjects } from "./subjects.ts";

type Steps = FunnelData["subjects"][number]["steps"];

const mostMissed = 10;

/** From signals through each filter to trades, and what each filter costs in big moves. */
export const funnel = part({
  id: "funnel",
  heading: (words) => words.funnel.heading,
  data: ({ subjects, texts }) => {
    const { shown, more } = shownSubjects(subjects.filter(({ drawn }) => drawn?.funnel && drawn.funnel.signals > 0));
    if (shown.length === 0) return null;
    return {
      subjects: shown.map(({ name, drawn, missed }) => ({
        name,
        steps: stepsOf(drawn!.funnel!, texts),
        ...missedOf(missed, texts),
      })),
      more,
    };
  },
});

function stepsOf({ signals, steps, trades, onePosition }: Funnel, { page: { funnel: words } }: Texts): Steps {
  const step = (label: string, left: number, bigLost: number | null): Steps[number] => ({
    label,
    left,
    share: Math.round((1000 * left) / signals) / 1000,
    bigLost,
  });
  return [
    step(words.signals, signals, null),
    ...steps.map(({ parameter, value, left, bigLost }) =>
      step(`${parameter.replaceAll("_", " ")} ${parameterText(value as ParameterValue)}`, left, bigLost),
    ),
    step(words.trades, trades, null),
    step(words.onePosition, onePosition, null),
  ];
}

function missedOf(
  missed: Subject["missed"],
  { page, drawn }: Texts,
): Pick<FunnelData["subjects"][number], "missed" | "moreMissed"> {
  const largest = missed?.largest ?? [];
  return {
    missed: largest
      .slice(0, mostMissed)
      .map(({ symbol, timestamp, direction, mfe, rejected_by, value }) => [
        symbol,
        minute(timestamp),
        drawn.trades[direction],
        percent(mfe),
        `${rejected_by.replaceAll("_", " ")} (${value === null ? page.funnel.empty : parameterText(value)})`,
      ]),
    moreMissed: Math.max(0, (missed?.missed ?? 0) - mostMissed),
  };
}
