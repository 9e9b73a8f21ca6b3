import * as v from "valibot";
import { InputError } from "../errors.ts";
import { objectives } from "../search/objectives.ts";
import { mostLinearMemoryBytes, mostThreads } from "./limits.ts";

const number = v.pipe(
  v.number(),
  v.check((value) => !Number.isNaN(value)),
);
const positive = v.pipe(number, v.gtValue(0), v.finite());
const notNegative = v.pipe(number, v.minValue(0));
const cost = v.pipe(number, v.minValue(0), v.ltValue(1));
const share = v.pipe(number, v.minValue(0), v.maxValue(1));
const whole = (least: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(least));
const moment = v.pipe(number, v.finite());
const path = v.pipe(v.string(), v.nonEmpty());

/** Every option of every call: what it may be, and how to say so. */
const options = {
  candles: [v.union([path, v.array(v.looseObject({ symbol: v.string() }))]), "a folder, or a list of candle columns"],
  timeframeMs: [whole(1), "whole milliseconds above 0"],
  symbols: [v.array(v.pipe(v.string(), v.nonEmpty())), "a list of symbols"],
  fromMs: [moment, "epoch milliseconds"],
  toMs: [moment, "epoch milliseconds"],
  days: [positive, "a number above 0"],
  lenient: [v.boolean(), "true or false"],
  lookaheadHours: [positive, "a number above 0"],
  minProfit: [positive, "a fraction above 0, such as 0.08"],
  legacyActivations: [v.boolean(), "true or false"],
  fee: [cost, "a fraction from 0 to below 1, such as 0.0005"],
  slippage: [cost, "a fraction from 0 to below 1, such as 0.0002"],
  fundingPer8h: [v.pipe(number, v.gtValue(-1), v.ltValue(1)), "a fraction such as 0.0001"],
  intrabar: [v.picklist(["stop-first", "target-first", "nearest-open"]), "stop-first, target-first or nearest-open"],
  exitModel: [v.picklist(["path", "summary"]), "path or summary"],
  minTrades: [whole(0), "a whole number from 0 up"],
  maxDrawdown: [notNegative, "percent points from 0 up"],
  minCaptureRate: [share, "a share from 0 to 1"],
  drawdownLimit: [notNegative, "percent points from 0 up"],
  memoryBytes: [v.pipe(whole(1), v.maxValue(mostLinearMemoryBytes)), "whole bytes up to 4 GiB"],
  threads: [
    v.union([v.literal("auto"), v.pipe(whole(1), v.maxValue(mostThreads))]),
    `auto, or a number of threads from 1 to ${mostThreads}`,
  ],
  seed: [whole(0), "a whole number from 0 up"],
  top: [whole(1), "a whole number from 1 up"],
  maxRssBytes: [whole(1), "whole bytes"],
  signals: [path, "a file"],
  configs: [v.array(path), "a list of files"],
  spaceFile: [path, "a file"],
  out: [path, "a path"],
  dryRun: [v.boolean(), "true or false"],
  strict: [v.boolean(), "true or false"],
  allowStale: [v.boolean(), "true or false"],
  suggestFile: [path, "a file"],
  coarseCombos: [whole(1), "a whole number from 1 up"],
  fineCombos: [whole(1), "a whole number from 1 up"],
  universe: [v.picklist(["all", "objective"]), "all or objective"],
  margin: [v.pipe(notNegative, v.finite()), "percent points from 0 up"],
  maxOpen: [whole(1), "a whole number from 1 up"],
  rolling: [v.boolean(), "true or false"],
  nowMs: [moment, "epoch milliseconds"],
  breakRatio: [v.pipe(number, v.gtValue(1), v.finite()), "a ratio above 1, such as 8"],
  opportunities: [path, "a file"],
  type: [v.string(), "a signal type"],
  objective: [v.picklist(objectives), objectives.join(", ")],
  paramsFile: [path, "a file"],
  tradesFile: [path, "a file"],
  currentFile: [path, "a file"],
} as const;

/** Refuses a request with an option that is unknown or cannot be meant; one that is undefined counts as left out. */
export function checkRequest(request: unknown): void {
  if (typeof request !== "object" || request === null || Array.isArray(request))
    throw wrong("a request is an object of options", "request", request, "an object");
  for (const [key, value] of Object.entries(request)) {
    if (value === undefined) continue;
    const option = Object.hasOwn(options, key) ? options[key as keyof typeof options] : undefined;
    if (!option)
      throw wrong("the request has an option that there is none of", key, value, Object.keys(options).join(", "));
    const [schema, expected] = option;
    if (!v.is(schema, value)) throw wrong("an option of the request is not what it has to be", key, value, expected);
  }
}

function wrong(rule: string, where: string, found: unknown, expected: string): InputError {
  return new InputError("REQUEST_OPTION", rule, {
    where,
    found: shown(found),
    expected,
    remedy: "mend the call; nothing was read or written",
  });
}

function shown(value: unknown): string {
  if (typeof value === "number" || value === null || value === undefined) return String(value);
  try {
    return (JSON.stringify(value) ?? typeof value).slice(0, 100);
  } catch {
    return typeof value;
  }
}
