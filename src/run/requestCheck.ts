import * as v from "valibot";
import { didYouMean, nearest } from "../didYouMean.ts";
import type { InputError } from "../errors.ts";
import { type CallName, calls, type RequestOf } from "./calls.ts";
import { portfolioDefaults } from "./defaults.ts";
import { isPlainObject } from "./plainObject.ts";
import { type PortfolioOptions, portfolioEntries } from "./portfolioOptions.ts";
import { withValues } from "./requestValues.ts";
import { wrong } from "./wrong.ts";

/**
 * A checked copy of a request, without its undefined options. Throws InputError if an option is missing, unknown, not one of this call, or
 * invalid.
 */
export function checkRequest<Name extends CallName>(call: Name, request: unknown): RequestOf<Name> {
  const checked = checkOptions(call, calls[call] as OptionsSchema<RequestOf<Name>>, request);
  checkFunding(call, checked);
  if (call === "optimize" || call === "rehearse" || call === "recommend")
    checkTogether(call, checked as RequestOf<"optimize" | "rehearse" | "recommend">);
  checkRanking(call, checked);
  const { portfolio } = checked as Readonly<{ portfolio?: unknown }>;
  if (portfolio !== undefined) return withValues(call, { ...checked, portfolio: checkPortfolio(call, checked) });
  checkMaxOpen(call, checked);
  return withValues(call, checked);
}

/** A schema of options: one strict object. */
export type OptionsSchema<Output> = v.GenericSchema<unknown, Output> & {
  readonly entries: Readonly<Record<string, v.GenericSchema>>;
};

/** An object of options by any schema of them; `call` names it in errors. */
export function checkOptions<Output>(call: string, schema: OptionsSchema<Output>, options: unknown): Output {
  if (!isPlainObject(options))
    throw wrong({ call, rule: "options must be one plain object", where: call, found: options, expected: "an object" });
  let parsed: v.SafeParseResult<OptionsSchema<Output>>;
  try {
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    parsed = v.safeParse(schema, given);
  } catch (cause) {
    // A getter or proxy from the caller may throw.
    const found = cause instanceof Error ? cause.message : cause;
    throw wrong({ call, rule: "the options cannot be read", where: call, found, expected: "plain values" });
  }
  if (!parsed.success) throw refusalOf(call, schema.entries, parsed.issues);
  return parsed.output;
}

type Issue = v.BaseIssue<unknown>;

function refusalOf(call: string, entries: OptionsSchema<unknown>["entries"], issues: readonly Issue[]): InputError {
  // A typo shows as an unknown option and a missing one: the first is more helpful.
  const unknown = issues.find(({ type, expected }) => type === "strict_object" && expected === "never");
  const { key, value } = keyOf(unknown ?? issues[0]!);
  if (unknown) {
    const isOfOthers = Object.values(calls).some((other) => Object.hasOwn(other.entries, key));
    return wrong({
      call,
      rule: isOfOthers ? `${call} has no option ${key}` : "unknown option",
      where: key,
      found: value,
      expected: `any of: ${Object.keys(entries).join(", ")}`,
      remedy: didYouMean(key, Object.keys(entries), "leave it out"),
    });
  }
  const expected = expectedOf(entries[key]);
  if (value === undefined)
    return wrong({ call, rule: `${key} is missing`, where: key, found: value, expected, remedy: `set ${key}` });
  const meant = typeof value === "string" ? nearest(value, wordsOf(entries[key])) : null;
  const remedy = meant === null ? {} : { remedy: `did you mean ${meant}?` };
  return wrong({ call, rule: `invalid value for ${key}`, where: key, found: value, expected, ...remedy });
}

/** The words an option accepts, if it is one of several. */
function wordsOf(schema: v.GenericSchema | undefined): readonly string[] {
  const inner = (schema && "wrapped" in schema ? schema.wrapped : schema) as { readonly options?: readonly unknown[] };
  return (inner?.options ?? []).filter((option) => typeof option === "string");
}

function keyOf({ path }: Issue): { readonly key: string; readonly value: unknown } {
  const [first] = (path ?? []) as readonly { readonly key?: unknown; readonly value?: unknown }[];
  return { key: String(first?.key ?? "request"), value: first?.value };
}

/** What an option expects, in words. */
export function expectedOf(schema: v.GenericSchema | undefined): string {
  const inner = schema && "wrapped" in schema ? (schema.wrapped as v.GenericSchema) : schema;
  return (inner && v.getDescription(inner)) ?? "another value";
}

