import type { JudgedCandidate, Later } from "./judge.ts";
import { type MarketKind, scannedEdge } from "./known.ts";
import { isNull, type VerdictLine } from "./work.ts";

/** The rules of a verdict with one switched: tests that no longer refuse a set, and warning ones that do. */
export interface RuleSwitch {
  readonly name: string;
  readonly ignored: readonly string[];
  readonly refusing: readonly string[];
}

/** Tests that refuse a set, and those that only warn. */
export const refusals = ["early_late", "pbo", "walk_forward", "plateau"];
export const warnings = ["bootstrap", "deflated_sharpe", "selection"];

/** The gate asks of a set that its moments of entry mattered. */
const asIs = ["permutation"];

export const rulesAsTheyAre: RuleSwitch = { name: "as it is", ignored: [], refusing: asIs };

/** The rules as they are, each test that refuses left out, the gate's days alone, and each warning as a refusal. */
export const ruleSwitches: readonly RuleSwitch[] = [
  rulesAsTheyAre,
  { name: "`permutation` only warns", ignored: [], refusing: [] },
  ...refusals.map((test) => ({ name: `without \`${test}\``, ignored: [test], refusing: asIs })),
  { name: "days and `permutation` alone", ignored: refusals, refusing: asIs },
  { name: "days alone", ignored: refusals, refusing: [] },
  ...warnings.map((test) => ({ name: `\`${test}\` refuses too`, ignored: [], refusing: [...asIs, test] })),
];

/** What a set of rules would have applied in the runs of some markets. */
export interface Outcome {
  readonly typeRuns: number;
  readonly applied: number;
  /** What the applied sets earned later. */
  readonly later: readonly Later[];
}

export type MarketGroup = "nulls" | "edges 0.5 %" | "edges 0.3 %" | "scanned" | "dying and fading";

export function groupOf(kind: MarketKind): MarketGroup | null {
  if (isNull(kind)) return "nulls";
  if (kind.endsWith("0.5 %")) return "edges 0.5 %";
  if (kind.endsWith("0.3 %")) return "edges 0.3 %";
  if (kind === scannedEdge) return "scanned";
  return kind === "one symbol" ? null : "dying and fading";
}

/** What the rules would have decided in these runs: each run anew, from what every test and the gate said of its sets. */
export function outcomeOf(rules: RuleSwitch, lines: readonly VerdictLine[]): Outcome {
  const chosen = lines.flatMap((line) => chosenIn(rules, line));
  const applied = chosen.filter((one) => one !== null);
  return {
    typeRuns: chosen.length,
    applied: applied.length,
    later: applied.flatMap(({ later }) => (later ? [later] : [])),
  };
}

/** Doubt that a first look may spend: where there is no config there is no ledger either, and all of it may be. */
function levelOf(current: VerdictLine["current"]): number {
  const doubt = 0.05;
  return current === "none" ? doubt : (doubt * 6) / (Math.PI * Math.PI);
}

/** The set that each type of a run applies, null if it applies none; Holm's step-down over the types. */
export function chosenIn(
  rules: RuleSwitch,
  { types, current }: Pick<VerdictLine, "types" | "current">,
): (JudgedCandidate | null)[] {
  const level = levelOf(current);
  const chosen = types.map((): JudgedCandidate | null => null);
  const surest = types
    .map(({ candidates }, type) => ({ type, candidates: candidates.filter((one) => isProposed(rules, one)) }))
    .filter(({ candidates }) => candidates.length > 0)
    .map((one) => ({ ...one, p: Math.min(...one.candidates.map(pOf)) }))
    .sort((a, b) => a.p - b.p);
  for (const [place, { type, candidates, p }] of surest.entries()) {
    const needed = level / (types.length - place) + rounding;
    if (p > needed) break;
    chosen[type] = candidates.find((one) => pOf(one) <= needed)!;
  }
  return chosen;
}

/** Differences in the last digits of a share are none. */
const rounding = 1e-12;
const leastTrades = 30;
const leastDays = 15;

function isProposed({ ignored, refusing }: RuleSwitch, { verdict, tests, trades, days }: JudgedCandidate): boolean {
  if (verdict === "FAILED" || verdict === "SKIPPED" || trades < leastTrades || days < leastDays) return false;
  return Object.entries(tests).every(
    ([name, [outcome]]) =>
      !(outcome === "failed" && !ignored.includes(name)) && !(outcome === "warning" && refusing.includes(name)),
  );
}

/** Of 10,000 resamples none tells a smaller p from 0. */
function pOf({ better }: JudgedCandidate): number {
  return Math.max(1 - better, 1 / 10_001);
}
