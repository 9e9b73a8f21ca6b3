import { describe, expect, it } from "vitest";
import * as sluice from "../../src/index.ts";
import { type CallName, calls } from "../../src/run/calls.ts";

class Foreign {
  readonly candles = "no/such/folder";
}

const cyclic: Record<string, unknown> = {};
cyclic["global"] = cyclic;
cyclic["candles"] = [cyclic];

const throwing = {
  get candles(): string {
    throw new TypeError("mine");
  },
};

/** What no call is meant to be given. */
const foreign: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["null", null],
  ["a number", 7],
  ["not a number", Number.NaN],
  ["a bigint", 7n],
  ["a symbol", Symbol("x")],
  ["an empty text", ""],
  ["a text with a zero byte", "a\0b"],
  ["a list", [1, null]],
  ["an empty object", {}],
  ["a function", () => 1],
  ["a class", Foreign],
  ["an instance", new Foreign()],
  ["a date", new Date(0)],
  ["a map", new Map([[1, 2]])],
  ["bytes", new Uint8Array(8)],
  ["a cycle", cyclic],
  ["a getter that throws", throwing],
  [
    "a proxy that throws",
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new TypeError("mine");
        },
      },
    ),
  ],
  ["an object without a prototype", Object.create(null)],
];

/** Functions that answer at once, whatever they are given. */
const inMemory = ["candlesFrom", "createMarket"];

/** Enough for each call to pass its check, and to fail at its first file. */
const least: Readonly<Record<CallName, Readonly<Record<string, unknown>>>> = {
  optimize: { candles: "no/such" },
  scan: { candles: "no/such" },
  search: { candles: "no/such", opportunities: "no/such.csv", spaceFile: "no/such.json" },
  plan: { candles: "no/such", opportunities: "no/such.csv", spaceFile: "no/such.json" },
  splitSearch: {
    candles: "no/such",
    opportunities: "no/such.csv",
    spaceFile: "no/such.json",
    parts: 2,
    out: "/dev/null/job",
  },
  runPart: { job: "no/such", part: 0 },
  mergeParts: { job: "no/such" },
  jobStatus: { job: "no/such" },
  simulate: { candles: "no/such", opportunities: "no/such.csv", paramsFile: "no/such.json" },
  validate: { candles: "no/such", opportunities: "no/such.csv", paramsFile: "no/such.json" },
  rehearse: { candles: "no/such" },
  exportParameters: { format: "json", out: "no/such/out.json" },
  demo: { out: "/dev/null/demo" },
  convert: { candles: "no/such", out: "no/such/out" },
  listRuns: {},
  showRun: { run: "no/such" },
  diffRuns: { oldPath: "no/such", newPath: "no/other" },
  inspectCandles: { path: "no/such" },
  readMarket: { path: "no/such" },
  openConfig: { path: "no/such.json" },
  diffFiles: { oldPath: "no/such.json", newPath: "no/other.json" },
  listBackups: { path: "no/such.json" },
  rollback: { path: "no/such.json" },
  recommend: { candles: "no/such" },
  apply: { recommendation: { id: "none" }, config: "no/such.json" },
  watchConfig: { path: "no/such.json", onChange: () => undefined },
};

type Call = (...given: unknown[]) => unknown;

/** Calls that take one request of options, then how to call. */
const requestCalls = [
  "optimize",
  "recommend",
  "scan",
  "search",
  "plan",
  "splitSearch",
  "runPart",
  "mergeParts",
  "jobStatus",
  "simulate",
  "validate",
  "rehearse",
  "demo",
  "convert",
  "exportParameters",
  "listRuns",
  "showRun",
  "diffRuns",
  "inspectCandles",
] as const;
const functionOf = (name: string): Call => (sluice as unknown as Record<string, Call>)[name]!;

/** What a call throws or rejects with; null where it goes through. */
async function refusalOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return null;
  } catch (error) {
    return error;
  }
}

function expectSluiceError(error: unknown, what: string): asserts error is sluice.SluiceError {
  expect(error, what).toBeInstanceOf(sluice.SluiceError);
  const { code, details } = error as sluice.SluiceError;
  expect(code, what).toMatch(/^[A-Z][A-Z_]+$/);
  expect(code, what).not.toBe("INTERNAL");
  expect(Object.keys(details).length, what).toBeGreaterThan(0);
}

