// Calls that are stopped in their first 420 ms, many times: how many descriptors are open before and after, and which ones were not before.
import { readdirSync, readlinkSync } from "node:fs";
import { inspectCandles, optimize, search } from "../../dist/index.js";
import { syntheticMarket } from "../../modules/candles/synthetic.js";

const [times, folder] = [Number(process.argv[2]), process.argv[3]];
const endTimeMs = Date.UTC(2026, 0, 1);
const candles = syntheticMarket({
  seed: 5,
  symbols: ["AAAUSDT", "BBBUSDT"],
  days: 60,
  timeframeMs: 900_000,
  endTimeMs,
});
const common = { candles, nowMs: endTimeMs, minProfit: 0.04, minTrades: 1, threads: 3, memoryBytes: 2 ** 26 };
const runs = [
  (options) => optimize({ ...common, lookaheadHours: 12 }, options),
  (options) =>
    search({ ...common, opportunities: `${folder}/signals.csv`, spaceFile: `${folder}/space.json` }, options),
];

function open() {
  return readdirSync("/proc/self/fd").flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      // The one that the listing itself was read by.
      return [];
    }
  });
}

// A call waits for the threads that stopped ones left behind.
const settled = () => inspectCandles(`${folder}/nowhere`).catch((error) => error.code);

await settled();
const before = open();
const codes = {};
for (let k = 0; k < times; k++) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), (420 * k) / times);
  const code = await runs[k % runs.length]({ signal: controller.signal }).then(
    () => "done",
    (error) => error.code,
  );
  codes[code] = (codes[code] ?? 0) + 1;
}
await settled();
const leftOf = (paths) => paths.filter((path) => path.startsWith("/") && !before.includes(path));
// A thread that was ended closes what it had open as it exits, which takes its time on a busy machine; what leaks stays open for good.
let after = open();
for (let k = 0; k < 100 && (leftOf(after).length > 0 || after.length !== before.length); k++) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  after = open();
}
const left = leftOf(after);
console.log(JSON.stringify({ before: before.length, after: after.length, left, codes }));
