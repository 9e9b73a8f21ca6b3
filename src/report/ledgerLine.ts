import type { LedgerResult } from "../config/ledger.ts";
import type { ConfigRun } from "../run/results.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { paragraph } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { doubtText } from "./resampleText.ts";

/** How often this hold-out was looked at for a config, and how much of the doubt shared by all looks this one may spend. Empty without a config. */
export function ledgerLines({ ledger }: Pick<ConfigRun, "ledger">, paint: Paint, texts: Texts = en): string[] {
  const { details: words, list, and } = texts;
  const types = Object.entries(ledger?.types ?? {});
  if (types.length === 0) return [];
  const typesByLook = new Map<string, string[]>();
  for (const [type, looked] of types)
    typesByLook.set(lookText(looked, words), [...(typesByLook.get(lookText(looked, words)) ?? []), type]);
  const looks = [...typesByLook].map(([text, names]) => words.ofTypes(names.join(list), text));
  return paragraph(`${paint.bold(words.looks)}  `, looks.join(and));
}

function lookText(
  { look, level, left, epoch, repeated }: LedgerResult["types"][string],
  words: Texts["details"],
): string {
  const again = repeated ? words.again : "";
  return words.look(words.ordinal(look), epoch[0]!, again, doubtText(level), doubtText(left));
}
