import type { FinishedSimulation } from "../../run/simulate.ts";
import { count, counted, percent } from "../../words/figures.ts";
import type { PageSource } from "../source.ts";
import { bareSubject, commonSource } from "./common.ts";

/** What the page of a simulation shows: one set's trades. */
export function simulatePage({ result, drawn }: FinishedSimulation): PageSource {
  const { type, params, metrics, candles, warnings } = result;
  return {
    ...commonSource(candles, warnings),
    verb: "simulate",
    headline: `${type}: ${counted(metrics.n, "trade")}, ${percent(metrics.avg_return)} on average after costs`,
    subjects: [{ ...bareSubject, name: type, type, proposed: { label: "set", params, metrics }, drawn }],
    facts: [
      ["Opportunities", `${count(result.opportunities)}; ${count(result.left_out)} left out`],
      ["Ambiguous trades", `${count(result.ambiguous)} ended in a bar that touched both stop and target`],
      ["Fingerprint", result.fingerprint],
    ],
  };
}