/** Options that exclude or require each other. */
function checkTogether(call: string, request: RequestOf<"optimize" | "rehearse" | "recommend">): void {
  const { signals: file, snapshots, signalTimeframeMs, legacyActivations } = request;
  const { current, configs, config } = request as Partial<RequestOf<"optimize"> & RequestOf<"rehearse">>;
  if (file !== undefined && snapshots !== undefined)
    throw wrong({
      call,
      rule: "signals and snapshots cannot be combined",
      where: "snapshots",
      found: snapshots,
      expected: "either signals or snapshots",
    });
  const signals = file ?? snapshots;
  if (signals === undefined && signalTimeframeMs !== undefined)
    throw wrong({
      call,
      rule: "signalTimeframeMs needs signals",
      where: "signalTimeframeMs",
      found: signalTimeframeMs,
      expected: "signals to be set as well",
    });
  if (current !== undefined && (configs ?? config) !== undefined)
    throw wrong({
      call,
      rule: "current parameters and a config cannot be combined",
      where: "current",
      found: current,
      expected: "either the current parameters or the config that holds them",
    });
  if (signals !== undefined && legacyActivations !== undefined)
    throw wrong({
      call,
      rule: "legacyActivations cannot be combined with signals, because nothing is scanned",
      where: "legacyActivations",
      found: legacyActivations,
      expected: "either signals or legacyActivations",
    });
}

/** A portfolio's own options, and what they need of the others. */
function checkPortfolio(call: string, { portfolio, exitModel }: Readonly<Record<string, unknown>>): PortfolioOptions {
  const checked = checkOptions("portfolio", v.strictObject(portfolioEntries), portfolio);
  const { leverage = portfolioDefaults.leverage, maintenanceMargin = portfolioDefaults.maintenanceMargin } = checked;
  if (!(maintenanceMargin < 1 / leverage))
    throw wrong({
      call,
      rule: "the maintenance margin leaves no room: a position would be liquidated at its entry",
      where: "maintenanceMargin",
      found: maintenanceMargin,
      expected: `below 1 / leverage, which is ${1 / leverage}`,
    });
  if (exitModel === "summary")
    throw wrong({
      call,
      rule: "a portfolio needs the exit model path: a summary does not know when a trade ends",
      where: "portfolio",
      found: exitModel,
      expected: "exitModel left out, or path",
    });
  return checked;
}

/** Ranking by portfolio needs one, and its details need that ranking. */
function checkRanking(call: string, request: Readonly<Record<string, unknown>>): void {
  const { rank, portfolio } = request;
  if (rank === "portfolio" && portfolio === undefined)
    throw wrong({
      call,
      rule: "ranking by portfolio needs a portfolio",
      where: "rank",
      found: rank,
      expected: "a portfolio as well, such as { capital: 1000 }",
      remedy: "add a portfolio, or leave rank out",
    });
  for (const name of ["portfolioMetric", "shortlist"])
    if (request[name] !== undefined && rank !== "portfolio")
      throw wrong({
        call,
        rule: `${name} needs ranking by portfolio`,
        where: name,
        found: request[name],
        expected: 'rank: "portfolio" as well',
        remedy: `add rank: "portfolio", or leave ${name} out`,
      });
}

/** Where there is no other replay with a limit of positions, it is the portfolio's. */
function checkMaxOpen(call: string, { maxOpen }: Readonly<Record<string, unknown>>): void {
  if (maxOpen === undefined || !["simulate", "search", "plan"].includes(call)) return;
  throw wrong({
    call,
    rule: `maxOpen needs a portfolio in ${call}, where every trade counts otherwise`,
    where: "maxOpen",
    found: maxOpen,
    expected: "a portfolio as well, such as { capital: 1000 }",
  });
}

/** Rates of the data take the place of a constant, and are files beside those of the candles. */
function checkFunding(call: string, { funding, fundingPer8h, candles }: Readonly<Record<string, unknown>>): void {
  if (funding === undefined) return;
  if (fundingPer8h !== undefined)
    throw wrong({
      call,
      rule: "funding and fundingPer8h cannot be combined",
      where: "funding",
      found: funding,
      expected: "either the rates of the data or a constant one",
    });
  if (typeof candles !== "string")
    throw wrong({
      call,
      rule: "funding needs a candle folder, whose files of funding rates it reads",
      where: "candles",
      found: candles,
      expected: "a candle folder, or fundingPer8h instead of funding",
    });
}
