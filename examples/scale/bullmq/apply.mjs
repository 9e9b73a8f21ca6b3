// Applies a bot's recommendation where the bot is: node apply.mjs FLEET.json RESULTS BOT. Refused if it was applied before, or newer data were.
import { readFile } from "node:fs/promises";
import { apply } from "sluice";
import { idOf, readFleet } from "./fleetFile.mjs";
import { fileOf } from "./recommendation.mjs";

const [file, results, name] = process.argv.slice(2);
if (name === undefined) throw new Error("usage: node apply.mjs FLEET.json RESULTS BOT");
const bot = (await readFleet(file)).find((one) => one.bot === name);
if (!bot) throw new Error(`${file} has no bot ${name}`);
const { id, request } = await idOf(bot);
const recommendation = JSON.parse(await readFile(fileOf(results, id), "utf8"));
const saved = await apply(recommendation, bot.config, { nowMs: request.nowMs });
console.log(saved === null ? "nothing to change" : `changed ${saved.changed ?? ""} ${saved.types.join(", ")}`);
