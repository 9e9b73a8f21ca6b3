import { plantedThreshold } from "./edgeMarkets.ts";
import { currents, type Door, doors, type JudgedCandidate, type JudgedType, type Later } from "./judge.ts";
import type { MarketKind } from "./known.ts";
import {
  chosenIn,
  groupOf,
  type MarketGroup,
  outcomeOf,
  refusals,
  ruleSwitches,
  rulesAsTheyAre,
  warnings,
} from "./rules.ts";
import { allKinds, isNull, type Line, type NightsLine, type VerdictLine } from "./work.ts";

/** A type of a run, and the set that the rules as they are apply: decided anew from what is on record, so that results outlive a change of rules. */
interface Judged extends JudgedType {
  readonly seed: number;
  readonly chosen: JudgedCandidate | null;
}

/** How often each kind of market was believed and changed, and what came of the changes. */
export function verdictTables(lines: readonly Line[]): string {
  const found = lines.filter((line): line is VerdictLine => line.what === "verdicts");
  const rows = allKinds.flatMap((kind) =>
    doors.flatMap((door) =>
      currents.flatMap((current) => {
        const own = found.filter((line) => line.kind === kind && line.door === door && line.current === current);
        const judged = own.flatMap((line): Judged[] => {
          const chosen = chosenIn(rulesAsTheyAre, line);
          return line.types.map((type, k) => ({ ...type, seed: line.seed, chosen: chosen[k]! }));
        });
        return judged.length === 0 ? [] : [verdictRow({ kind, door, current }, own, judged)];
      }),
    ),
  );
  const header = [
    "market",
    "door",
    "current",
    "seeds",
    "type-runs",
    "PASSED",
    "or WARNING",
    "applied",
    "within a step",
  ];
  return table([...header, "applied: hold-out", "later", "later - kept", "minutes"], rows);
}

function verdictRow(
  { kind, door, current }: { kind: MarketKind; door: Door; current: string },
  own: readonly VerdictLine[],
  judged: readonly Judged[],
): string[] {
  const share = (isOne: (one: Judged) => boolean): string => percent(judged.filter(isOne).length / judged.length);
  const sets = judged.flatMap((one) => one.candidates.map(({ verdict }) => verdict));
  const isIn = (one: Judged, verdicts: readonly string[]): boolean =>
    one.candidates.some(({ verdict }) => verdicts.includes(verdict));
  const applied = judged.flatMap(({ chosen, kept }) => (chosen ? [{ ...chosen, kept }] : []));
  const gains = applied.flatMap(({ later, kept }) => (later && kept ? [difference(later, kept)] : []));
  const steps = (one: Judged): number => Math.abs((one.threshold ?? Number.POSITIVE_INFINITY) - plantedThreshold) / 10;
  return [
    kind,
    door,
    current,
    String(new Set(judged.map(({ seed }) => seed)).size),
    String(sets.length === 0 ? 0 : judged.length),
    share((one) => isIn(one, ["PASSED"])),
    share((one) => isIn(one, ["PASSED", "WARNING"])),
    share((one) => one.chosen !== null),
    door === "scanner" || isNull(kind) ? "-" : share((one) => steps(one) <= 1),
    mean(applied.map(({ average }) => average)),
    mean(applied.flatMap(({ later }) => (later && later.trades > 0 ? [later.average] : []))),
    mean(gains),
    (own.reduce((sum, { seconds }) => sum + seconds, 0) / 60).toFixed(1),
  ];
}

/** Points that a set made more than another, in all. */
export function difference(later: Later, kept: Later): number {
  return later.total - kept.total;
}

const groups: readonly MarketGroup[] = ["nulls", "edges 0.5 %", "edges 0.3 %", "scanned", "dying and fading"];

