import { hostname } from "node:os";
import { InputError } from "../../src/errors.ts";
import type { Message } from "../../src/notify/message.ts";
import { type Errand, newsOf, newsOfFailure, testNews } from "../../src/notify/news.ts";
import { version } from "../../src/run/version.ts";
import { optimizeResult } from "../report/fixtures.ts";

const errand: Errand = {
  verb: "optimize",
  out: "/srv/bot/runs",
  command: "sluice optimize --candles /srv/candles --config /srv/bot/learning_config.json --notify telegram",
  beganMs: 0,
};

export const refusal = new InputError("CANDLE_PRICE", "price must be a finite number above 0", {
  where: "/srv/candles/BTCUSDT-15m.csv:31337, column close",
  found: "-1 <script> & ```",
  expected: "a number such as 42000.5",
  remedy: "repair the row, or use --lenient to drop and count invalid rows",
});

/** The messages that the bodies in bodies/ are made from; the machine's own name is left out of them. */
export async function sampleNews(): Promise<Readonly<Record<"changed" | "failed" | "test", Message>>> {
  return {
    changed: anywhere(await newsOf({ ...errand, verb: "optimize" }, optimizeResult())),
    failed: anywhere(newsOfFailure(errand, refusal)),
    test: anywhere(testNews(Date.UTC(2026, 0, 31, 3, 0))),
  };
}

function anywhere(message: Message): Message {
  const text = JSON.stringify(message).replaceAll(hostname(), "bot-host").replaceAll(version, "1.2.3");
  return JSON.parse(text) as Message;
}
