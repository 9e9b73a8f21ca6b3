import { InputError } from "../../errors.ts";
import { namesInstead } from "../../space/exits.ts";
import type { Parameters } from "../../space/parameters.ts";
import { parseJson } from "../comments.ts";
import type { ConfigValues, Layout, Values } from "../layout.ts";
import { quotedValue } from "../quoted.ts";
import type { Scan } from "../scan.ts";
import { freqtradeParams } from "./current.ts";
import type { FreqtradeMap } from "./map.ts";
import { placesOf, requireSpacePlaces } from "./places.ts";

/** Key of the version of a parameter file, which only those have. */
const versionKey = "ft_stratparam_v";
const version = 1;

/** Whether a file is a parameter file of a freqtrade strategy. Throws InputError if it is one of another version, or another file of freqtrade's. */
export function isFreqtradeFile({ blocks, root }: Pick<Scan, "blocks" | "root">, path: string): boolean {
  const parsedAt = (key: string): unknown => {
    const block = blocks.get(key);
    return block && parseJson(block.bytes.toString());
  };
  const keys = new Set(root.members.map(({ key }) => key));
  if (!keys.has(versionKey)) {
    if (keys.has("stake_currency") && keys.has("exchange") && !keys.has("global")) throw mainConfig(path);
    if (!(keys.has("strategy_name") && keys.has("params"))) return false;
  }
  if (parsedAt(versionKey) === version) return true;
  throw new InputError("FREQTRADE_VERSION", "a parameter file of freqtrade in another version", {
    where: `${path}, ${versionKey}`,
    found: quotedValue(parsedAt(versionKey)),
    expected: String(version),
    remedy: "let freqtrade's hyperopt write the file again; nothing was written",
  });
}

function mainConfig(path: string): InputError {
  return new InputError("FREQTRADE_CONFIG", "this is freqtrade's own configuration, not the parameters of a strategy", {
    where: path,
    found: "keys such as stake_currency and exchange",
    expected: "the strategy's parameter file, such as user_data/strategies/MyStrategy.json",
    remedy: "use that file, or write one with `sluice export`; nothing was written",
  });
}

/** A parameter file of freqtrade as a config: exits and mapped filters are the current parameters, and a save writes them where they are. */
export function freqtradeLayout(map: FreqtradeMap): Layout {
  return {
    stampKey: "export_time",
    keepsLearning: false,
    holdsOneType: true,
    blockName: () => "params",
    currentParams: (config) => freqtradeParams(config, map),
    places(config, params) {
      const current = freqtradeParams(config, map);
      return placesOf(applied(current, params), map, config.path, current);
    },
    requireSpace: (space, where) => requireSpacePlaces(space, map, where),
  };
}

/** Current parameters with new ones, which may be in other units. */
function applied(current: Parameters, params: Values): Parameters {
  const isReplaced = (key: string): boolean => !(key in params) && namesInstead(key).some((name) => name in params);
  const kept = Object.entries(current).filter(([key]) => !isReplaced(key));
  return { ...Object.fromEntries(kept), ...(params as Parameters) };
}

/** A parameter file of freqtrade that takes a whole set, whatever it holds now. */
export function exportLayout(places: Layout["places"]): Layout {
  return {
    stampKey: "export_time",
    keepsLearning: false,
    holdsOneType: true,
    blockName: () => "params",
    currentParams: (config: ConfigValues) => config.block("params") ?? {},
    places,
    requireSpace: () => {},
  };
}
