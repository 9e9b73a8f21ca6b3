// The plain row of the whole command: `plainCommand.js CANDLES OPPORTUNITIES SPACE` reads as the command does, and searches in plain TypeScript.
import { readFileSync } from "node:fs";
import { factorisedSearch } from "./baseline/factorised.ts";
import { benchMarket } from "./data/market.ts";
import { taskOf } from "./data/task.ts";
import { labelOpportunities, readOpportunities, type Space } from "./engine.ts";

const [candles, opportunities, spaceFile] = process.argv.slice(2);
const market = await benchMarket(candles!);
const table = await readOpportunities(opportunities!, market, { lenient: false });
const labels = labelOpportunities(table, market, { lookaheadBars: 96, minProfit: 0.08 });
const space = JSON.parse(readFileSync(spaceFile!, "utf8")) as Space;
process.stdout.write(JSON.stringify(factorisedSearch(taskOf(market, { table, labels }, space))));
