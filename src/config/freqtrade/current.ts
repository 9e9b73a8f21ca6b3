import { InputError } from "../../errors.ts";
import type { Parameters, ParameterValue, RoiTable } from "../../space/parameters.ts";
import type { ConfigValues, Values } from "../layout.ts";
import { quotedValue } from "../quoted.ts";
import { isBlock, memberOf } from "../same.ts";
import { expectedOf, type FreqtradeMap } from "./map.ts";
import { percentOf } from "./shares.ts";

/** The value in a table of returns that closes a trade whatever it made. */
export const closes = -1;

/**
 * What a parameter file of freqtrade makes a strategy trade by, by Sluice's names. What Sluice cannot say exactly is refused, not approximated; what
 * the file lacks comes from the map. Throws InputError.
 */
export function freqtradeParams(config: ConfigValues, map: FreqtradeMap): Parameters {
  const reader = new Reader(config, map);
  return { ...map.current, ...reader.stop(), ...reader.target(), ...reader.trailing(), ...reader.filters() };
}

/** Some parameters of a set. */
type Part = Record<string, ParameterValue>;

class Reader {
  private readonly params: Values;

  constructor(
    private readonly config: ConfigValues,
    private readonly map: FreqtradeMap,
  ) {
    const params = config.block("params");
    if (!params) throw this.lacking(["params"], "an object with roi, stoploss and trailing", []);
    this.params = params;
  }

  stop(): Part {
    const path = ["stoploss", "stoploss"];
    const share = this.at(path);
    if (share === undefined) return this.fromMap(path, "a negative share, such as -0.08", ["stop_loss_percent"]);
    if (!isNumber(share) || share >= 0 || share <= -1) throw this.wrong(path, share, "a share between -1 and 0");
    return { stop_loss_percent: percentOf(-share) };
  }

  /** The table up to its first row that closes any trade, which is the longest holding time. */
  target(): Part {
    const table = this.at(["roi"]);
    if (table === undefined)
      return this.fromMap(["roi"], 'a table such as {"0": 0.04, "1440": -1}', ["roi", "max_holding_hours"]);
    const rows = this.roiRows(table);
    const end = rows.findIndex(([, share]) => share === closes);
    const before = rows.slice(0, end < 0 ? undefined : end);
    const part: Part = end < 0 ? this.holdingFromMap() : { max_holding_hours: rows[end]![0] / 60 };
    // A table without a row that takes profit asks for none until the end.
    const minutes = String((part["max_holding_hours"] as number) * 60);
    const roi: RoiTable =
      before.length > 0
        ? Object.fromEntries(before.map(([at, share]) => [String(at), percentOf(share)]))
        : { [minutes]: closes };
    return { ...part, roi };
  }

  trailing(): Part {
    const trailing = this.at(["trailing"]);
    if (trailing === undefined)
      return this.fromMap(["trailing"], "an object with trailing_stop, true or false", ["trailing_stop_enabled"]);
    const [isOn, distance, offset, waits] = [
      "trailing_stop",
      "trailing_stop_positive",
      "trailing_stop_positive_offset",
      "trailing_only_offset_is_reached",
    ].map((name) => this.at(["trailing", name]));
    if (typeof isOn !== "boolean") throw this.wrong(["trailing", "trailing_stop"], isOn, "true or false");
    if (!isOn) return { trailing_stop_enabled: false };
    if (distance === undefined || distance === null) {
      // It trails at the distance of the stop loss, from the entry on.
      if (waits === true) throw this.wrong(["trailing", "trailing_stop_positive"], distance, "a share above 0");
      const share = this.stop()["stop_loss_percent"];
      if (share === undefined) throw this.wrong(["stoploss"], undefined, "the distance at which the stop trails");
      return { trailing_stop_enabled: true, trailing_activation_percent: 0, trailing_distance_percent: share };
    }
    if (!isNumber(distance) || distance <= 0)
      throw this.wrong(["trailing", "trailing_stop_positive"], distance, "a share above 0");
    if (waits !== true)
      throw this.wrong(
        ["trailing", "trailing_only_offset_is_reached"],
        waits,
        "true: otherwise the stop trails at one distance at first and at another later, which Sluice does not model",
      );
    if (!isNumber(offset) || offset <= distance)
      throw this.wrong(["trailing", "trailing_stop_positive_offset"], offset, "a share above trailing_stop_positive");
    return {
      trailing_stop_enabled: true,
      trailing_activation_percent: percentOf(offset),
      trailing_distance_percent: percentOf(distance),
    };
  }

  filters(): Part {
    const part: Part = {};
    for (const [filter, path] of this.map.filters) {
      const value = this.at(path);
      if (value === undefined) Object.assign(part, this.fromMap(path, "the value of a threshold", [filter]));
      else {
        const expected = expectedOf(filter, value);
        if (expected !== null) throw this.wrong(path, value, expected);
        part[filter] = value as number | boolean;
      }
    }
    return part;
  }

  private roiRows(table: unknown): [minutes: number, share: number][] {
    if (!isBlock(table)) throw this.wrong(["roi"], table, "a table of minutes and shares");
    const rows = Object.entries(table).map(([minutes, share]): [number, number] => {
      if (!/^\d{1,9}$/.test(minutes)) throw this.wrong(["roi", minutes], share, "a whole number of minutes");
      if (!isNumber(share)) throw this.wrong(["roi", minutes], share, "a share such as 0.04");
      if (share !== closes && percentOf(share) === closes)
        throw this.wrong(["roi", minutes], share, "another share: Sluice's -1 percent closes a trade at any return");
      return [Number(minutes), share];
    });
    return rows.sort(([a], [b]) => a - b);
  }

  private holdingFromMap(): Part {
    const hours = this.map.current["max_holding_hours"];
    if (typeof hours === "number") return { max_holding_hours: hours };
    throw this.lacking(["roi"], 'a row that closes any trade, such as "1440": -1: Sluice holds no trade for ever', [
      "max_holding_hours",
    ]);
  }

  /** Nothing, if the map gives all that a missing key would say. */
  private fromMap(path: readonly string[], expected: string, names: readonly string[]): Part {
    if (names.every((name) => name in this.map.current)) return {};
    throw this.lacking(path, expected, names);
  }

  private at(path: readonly string[]): unknown {
    return path.reduce<unknown>((value, key) => (isBlock(value) ? memberOf(value, key) : undefined), this.params);
  }

  private lacking(path: readonly string[], expected: string, names: readonly string[]): InputError {
    const inMap = names.map((name) => `"${name}": ...`).join(", ");
    return new InputError("FREQTRADE_LACKS", "the parameter file does not give everything the strategy trades by", {
      where: `${this.config.path}, ${placeName(path)}`,
      found: path[0] === "roi" && this.at(path) !== undefined ? "no such row" : "missing",
      expected,
      remedy:
        names.length === 0
          ? "let freqtrade's hyperopt write the file again"
          : `add what the strategy uses, or put it in the map (--map): "current": {${inMap}}; nothing was written`,
    });
  }

  private wrong(path: readonly string[], found: unknown, expected: string): InputError {
    return new InputError("FREQTRADE_VALUE", "the parameter file has a value that Sluice cannot use", {
      where: `${this.config.path}, ${placeName(path)}`,
      found: quotedValue(found),
      expected,
      remedy: "change the strategy's setting, or search without this file and export the result; nothing was written",
    });
  }
}

function placeName(path: readonly string[]): string {
  return path[0] === "params" ? "params" : ["params", ...path].join(".");
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
