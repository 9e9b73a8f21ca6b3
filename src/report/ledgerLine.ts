import type { LedgerResult } from "../config/ledger.ts";
import type { ConfigRun } from "../run/results.ts";
import { paragraph } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { doubtText } from "./resampleText.ts";

/** How often this hold-out was looked at for a config, and how much of the doubt shared by all looks this one may spend. Empty without a config. */
export function ledgerLines({ ledger }: Pick<ConfigRun, "ledger">, paint: Paint): string[] {
  const types = Object.entries(ledger?.types ?? {});
  if (types.length === 0) return [];
  const typesByLook = new Map<string, string[]>();
  for (const [type, looked] of types)
    typesByLook.set(lookText(looked), [...(typesByLook.get(lookText(looked)) ?? []), type]);
  const looks = [...typesByLook].map(([text, names]) => `${names.join(", ")}: ${text}`);
  return paragraph(`${paint.bold("Looks")}  `, looks.join("; "));
}

function lookText({ look, level, left, epoch, repeated }: LedgerResult["types"][string]): string {
  const again = repeated ? ", a repeat of this same run" : "";
  return `the ${ordinal(look)} look at the hold-out that began on ${epoch[0]}${again}; it may spend ${doubtText(level)} of doubt, leaving ${doubtText(left)} for later looks`;
}

function ordinal(k: number): string {
  const tens = k % 100;
  if (tens >= 11 && tens <= 13) return `${k}th`;
  return `${k}${["th", "st", "nd", "rd"][k % 10] ?? "th"}`;
}
