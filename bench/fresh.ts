// One search, the first of its process: `fresh.js engine|plain [CANDLES]` prints its milliseconds.
import { factorisedSearch } from "./baseline/factorised.ts";
import { benchMarket } from "./data/market.ts";
import { referenceSpace } from "./data/spaces.ts";
import { referenceOpportunities, taskOf } from "./data/task.ts";
import { searchTable } from "./engine.ts";

const [which, candles] = process.argv.slice(2);
const market = await benchMarket(candles);
const task = taskOf(market, referenceOpportunities(market), referenceSpace);
const started = performance.now();
let milliseconds: number;
if (which === "engine") milliseconds = (await searchTable(task)).engine.milliseconds;
else {
  factorisedSearch(task);
  milliseconds = performance.now() - started;
}
process.stdout.write(JSON.stringify({ milliseconds }));
