import { borrowCore } from "../modules/core/instance.js";
import { PassageRunner, passageRegions } from "../modules/core/passageRunner.js";
import { furtherColumnsOf } from "../modules/core/paths.js";
import { type Exits, exitsOf } from "./baseline/space.ts";
import type { SearchTask } from "./engine.ts";

/** Times and net returns of every fixed stop, as the core's own walk notes them: [stop][row]. */
export interface CorePassages {
  readonly times: Int32Array;
  readonly returns: Float64Array;
}

const candleBars = 65_536;
const pageBytes = 65_536;
const cacheLineBytes = 64;

/** The core's walk by itself, through an inner door of the built package. */
export function enginePassages(task: SearchTask, rows: Uint32Array): () => CorePassages {
  const levels = levelsOf(exitsOf(task));
  const { rules, market, table } = task;
  const candles = table.symbols.map((symbol) => market.bySymbol.get(symbol)!);
  const sizes = passageRegions(levels, candleBars, furtherColumnsOf(candles), 1);
  const at = { ...sizes };
  let bytes = pageBytes;
  for (const name of Object.keys(sizes) as (keyof typeof sizes)[]) {
    at[name] = bytes;
    bytes = Math.ceil((bytes + sizes[name]) / cacheLineBytes) * cacheLineBytes;
  }
  const { memory, core } = borrowCore(bytes, 2 * bytes);
  const coreRules = {
    cost: 2 * (rules.fee + rules.slippage),
    fundingPer8h: rules.fundingPer8h,
    barsPer8h: (8 * 3_600_000) / market.timeframeMs,
    intrabar: rules.intrabar,
    summaryBars: null,
  };
  const runner = new PassageRunner(core, memory, at, { levels, rules: coreRules, candles, candleBars, details: 1 });
  const words = new Int32Array(memory.buffer);
  const floats = new Float64Array(memory.buffer);
  const count = levels.targets.length + levels.stops.length + levels.trailing.length + levels.holdingBars.length;
  const firstReturn = Math.ceil(count / 2) * 8;
  const order = Array.from(rows, (_, k) => k).sort(
    (a, b) => table.symbol[rows[a]!]! - table.symbol[rows[b]!]! || table.bar[rows[a]!]! - table.bar[rows[b]!]!,
  );
  const ordered = Uint32Array.from(order, (k) => rows[k]!);
  return () => {
    const times = new Int32Array(levels.stops.length * rows.length);
    const returns = new Float64Array(times.length);
    runner.run(table, candles, ordered, (from, batch) => {
      for (let k = 0; k < batch; k++) {
        const record = at.records + k * runner.recordBytes;
        for (let stop = 0; stop < levels.stops.length; stop++) {
          const level = levels.targets.length + stop;
          times[stop * rows.length + order[from + k]!] = words[record / 4 + level]!;
          returns[stop * rows.length + order[from + k]!] = floats[(record + firstReturn) / 8 + level]!;
        }
      }
    });
    return { times, returns };
  };
}

/** Levels as the core wants them; the reference space's candidates ascend already. */
function levelsOf(exits: Exits) {
  return {
    targets: exits.targets,
    stops: exits.stops,
    trailing: exits.variants.flatMap(({ trailing }) => trailing ?? []),
    holdingBars: exits.holdingBars,
  };
}
