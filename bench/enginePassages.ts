import { type Exits, exitsOf } from "./baseline/space.ts";
import type { SearchTask } from "./engine.ts";

/** Times and net returns of every fixed stop, as the core's own walk notes them: [stop][row]. */
export interface CorePassages {
  readonly times: Int32Array;
  readonly returns: Float64Array;
}

interface Modules {
  readonly passageRegions: (levels: object, candleBars: number, details: 1) => Record<Region, number>;
  readonly PassageRunner: new (...args: unknown[]) => Runner;
  readonly borrowCore: (
    bytes: number,
    mostBytes: number,
  ) => { readonly memory: WebAssembly.Memory; readonly core: unknown };
}

type Region = "candles" | "batch" | "levels" | "records";

interface Runner {
  readonly recordBytes: number;
  run(paths: object, candles: readonly object[], rows: Uint32Array, use: (from: number, count: number) => void): void;
}

const candleBars = 65_536;
const pageBytes = 65_536;

/**
 * The core's walk by itself. It is an inner door that may move from release to release, so it is looked up at run time:
 * null if it is not there in the form known here, and the bench then says so.
 */
export async function enginePassages(task: SearchTask, rows: Uint32Array): Promise<(() => CorePassages) | null> {
  const modules = await inner();
  if (!modules) return null;
  const exits = exitsOf(task);
  const levels = levelsOf(exits);
  const at = {} as Record<Region, number>;
  let bytes = pageBytes;
  for (const [name, size] of Object.entries(modules.passageRegions(levels, candleBars, 1)) as [Region, number][]) {
    at[name] = bytes;
    bytes = Math.ceil((bytes + size) / 16) * 16;
  }
  const { memory, core } = modules.borrowCore(bytes, 2 * bytes);
  const { rules, market, table } = task;
  const coreRules = {
    cost: 2 * (rules.fee + rules.slippage),
    fundingPer8h: rules.fundingPer8h,
    barsPer8h: (8 * 3_600_000) / market.timeframeMs,
    intrabar: rules.intrabar,
    summaryBars: null,
  };
  const runner = new modules.PassageRunner(core, memory, at, candleBars, levels, coreRules, 1);
  const series = table.symbols.map((symbol) => market.bySymbol.get(symbol)!);
  const words = new Int32Array(memory.buffer);
  const floats = new Float64Array(memory.buffer);
  const count = levels.targets.length + levels.stops.length + levels.trailing.length + levels.holdingBars.length;
  const firstReturn = 8 + Math.ceil(count / 2) * 8;
  const order = rows
    .map((_, k) => k)
    .sort((a, b) => table.symbol[rows[a]!]! - table.symbol[rows[b]!]! || table.bar[rows[a]!]! - table.bar[rows[b]!]!);
  const ordered = order.map((k) => rows[k]!);
  return () => {
    const times = new Int32Array(levels.stops.length * rows.length);
    const returns = new Float64Array(times.length);
    runner.run(table, series, ordered, (from, batch) => {
      for (let k = 0; k < batch; k++) {
        const record = at.records + k * runner.recordBytes;
        for (let stop = 0; stop < levels.stops.length; stop++) {
          const level = levels.targets.length + stop;
          times[stop * rows.length + order[from + k]!] = words[(record + 8) / 4 + level]!;
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

async function inner(): Promise<Modules | null> {
  const load = (name: string): Promise<Partial<Modules>> =>
    import(new URL(`../dist/core/${name}.js`, import.meta.url).href);
  try {
    const found = { ...(await load("passageRunner")), ...(await load("instance")) };
    const isKnown = found.passageRegions?.length === 3 && found.PassageRunner && found.borrowCore?.length === 2;
    return isKnown ? (found as Modules) : null;
  } catch {
    return null;
  }
}
