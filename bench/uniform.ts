// `npm run calibrate:p`: are the p-values of the two randomisation tests uniform on markets without anything to find?
import { parseArgs } from "node:util";
import { type NullMarketKind, nullKinds } from "./calibration/known.ts";
import { movedSets, type PValues, pValuesOn, type Uniformity, uniformityOf } from "./calibration/pValues.ts";

const usage = `npm run calibrate:p -- [flags]
  --kind KIND    ${nullKinds.join(", ")}; walk and regimes where left out
  --candles DIR  real candles for shuffled days, SYMBOL-15m.csv
  --seeds N      markets of each kind (100)
  --first SEED   the first seed (1)
  --list         each market's p-values as lines of JSON
`;

const { values } = parseArgs({
  options: {
    kind: { type: "string" },
    candles: { type: "string" },
    seeds: { type: "string", default: "100" },
    first: { type: "string", default: "1" },
    list: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const permutationStep = 1 / 201;
const selectionStep = 1 / 20;

if (values.help) process.stdout.write(usage);
else
  for (const kind of values.kind ? [values.kind as NullMarketKind] : (["walk", "regimes"] as const))
    await measure(kind);

async function measure(kind: NullMarketKind): Promise<void> {
  const found: PValues[] = [];
  for (let k = 0; k < Number(values.seeds); k++) {
    const one = await pValuesOn(kind, Number(values.first) + k, values.candles ?? null);
    found.push(one);
    if (values.list) process.stdout.write(`${JSON.stringify({ kind, ...one })}\n`);
  }
  const known = (list: readonly (number | null)[]): number[] => list.filter((p) => p !== null);
  for (const set of movedSets)
    print(kind, `permutation, ${set}`, uniformityOf(known(found.map((one) => one.permutation[set])), permutationStep));
  print(kind, "selection, phase3", uniformityOf(known(found.map(({ selection }) => selection)), selectionStep));
  print(kind, "selection, phase2", uniformityOf(known(found.map((one) => one.selectionOfPhase2)), selectionStep));
}

function print(kind: string, test: string, { count, low, high, distance, bound }: Uniformity): void {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  process.stdout.write(
    `${kind}, ${test}: ${count} markets, p <= 0.05 ${percent(low)}, p >= 0.95 ${percent(high)}, KS ${distance.toFixed(3)} (1 %: ${bound.toFixed(3)})\n`,
  );
}
