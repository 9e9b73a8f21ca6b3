import { describe, expect, it } from "vitest";
import { defaultsFrom } from "../../src/cli/configFile.ts";
import { flagsOf, parse } from "../../src/cli/program.ts";
import { requestFrom } from "../../src/cli/request.ts";
import { UsageError } from "../../src/cli/usage.ts";
import { verbs } from "../../src/cli/verbs/all.ts";
import { InputError } from "../../src/errors.ts";
import { objectiveNames } from "../../src/search/objectives.ts";

const everyFlag = verbs.flatMap(flagsOf);

function requestOf(line: string, file = "{}"): Record<string, unknown> {
  const asked = parse(line.split(" "), verbs, "1.2.3");
  if ("text" in asked) throw new Error("a verb was expected");
  return requestFrom(flagsOf(asked.verb), asked.given, defaultsFrom(file, everyFlag));
}

function errorOf(line: string, file = "{}"): UsageError | InputError {
  try {
    requestOf(line, file);
  } catch (error) {
    return error as UsageError;
  }
  throw new Error("an error was expected");
}

describe("a request", () => {
  it("has a field for every flag given and none for the others", () => {
    expect(requestOf("optimize --candles data --fee 0.001 --lenient")).toEqual({
      candles: "data",
      fee: 0.001,
      lenient: true,
    });
  });

  it("has times in milliseconds, profit as a fraction, memory in bytes", () => {
    expect(
      requestOf(
        "scan --candles d --out o.csv --timeframe 1h --min-profit 8 --from 2026-01-01 --symbols BTCUSDT,ETHUSDT",
      ),
    ).toEqual({
      candles: "d",
      out: "o.csv",
      timeframeMs: 3_600_000,
      minProfit: 0.08,
      fromMs: Date.UTC(2026, 0, 1),
      symbols: ["BTCUSDT", "ETHUSDT"],
    });
    expect(requestOf("optimize --candles d --memory 16mb")).toMatchObject({ memoryBytes: 2 ** 24 });
  });

  it("lists a repeated config and takes the last of any other flag", () => {
    expect(requestOf("optimize --candles a --config x.json --candles b --config y.json")).toMatchObject({
      candles: "b",
      configs: ["x.json", "y.json"],
    });
  });

  it("takes negative numbers where a number may be negative", () => {
    expect(requestOf("optimize --candles d --funding-per-8h -0.0001")).toMatchObject({ fundingPer8h: -0.0001 });
  });

  it("takes the exchange's own funding rates instead of a constant, wherever the constant stands", () => {
    expect(requestOf("optimize --candles d --funding data")).toEqual({ candles: "d", funding: "data" });
    const both = errorOf("optimize --candles d --funding-per-8h 0 --funding data");
    expect([both.constructor, both.message]).toEqual([UsageError, "--funding and --funding-per-8h cannot be combined"]);
    const constant = '{"funding-per-8h": 0.0001}';
    expect(requestOf("optimize --candles d --funding data", constant)).toEqual({ candles: "d", funding: "data" });
    const data = '{"funding": "data"}';
    expect(requestOf("optimize --candles d", data)).toEqual({ candles: "d", funding: "data" });
    expect(requestOf("optimize --candles d --funding-per-8h 0", data)).toEqual({ candles: "d", fundingPer8h: 0 });
    expect(errorOf("optimize --candles d --funding own").details.expected).toBe("one of data");
  });

  it("accepts every objective there is", () => {
    for (const objective of objectiveNames)
      expect(requestOf(`search --opportunities o --candles d --space s --objective ${objective}`)).toMatchObject({
        objective,
      });
  });

  it.each([
    ["optimize --candles d --fee abc", "--fee", "abc"],
    ["optimize --candles d --fee 0x1", "--fee", "0x1"],
    ["optimize --candles d --fee 1", "--fee", "1"],
    ["optimize --candles d --fee NaN", "--fee", "NaN"],
    ["optimize --candles d --fee 1e999", "--fee", "1e999"],
    ["optimize --candles d --min-trades 2.5", "--min-trades", "2.5"],
    ["optimize --candles d --min-trades 0", "--min-trades", "0"],
    ["optimize --candles d --seed -1", "--seed", "-1"],
    ["optimize --candles d --seed 9007199254740993", "--seed", "9007199254740993"],
    ["optimize --candles d --max-open 0", "--max-open", "0"],
    ["optimize --candles d --symbols A,,B", "--symbols", "A,,B"],
    ["optimize --candles d --min-capture 30", "--min-capture", "30"],
    ["optimize --candles d --intrabar random", "--intrabar", "random"],
    ["optimize --candles d --universe Objective", "--universe", "Objective"],
    ["optimize --candles d --log-level loud", "--log-level", "loud"],
  ])("refuses %s", (line, where, found) => {
    const error = errorOf(line);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.details).toMatchObject({ where, found });
    expect(error.details.expected).toBeTruthy();
  });

  it("refuses an empty value", () => {
    const asked = parse(["optimize", "--candles", ""], verbs, "1");
    expect(() =>
      requestFrom(flagsOf((asked as { verb: (typeof verbs)[0] }).verb), (asked as never)["given"], new Map()),
    ).toThrow(UsageError);
  });

  it("says which flag is missing", () => {
    expect(errorOf("search --candles d --space s").message).toBe("--opportunities is missing");
  });
});

describe("defaults in sluice.config.json", () => {
  it("stand in for flags, and the command line wins", () => {
    const file =
      '{"candles": "data", "fee": 0.001, "slippage": "0.0003", "memory": "8mb", "config": ["a.json"], "symbols": ["A", "B"]}';
    expect(requestOf("optimize --fee 0.002", file)).toEqual({
      candles: "data",
      fee: 0.002,
      slippage: 0.0003,
      memoryBytes: 2 ** 23,
      configs: ["a.json"],
      symbols: ["A", "B"],
    });
  });

  it("switch a switch on, and leave it off where false", () => {
    expect(requestOf("optimize --candles d", '{"lenient": true, "dry-run": false, "no-color": true}')).toEqual({
      candles: "d",
      lenient: true,
      noColor: true,
    });
  });

  it("of another verb are no concern of this one", () => {
    expect(requestOf("diff a b", '{"fee": 0.001}')).toEqual({});
  });

  it("never decide what is overwritten: rollback and scan's file come from the command line", () => {
    const file = '{"config": "bot.json", "to": "2026-01-01", "out": "runs"}';
    expect(errorOf("rollback", file).message).toBe("--config is missing");
    expect(requestOf("rollback --config x.json", file)).toEqual({ config: "x.json" });
    expect(errorOf("scan --candles d", file).message).toBe("--out is missing");
  });

  it.each([
    ['{"fees": 0.001}', "fees"],
    ['{"fee": true}', "fee"],
    ['{"fee": "abc"}', "fee"],
    ['{"lenient": "yes"}', "lenient"],
    ['{"symbols": 5}', "symbols"],
    ['{"config": [1]}', "config"],
    ['{"candles": null}', "candles"],
    ['{"force": true}', "force"],
    ["[]", "sluice.config.json"],
    ["{", "sluice.config.json"],
    ["null", "sluice.config.json"],
  ])("are refused in %s, with the key named", (file, key) => {
    const error = errorOf("optimize --candles d", file);
    expect(error).toBeInstanceOf(InputError);
    expect(error.details.where).toContain(key);
  });
});
