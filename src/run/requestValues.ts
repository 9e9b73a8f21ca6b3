import * as v from "valibot";
import { type CandlesInMemory, seriesIn } from "../candles/series.ts";
import { type CallName, calls, type RequestOf } from "./calls.ts";
import { givenAs } from "./given.ts";
import { NotPlain, plainCopy } from "./plainValue.ts";
import { barLength } from "./values.ts";
import { wrong } from "./wrong.ts";

type Options = Readonly<Record<string, unknown>>;

/** Options that a call cannot do without, under either of their names. */
const needed: Readonly<Partial<Record<CallName, keyof typeof givenAs>>> = {
  search: "space",
  plan: "space",
  splitSearch: "space",
  simulate: "params",
  validate: "params",
};

/**
 * A checked request with copies of the values that stand for small files, so that they stay what they are, and with the timeframe of candles in
 * memory. Throws InputError if a thing is given twice or not at all, or is no plain data.
 */
export function withValues<Name extends CallName>(call: Name, checked: RequestOf<Name>): RequestOf<Name> {
  const request = { ...(checked as Options) };
  for (const [option, file] of Object.entries(givenAs)) {
    if (!(option in calls[call].entries)) continue;
    if (request[option] !== undefined && request[file] !== undefined)
      throw wrong({
        call,
        rule: `${option} and ${file} cannot be combined`,
        where: option,
        found: request[option],
        expected: `either ${option}, a file or a value, or ${file}`,
      });
    if (request[option] === undefined && request[file] === undefined && needed[call] === option)
      throw wrong({
        call,
        rule: `${option} is missing`,
        where: option,
        found: undefined,
        expected: "a file, or what it would hold",
        remedy: `set ${option}`,
      });
    if (typeof request[option] === "object") request[option] = copied(call, option, request[option]);
  }
  if (typeof request["group"] === "object") request["group"] = copied(call, "group", request["group"]);
  // A reply of freqtrade's web server is one document.
  const { signals, opportunities } = request;
  for (const [option, given] of Object.entries({ signals, opportunities }))
    if (typeof given === "object" && !Array.isArray(given)) request[option] = copied(call, option, given);
  return { ...request, ...timeframeIn(call, request) } as RequestOf<Name>;
}

function copied(call: string, option: string, value: unknown): unknown {
  try {
    return plainCopy(value, option);
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    throw wrong({
      call,
      rule: `${option} must be plain data, as JSON could hold it`,
      where: error.where,
      found: error.found,
      expected: "numbers, texts, true or false, null, lists and plain objects",
    });
  }
}

/** The timeframe of candles in memory, where the request does not name one and all of them say the same. */
function timeframeIn(call: CallName, { candles, timeframeMs }: Options): { readonly timeframeMs?: number } {
  if (timeframeMs !== undefined || typeof candles !== "object" || !("timeframeMs" in calls[call].entries)) return {};
  const series = seriesIn(candles as CandlesInMemory);
  if (call === "convert" || series.length === 0) return {};
  const [own] = series.map((each) => each.timeframeMs);
  const isOne = v.is(barLength(""), own) && series.every((each) => each.timeframeMs === own);
  return isOne ? { timeframeMs: own } : {};
}