describe("every export", () => {
  it("is walked here", () => {
    const walked = [...Object.keys(calls), "diffConfig", ...inMemory];
    const errors = ["SluiceError", "InputError", "CapacityError", "CoreFault", "AbortedError"];
    const values = ["version", "defaults", "defaultTop", "errorCodes"];
    expect(Object.keys(sluice).sort()).toEqual([...walked, ...errors, ...values, "isSluiceError"].sort());
    for (const name of values) expect(typeof (sluice as Record<string, unknown>)[name]).not.toBe("function");
  });

  it.each(foreign)("refuses %s in the first place", async (what, value) => {
    for (const name of [...Object.keys(calls), "diffConfig"]) {
      // A demo needs no request.
      if (name === "demo" && (value === undefined || what.startsWith("an empty object") || what.includes("prototype")))
        continue;
      expectSluiceError(await refusalOf(() => functionOf(name)(value)), `${name}(${what})`);
    }
  });

  it.each(foreign)("refuses %s in every place of what is in memory", async (what, value) => {
    const row = [1_735_689_600_000, 10, 12, 9, 11, 5] as const;
    const { candlesFrom, createMarket } = sluice as unknown as Record<string, Call>;
    expectSluiceError(await refusalOf(() => candlesFrom!(value, "15m", [row])), `candlesFrom(${what})`);
    expectSluiceError(await refusalOf(() => candlesFrom!("A", value, [row])), `candlesFrom("A", ${what})`);
    expectSluiceError(await refusalOf(() => candlesFrom!("A", "15m", value)), `candlesFrom("A", "15m", ${what})`);
    expectSluiceError(await refusalOf(() => candlesFrom!("A", "15m", [value])), `candlesFrom("A", "15m", [${what}])`);
    expectSluiceError(await refusalOf(() => createMarket!(value)), `createMarket(${what})`);
    const market = sluice.createMarket({ timeframe: "15m" }) as unknown as Record<string, Call>;
    expectSluiceError(await refusalOf(() => market["push"]!(value, row)), `push(${what})`);
    expectSluiceError(await refusalOf(() => market["push"]!("A", value)), `push("A", ${what})`);
    for (const name of ["features", "opportunities"])
      for (const answer of [market[name]!(value)]) expect(answer === null || Array.isArray(answer), what).toBe(true);
    // A demo's options may be left out, and so may these.
    if (value === undefined || what.startsWith("an empty object") || what.includes("prototype")) return;
    expectSluiceError(await refusalOf(() => candlesFrom!("A", "15m", [row], value)), `candlesFrom(..., ${what})`);
  });

  it.each(foreign)("refuses %s in the second place", async (what, value) => {
    for (const name of Object.keys(calls)) {
      const isPathFirst = !(requestCalls as readonly string[]).includes(name);
      const first = isPathFirst ? Object.values(least[name as CallName])[0] : least[name as CallName];
      expectSluiceError(await refusalOf(() => functionOf(name)(first, value)), `${name}(..., ${what})`);
    }
    for (const old of [{}, { global: {} }])
      if (typeof value !== "object" || value === null || value === cyclic)
        expectSluiceError(await refusalOf(() => functionOf("diffConfig")(old, value)), `diffConfig({}, ${what})`);
  });
});

