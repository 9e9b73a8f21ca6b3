// One search, the first of its process: `fresh.js engine|plain [CANDLES]` prints its milliseconds. The core is compiled as the command
// compiles it, while the data are made ready.
import { setFlagsFromString } from "node:v8";
import { factorisedSearch } from "./baseline/factorised.ts";
import { benchMarket } from "./data/market.ts";
import { referenceSpace } from "./data/spaces.ts";
import { referenceOpportunities, taskOf } from "./data/task.ts";
import { eagerFlags, prepareCore, searchTable } from "./engine.ts";

for (const flag of eagerFlags) setFlagsFromString(flag);
const core = prepareCore();
const [which, candles] = process.argv.slice(2);
const market = await benchMarket(candles);
const task = taskOf(market, referenceOpportunities(market), referenceSpace);
await core;
const started = performance.now();
let milliseconds: number;
if (which === "engine") milliseconds = (await searchTable(task)).engine.milliseconds;
else {
  factorisedSearch(task);
  milliseconds = performance.now() - started;
}
process.stdout.write(JSON.stringify({ milliseconds }));