/** What each rule of the verdict costs and saves: changes on nulls and on edges with one rule switched at a time, over all doors and current sets. */
export function rulesTable(lines: readonly Line[]): string {
  const found = lines.filter((line): line is VerdictLine => line.what === "verdicts");
  const rows = ruleSwitches.map((rules) => [
    rules.name,
    ...groups.flatMap((group) => {
      const { typeRuns, applied, later } = outcomeOf(
        rules,
        found.filter(({ kind }) => groupOf(kind) === group),
      );
      const share = typeRuns === 0 ? "-" : `${percent(applied / typeRuns)} (${applied})`;
      return [share, mean(later.filter(({ trades }) => trades > 0).map(({ average }) => average))];
    }),
  ]);
  return table(["rules", ...groups.flatMap((group) => [`${group}: applied`, "later"])], rows);
}

/** What each test says of sets that have not FAILED: how often it speaks against one, and is the only test that refuses it. */
export function testsTable(lines: readonly Line[]): string {
  const found = lines.filter((line): line is VerdictLine => line.what === "verdicts" && line.current === "usual");
  const setsOf = (group: MarketGroup): JudgedCandidate[] =>
    found
      .filter(({ kind }) => groupOf(kind) === group)
      .flatMap(({ types }) => types.flatMap(({ candidates }) => candidates))
      .filter(({ verdict }) => verdict !== "FAILED" && verdict !== "SKIPPED");
  const outcome = ({ tests }: JudgedCandidate, test: string): string => tests[test]?.[0] ?? "not run";
  const rows = [...refusals, ...warnings, "permutation"].map((test) => [
    `\`${test}\``,
    ...groups.flatMap((group) => {
      const sets = setsOf(group).filter((set) => outcome(set, test) !== "not run");
      const against = sets.filter((set) => outcome(set, test) !== "passed");
      const isAlone = (set: JudgedCandidate): boolean =>
        refusals.every((other) => (outcome(set, other) === "failed") === (other === test));
      const share = sets.length === 0 ? "-" : `${percent(against.length / sets.length)} of ${sets.length}`;
      return [share, refusals.includes(test) ? String(against.filter(isAlone).length) : "-"];
    }),
  ]);
  return table(["test", ...groups.flatMap((group) => [`${group}: against`, "alone"])], rows);
}

/** How many markets were ever changed in sixty nights. */
export function nightsTable(lines: readonly Line[]): string {
  const found = lines.filter((line): line is NightsLine => line.what === "nights");
  const rows = allKinds.flatMap((kind) =>
    doors.flatMap((door) => {
      const policies = ["gate", "shadow"] as const;
      return policies.flatMap((policy) => {
        const own = found.filter(
          (line) => line.kind === kind && line.door === door && (line.policy ?? "gate") === policy,
        );
        if (own.length === 0) return [];
        const changed = own.filter(({ lived }) => lived.changes.length > 0);
        const gains = changed.map(({ lived }) => difference(lived.earned, lived.kept));
        const first = changed.map(({ lived }) => lived.changes[0]!.night).sort((a, b) => a - b);
        return [
          [
            kind,
            door,
            policy,
            String(own.length),
            String(own[0]!.lived.nights),
            `${changed.length} (${percent(changed.length / own.length)})`,
            String(own.reduce((sum, { lived }) => sum + lived.changes.length, 0)),
            first.length === 0 ? "-" : String(first[Math.floor(first.length / 2)]),
            mean(gains),
            (own.reduce((sum, { seconds }) => sum + seconds, 0) / 60).toFixed(1),
          ],
        ];
      });
    }),
  );
  return table(
    [
      "market",
      "door",
      "policy",
      "markets",
      "nights",
      "ever changed",
      "changes",
      "first, median night",
      "changed: points more than kept",
      "minutes",
    ],
    rows,
  );
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return line(header) + line(header.map(() => "---")) + rows.map(line).join("");
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** A mean with its standard error. */
export function mean(figures: readonly number[]): string {
  if (figures.length === 0) return "-";
  const average = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  if (figures.length === 1) return average.toFixed(2);
  const variance = figures.reduce((sum, figure) => sum + (figure - average) ** 2, 0) / (figures.length - 1);
  return `${average.toFixed(2)} ± ${Math.sqrt(variance / figures.length).toFixed(2)}`;
}
