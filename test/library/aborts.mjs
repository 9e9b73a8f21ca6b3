// Calls that are stopped at random moments of theirs: how long each takes to end, and what is left of it. Prints one line of JSON.
//
//   node aborts.mjs TIMES FOLDER [SEED]
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspectCandles, optimize, scan, search } from "../../dist/index.js";
import { syntheticMarket } from "../../modules/candles/synthetic.js";
import { uniformFrom } from "../../modules/random.js";

const [times, folder, seed = 1] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4] ?? 1)];
const at = (name) => join(folder, name);
const endTimeMs = Date.UTC(2026, 0, 1);
const market = { seed: 5, symbols: ["AAAUSDT", "BBBUSDT"], days: 60, timeframeMs: 900_000, endTimeMs };
const candles = syntheticMarket(market);
const common = { candles, nowMs: endTimeMs, minProfit: 0.04, minTrades: 1, threads: 3, memoryBytes: 2 ** 26 };

const rows = Array.from({ length: 200 }, (_, k) => `AAAUSDT,${endTimeMs - (2000 - 7 * k) * 900_000},long,${k}`);
writeFileSync(at("signals.csv"), `symbol,timestamp,direction,luck\n${rows.join("\n")}\n`);
const range = { from: 0.5, to: 5, step: 0.01 };
const space = { min_luck: [0, 50], atr_tp_multiplier: range, atr_stop_multiplier: range };
writeFileSync(at("space.json"), JSON.stringify(space));
const config =
  '{"scalping_params": {"min_signal_score": 60}, "swing_params": {"min_signal_score": 60}, "mine": [1.50]}\n';

/** Each call into a folder of its own, and the files that may stand there afterwards. */
const calls = [
  {
    name: "optimize",
    run: (out, options) => {
      writeFileSync(join(out, "config.json"), config);
      return optimize({ ...common, configs: [join(out, "config.json")], out, lookaheadHours: 12 }, options);
    },
    mayLeave: /^(config\.json(\..+)?|result\.json|report\.(txt|html)|history)$/,
  },
  {
    name: "search",
    run: (_, options) => search({ ...common, opportunities: at("signals.csv"), spaceFile: at("space.json") }, options),
    mayLeave: /^$/,
  },
  {
    name: "scan",
    run: (out, options) => scan({ candles, nowMs: endTimeMs, out: join(out, "scanned.csv") }, options),
    mayLeave: /^scanned\.csv$/,
  },
];

const listed = (path) => {
  try {
    return readdirSync(path);
  } catch {
    // Not on this system.
    return [];
  }
};
const descriptors = () =>
  listed("/proc/self/fd").flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      // The one that the listing itself was read by.
      return [];
    }
  });
const state = () => ({
  descriptors: descriptors(),
  threads: listed("/proc/self/task").length,
  handles: process.getActiveResourcesInfo().filter((name) => !/^(Timeout|Immediate)$/.test(name)).length,
});
// A call waits for the threads that stopped ones left behind.
const settled = () => inspectCandles(at("nowhere")).catch((error) => error.code);

let folders = 0;
function newFolder() {
  const out = at(`out-${folders++}`);
  mkdirSync(out);
  return out;
}
/** What must be the same whenever it is run: its result without what tells of the machine, of time and of places. */
const resultOf = (result) =>
  JSON.stringify(result, (key, value) =>
    /^(engine|memory|config|file|backup|saved|out)$/.test(key) ? undefined : value,
  );

const whole = [];
for (const { run } of calls) {
  const began = performance.now();
  const result = resultOf(await run(newFolder(), {}));
  whole.push({ result, milliseconds: performance.now() - began });
}
await settled();
const before = state();
const uniform = uniformFrom(seed);
const took = [];
const codes = {};
const leftFiles = [];
for (let k = 0; k < times; k++) {
  const place = k % calls.length;
  const { name, run, mayLeave } = calls[place];
  const controller = new AbortController();
  let abortedMs = Number.NaN;
  const timer = setTimeout(() => {
    abortedMs = performance.now();
    controller.abort();
  }, uniform() * whole[place].milliseconds);
  const out = newFolder();
  const code = await run(out, { signal: controller.signal }).then(
    () => "done",
    (error) => error.code,
  );
  if (code === "ABORTED") took.push({ name, milliseconds: performance.now() - abortedMs });
  clearTimeout(timer);
  codes[code] = (codes[code] ?? 0) + 1;
  leftFiles.push(...readdirSync(out).filter((file) => !mayLeave.test(file) || /\.(tmp|lock)$/.test(file)));
  for (const file of readdirSync(out).filter((each) => each.endsWith(".json")))
    JSON.parse(readFileSync(join(out, file), "utf8"));
}
await settled();
const opened = ({ descriptors: paths }) =>
  paths.filter((path) => path.startsWith("/") && !before.descriptors.includes(path));
// A thread that was ended closes what it had open as it exits, which takes its time on a busy machine; what leaks stays for good.
const isBack = (now) =>
  opened(now).length === 0 &&
  now.descriptors.length <= before.descriptors.length &&
  now.threads <= before.threads &&
  now.handles <= before.handles;
let after = state();
for (let k = 0; k < 100 && !isBack(after); k++) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  after = state();
}
const again = [];
for (const { run } of calls) again.push(resultOf(await run(newFolder(), {})));
const sorted = took.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
const quantile = (share) =>
  Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
const slowest = took.find(({ milliseconds }) => milliseconds === sorted.at(-1))?.name;
console.log(
  JSON.stringify({
    node: process.version,
    codes,
    milliseconds: { p50: quantile(0.5), p99: quantile(0.99), max: quantile(1), slowest },
    before: { ...before, descriptors: before.descriptors.length },
    after: { ...after, descriptors: after.descriptors.length },
    left: { descriptors: opened(after), files: leftFiles },
    isSameAgain: again.every((result, k) => result === whole[k].result),
  }),
);
