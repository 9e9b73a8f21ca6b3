import { isNoneGaining, type Objective } from "../search/objectives.ts";
import type { RankedSet } from "../search/result.ts";
import { counted, unsignedPercent } from "../words/figures.ts";
import type { Session } from "./session.ts";

/** Code of the warning that no ranked set makes money, which a report shows first. */
export const noSetMakesMoney = "NO_SET_MAKES_MONEY";

/** Warns if the best set of a search makes no money, so that none does. `type` names it in a run of several types. */
export function askAboutGains(
  objective: Objective,
  best: Pick<RankedSet, "score" | "metrics"> | undefined,
  session: Session,
  type?: string,
): void {
  if (!best || !isNoneGaining(objective, best)) return;
  const { avg_return, n } = best.metrics;
  const made = avg_return < 0 ? `loses ${unsignedPercent(-avg_return)} per trade` : "makes nothing";
  const message = `no set makes money: the best by ${objective} ${made} over ${counted(n, "trade")}`;
  session.warn(noSetMakesMoney, type === undefined ? message : `${type}: ${message}`);
}
