// Queues a recommendation for every bot of a fleet: node fleet.mjs FLEET.json RESULTS
//
//   [{ "bot": "a", "config": "a/learning_config.json", "request": { "candles": "data", "symbols": ["BTCUSDT"], "nowMs": 1767225600000 } }, ...]
//
// The config is read here and travels with the job, so that a worker has neither it nor its ledger. Then, where the bot is:
//
//   node apply.mjs FLEET.json RESULTS BOT

import { idOf, readFleet } from "./fleetFile.mjs";
import { addOnce, openQueue } from "./queue.mjs";

const [file, results] = process.argv.slice(2);
if (results === undefined) throw new Error("usage: node fleet.mjs FLEET.json RESULTS");
const { queue, close } = openQueue("recommendations");
try {
  for (const bot of await readFleet(file)) {
    const { id, request } = await idOf(bot);
    await addOnce(queue, id, { id, request, results });
    console.log(`${bot.bot} ${id}`);
  }
} finally {
  await close();
}
