// A bot on a made-up exchange: it trades hour by hour, keeps its own candles, asks for better parameters each night in the background, applies what
// can be trusted, and trades on with it. Run it with: node bot.mjs [nights]
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { apply, createMarket, isSluiceError, recommend, watchConfig } from "sluice";
import { Exchange, hourMs } from "./exchange.mjs";

const nights = Number(process.argv[2] ?? 3);
const timeframe = "1h";
const exchange = new Exchange({ symbols: ["AAA/USDT", "BBB/USDT", "CCC/USDT"], historyDays: 90 });

// The bot's config, as it might have been for months: it takes every burst.
const config = join(mkdtempSync(join(tmpdir(), "bot-")), "bot.json");
const first = { min_strength: 1, atr_tp_multiplier: 2, atr_stop_multiplier: 2, max_holding_hours: 6 };
writeFileSync(config, JSON.stringify({ burst_params: first, trades_so_far: 0 }, null, 2));

// What may be tried instead.
const space = {
  min_strength: [1, 1.5, 2, 2.5],
  atr_tp_multiplier: [2, 3, 4],
  atr_stop_multiplier: [2, 3],
  max_holding_hours: [6],
};

const bot = watchConfig(config, (_, { entries }) => {
  console.log(`reloaded: ${entries.map(({ path, old, new: value }) => `${path} ${old} -> ${value}`).join(", ")}`);
});

const market = createMarket({ timeframe, keepDays: 120, now: () => exchange.now });
const signals = [];
const trades = [];
const open = new Map();

/** A burst: a candle whose body is at least 1 %. It is known at the candle's close, and its strength is the body in percent. */
function signalOf(symbol, [timestamp, opened, , , close]) {
  const body = (100 * (close - opened)) / opened;
  if (Math.abs(body) < 1) return null;
  return { symbol, timestamp, type: "burst", direction: Math.sign(body), strength: Math.abs(body) };
}

/** Of the last 14 candles: the mean of high less low. */
function atrOf(symbol) {
  const { high, low, count } = market.snapshot().bySymbol.get(symbol);
  let sum = 0;
  for (let bar = count - 14; bar < count; bar++) sum += high[bar] - low[bar];
  return sum / 14;
}

/** Candles from the exchange: the newest is still running, and the market leaves it out. */
async function fetchNew(symbol, since, limit) {
  const rows = await exchange.fetchOHLCV(symbol, timeframe, since, limit);
  market.push(symbol, ...rows);
  return rows.slice(0, -1);
}

function trade(symbol, candle) {
  const [timestamp, , high, low, close] = candle;
  const position = open.get(symbol);
  if (position) {
    const { direction, entry, target, stop, until } = position;
    const hitsStop = direction > 0 ? low <= stop : high >= stop;
    const hitsTarget = direction > 0 ? high >= target : low <= target;
    const exit = hitsStop ? stop : hitsTarget ? target : timestamp >= until ? close : null;
    if (exit !== null) {
      trades.push({ ...position, return: direction * (exit / entry - 1) - 0.0014 });
      open.delete(symbol);
    }
  }
  const signal = signalOf(symbol, candle);
  if (!signal) return;
  signals.push(signal);
  const params = bot.current.burst;
  if (open.has(symbol) || signal.strength < params.min_strength) return;
  const atr = atrOf(symbol);
  open.set(symbol, {
    direction: signal.direction,
    entry: close,
    target: close + signal.direction * params.atr_tp_multiplier * atr,
    stop: close - signal.direction * params.atr_stop_multiplier * atr,
    until: timestamp + params.max_holding_hours * hourMs,
    minStrength: params.min_strength,
  });
}

// History first, in pages as an exchange gives them.
for (const symbol of exchange.symbols)
  for (let since = exchange.startMs; since < exchange.now - hourMs; since += 500 * hourMs)
    for (const candle of await fetchNew(symbol, since, 500)) {
      const signal = signalOf(symbol, candle);
      if (signal) signals.push(signal);
    }

/** One night: a decision on a snapshot, while the bot goes on trading. */
async function improve() {
  const nowMs = exchange.now;
  const snapshot = market.snapshot();
  const known = signals.filter(({ timestamp }) => timestamp >= nowMs - 120 * 24 * hourMs);
  const recommendation = await recommend(
    {
      candles: snapshot,
      signals: known,
      space,
      config,
      timeframeMs: hourMs,
      lookaheadHours: 6,
      minProfit: 0.01,
      nowMs,
    },
    { signal: AbortSignal.timeout(120_000) },
  );
  for (const [type, { advice, verdict, reasons }] of Object.entries(recommendation.types))
    console.log(`${type}: ${advice}, ${verdict}, ${reasons.map(({ code }) => code).join(" ")}`);
  if (recommendation.changes) {
    const saved = await apply(recommendation, config, { nowMs: exchange.now });
    console.log(`applied ${saved?.types.join(", ")}; to undo: sluice rollback --config ${config}`);
  }
}

let hours = 0;
for (let night = 1; night <= nights; night++) {
  let running = true;
  const work = improve()
    .catch((error) => {
      // A bot does not stop because its parameters could not be improved.
      if (!isSluiceError(error)) throw error;
      console.error(`not improved: ${error.code}: ${error.message}`);
    })
    .finally(() => {
      running = false;
    });
  // A day of trading: at least 24 hours, and as many as pass until the decision is there.
  for (let hour = 0; hour < 24 || running; hour++) {
    if (hour < 24) {
      exchange.now += hourMs;
      hours++;
      for (const symbol of exchange.symbols)
        for (const candle of await fetchNew(symbol, exchange.now - 2 * hourMs, 2)) trade(symbol, candle);
    }
    await breathe();
  }
  await work;
}

await new Promise((resolve) => setTimeout(resolve, 500));
bot.close();
const average = (list) =>
  list.length === 0 ? 0 : (100 * list.reduce((sum, one) => sum + one.return, 0)) / list.length;
const before = trades.filter(({ minStrength }) => minStrength === first.min_strength);
const after = trades.filter(({ minStrength }) => minStrength !== first.min_strength);
console.log(`${hours} hours traded; ${before.length} trades as before, ${average(before).toFixed(2)} % each`);
console.log(`${after.length} trades with new parameters, ${average(after).toFixed(2)} % each`);