describe("every option of every call", () => {
  const options = (Object.keys(calls) as CallName[]).flatMap((call) =>
    Object.keys(calls[call].entries).map((option) => [call, option] as const),
  );
  const given = (call: CallName, request: Readonly<Record<string, unknown>>): unknown[] => {
    if (call === "diffFiles") return [request["oldPath"], request["newPath"]];
    if ((requestCalls as readonly string[]).includes(call)) return [request];
    if (call === "apply") {
      const { recommendation, config, ...others } = request;
      return [recommendation, config, others];
    }
    if (call === "watchConfig") {
      const { path, onChange, ...others } = request;
      return [path, onChange, others];
    }
    const { path, ...rest } = request;
    return call === "listBackups" ? [path] : [path, rest];
  };
  const refused = (call: CallName, request: Readonly<Record<string, unknown>>): Promise<unknown> =>
    refusalOf(() => functionOf(call)(...given(call, request)));

  it.each(options)("%s: %s is refused where it is foreign", async (call, option) => {
    for (const value of [null, Number.NaN, Symbol("x"), () => Number.NaN, new Foreign(), throwing, -1n]) {
      if (typeof value === "function" && /^(onWait|whileWaiting|onChange|onError)$/.test(option)) continue;
      const error = await refused(call, { ...least[call], [option]: value });
      expectSluiceError(error, `${call}, ${option}: ${String(typeof value)}`);
      expect(error.code).toBe("REQUEST_OPTION");
      expect(error.details.where).toBe(option);
      expect(error.details.expected).not.toBe("another value");
    }
  });

  it.each(options)("%s: %s, where it cannot be left out, is asked for by name", async (call, option) => {
    // A file alone, for what may also be a value under another name.
    const asked = { spaceFile: "space", paramsFile: "params" }[option] ?? option;
    const isRequired = !("wrapped" in (calls[call].entries as Record<string, object>)[option]!) || asked !== option;
    if (!(option in least[call]) || call === "demo") {
      expect(isRequired && asked === option).toBe(false);
      return;
    }
    expect(isRequired).toBe(true);
    const { [option]: _, ...without } = least[call];
    const error = await refused(call, without);
    expectSluiceError(error, `${call} without ${option}`);
    expect([error.details.where, error.message]).toEqual([asked, `${asked} is missing`]);
  });

  it.each((Object.keys(calls) as CallName[]).filter((call) => !["diffFiles", "listBackups"].includes(call)))(
    "%s refuses every option of the others, and those that nobody knows",
    async (call) => {
      const others = new Set(options.map(([, option]) => option).filter((option) => !(option in calls[call].entries)));
      for (const option of [...others, "unheard_of", "toString"]) {
        const error = await refused(call, { ...least[call], [option]: 1 });
        expectSluiceError(error, `${call}, ${option}`);
        expect(error.code).toBe("REQUEST_OPTION");
        expect(error.details.where).toBe(option);
        expect(error.message).toMatch(others.has(option) ? /has no option/ : /unknown option/);
      }
    },
  );
});

describe("a value in the wrong unit", () => {
  const request = { candles: "no/such", opportunities: "no/such.csv", spaceFile: "no/such.json" };
  it.each([
    ["fee", 5, "a fraction from 0 to below 1, such as 0.0005 for 0.05%"],
    ["slippage", -0.01, "a fraction from 0 to below 1, such as 0.0002 for 0.02%"],
    ["fundingPer8h", 1, "a fraction between -1 and 1, such as 0.0001 for 0.01%"],
    ["minCaptureRate", 30, "a share from 0 to 1, such as 0.3"],
    ["timeframeMs", 15, "milliseconds, a whole number of minutes, such as 900000 for 15m"],
    ["timeframeMs", 900, "milliseconds, a whole number of minutes, such as 900000 for 15m"],
    ["signalTimeframeMs", 60, "milliseconds, a whole number of minutes, such as 3600000 for 1h"],
    ["lookaheadHours", 86_400_000, "hours above 0, up to 87840"],
    ["days", 86_400_000, "days above 0, up to 36600"],
    [
      "nowMs",
      1_767_225_600,
      "epoch milliseconds, such as 1767225600000 (seconds have ten digits, microseconds sixteen)",
    ],
    [
      "fromMs",
      1_767_225_600_000_000,
      "epoch milliseconds, such as 1767225600000 (seconds have ten digits, microseconds sixteen)",
    ],
    ["breakRatio", 0.125, "a ratio above 1, such as 8"],
    ["memoryBytes", 16.5, "whole bytes from 1 to 4294967296"],
    ["minProfit", -0.08, "a fraction above 0, such as 0.08 for 8%"],
  ])("is refused with the unit named: %s %d", async (option, value, expected) => {
    const error = (await refusalOf(() => functionOf("search")({ ...request, [option]: value }))) as sluice.InputError;
    expect(error.details).toMatchObject({ where: option, found: String(value), expected });
  });
});

describe("a misspelt option or word", () => {
  it.each([
    [{ minTrade: 5 }, "did you mean minTrades?"],
    [{ spcae: "a.json" }, "did you mean space?"],
    [{ space: "a.json" }, "correct the call of search; nothing was read or written"],
    [{ fees: 0.001 }, "did you mean fee?"],
    [{ objective: "sortno" }, "did you mean sortino?"],
    [{ intrabar: "stop_first" }, "did you mean stop-first?"],
    [{ colour: "blue" }, "leave it out"],
  ])("is answered with the likely one: %o", async (option, remedy) => {
    const error = (await refusalOf(() =>
      functionOf("search")({ candles: "d", opportunities: "o", spaceFile: "s", ...option }),
    )) as sluice.InputError;
    expect(error.details.remedy).toBe(remedy);
  });
});
