import { paragraph } from "./lines.ts";
import type { Paint } from "./paint.ts";
import type { ConfigRun } from "./result.ts";

/** How often this hold-out was looked at for a config, and how sure a change has to be of itself by now. Empty without a config. */
export function ledgerLines({ ledger }: Pick<ConfigRun, "ledger">, paint: Paint): string[] {
  const types = Object.entries(ledger?.types ?? {});
  if (types.length === 0) return [];
  const looks = types.map(
    ([type, { look, level, left, epoch, repeated }]) =>
      `${type} for the ${ordinal(look)} time${repeated ? " (this same run again)" : ""} since the hold-out began with ${epoch[0]}: a change has to be ${certainty(1 - level)} sure, and ${certainty(left)} of doubt is left`,
  );
  return paragraph(`${paint.bold("Looked at")}  `, looks.join("; "));
}

/** Certainty and doubt are told apart in hundredths of a percent. */
function certainty(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
}

function ordinal(k: number): string {
  const tens = k % 100;
  if (tens >= 11 && tens <= 13) return `${k}th`;
  return `${k}${["th", "st", "nd", "rd"][k % 10] ?? "th"}`;
}
