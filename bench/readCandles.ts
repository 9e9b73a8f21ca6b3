// One candle file, read by the built package as the first work of its process: `readCandles.js PATH` prints candles and milliseconds.
import { readCandleFile } from "../modules/candles/readFile.js";

const started = performance.now();
const used = process.cpuUsage();
const { count } = await readCandleFile(process.argv[2]!, "X", { timeframeMs: 60_000, lenient: false });
const { user, system } = process.cpuUsage(used);
process.stdout.write(
  JSON.stringify({ count, milliseconds: performance.now() - started, cpuMilliseconds: (user + system) / 1000 }),
);
