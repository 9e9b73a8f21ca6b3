import { plantedThreshold } from "./edgeMarkets.ts";
import type { JudgedGroup } from "./judge.ts";
import { difference, mean, percent, table } from "./tables.ts";
import { type GroupsLine, groupKinds, isNull, type Line } from "./work.ts";

/** The symbol that has the edge of `one coin` and of `one symbol`. */
const edgeSymbol = "COIN0USDT";

/** What runs with a group of each symbol changed: where the edge is, and where none is. */
export function groupsTable(lines: readonly Line[]): string {
  const found = lines.filter((line): line is GroupsLine => line.what === "groups");
  const rows = groupKinds.flatMap((kind) => {
    const own = found.filter((line) => line.kind === kind);
    if (own.length === 0) return [];
    const hasEdge = !isNull(kind);
    const isEdge = ({ group }: JudgedGroup): boolean => hasEdge && group === edgeSymbol;
    const isApplied = ({ applied }: JudgedGroup): boolean => applied !== null;
    const runs = (isOne: (one: JudgedGroup) => boolean): string => {
      const count = own.filter(({ groups }) => groups.some(isOne)).length;
      return `${count} (${percent(count / own.length)})`;
    };
    const edges = own.flatMap(({ groups }) => groups.filter(isEdge));
    const near = edges.filter(({ threshold }) => threshold !== null && Math.abs(threshold - plantedThreshold) <= 10);
    const applied = own.flatMap(({ groups }) => groups.filter(isApplied));
    return [
      [
        kind,
        String(own.length),
        String(own.reduce((sum, { groups }) => sum + groups.length, 0)),
        hasEdge ? runs((one) => isEdge(one) && isApplied(one)) : "-",
        hasEdge ? percent(near.length / edges.length) : "-",
        runs((one) => isApplied(one) && !isEdge(one)),
        mean(applied.flatMap(({ later }) => (later && later.trades > 0 ? [later.average] : []))),
        mean(applied.flatMap(({ later, kept }) => (later && kept ? [difference(later, kept)] : []))),
        (own.reduce((sum, { seconds }) => sum + seconds, 0) / 60).toFixed(1),
      ],
    ];
  });
  const where = ["market", "runs", "groups", "edge applied", "within a step", "another group changed"];
  return table([...where, "later", "later - kept", "minutes"], rows);
}
