// Many runs in one process through the library; prints the memory and the handles after each, as one line of JSON.
//
//   node soak.mjs RUNS
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const { optimize } = await import(new URL("dist/index.js", root));
const { syntheticMarket } = await import(new URL("modules/candles/synthetic.js", root));

const spaceFile = fileURLToPath(new URL("space.json", import.meta.url));
const candles = syntheticMarket({
  seed: 1,
  symbols: ["AAAUSDT", "BBBUSDT", "CCCUSDT"],
  days: 30,
  timeframeMs: 900_000,
  endTimeMs: Date.UTC(2026, 0, 1),
});
const samples = [];
for (let run = 0; run < Number(process.argv[2]); run++) {
  const { split } = await optimize({ candles, spaceFile, lookaheadHours: 12, minProfit: 0.04, minTrades: 5 });
  if (split.training === 0) throw new Error("the soak has nothing to search");
  samples.push({
    rss: process.memoryUsage.rss(),
    handles: process.getActiveResourcesInfo().length,
    descriptors: process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0,
  });
}
console.log(JSON.stringify(samples));
