import { InputError } from "../errors.ts";
import type { ConfigDocument } from "./document.ts";
import type { Place, Values } from "./layout.ts";
import { quoted, quotedValue } from "./quoted.ts";
import { isBlock, memberOf } from "./same.ts";

/** A config's parameters by symbol: `per_symbol.SYMBOL.X_params` on top of the type's own `X_params`. */
export class SymbolBlocks {
  private readonly bySymbol: Values;
  private readonly keys = new Map<string, string>();

  /** Throws InputError if `per_symbol` is there and no object. */
  constructor(private readonly config: ConfigDocument) {
    this.bySymbol = config.block("per_symbol") ?? {};
  }

  /** Whether a symbol has a block of its own for a type. */
  has(type: string, symbol: string): boolean {
    return this.own(type, symbol) !== undefined;
  }

  /** Current parameters of a type for one symbol. Throws InputError if a block on the way is no object. */
  params(type: string, symbol: string): Values {
    return { ...this.config.currentParams(type), ...this.own(type, symbol) };
  }

  /** Keys from the root to a symbol's block of a type. */
  path(type: string, symbol: string): string[] {
    return ["per_symbol", this.keyOf(symbol), `${type}_params`];
  }

  /** Where new parameters of a type are written for some symbols. */
  places(type: string, symbols: readonly string[], params: Values): Place[] {
    return symbols.flatMap((symbol) =>
      Object.entries(params).map(([key, value]) => ({ path: [...this.path(type, symbol), key], value })),
    );
  }

  private own(type: string, symbol: string): Values | undefined {
    const [, key, name] = this.path(type, symbol);
    const block = this.objectAt([key!], memberOf(this.bySymbol, key!));
    return block && this.objectAt([key!, name!], memberOf(block, name!));
  }

  private objectAt(path: readonly string[], value: unknown): Values | undefined {
    if (value === undefined || isBlock(value)) return value;
    throw new InputError("CONFIG_BLOCK", "a parameter block must be an object", {
      where: `${this.config.path}, ${quoted(["per_symbol", ...path].join("."))}`,
      found: quotedValue(value),
      expected: "an object of names and values",
      remedy: "fix the block, or remove it",
    });
  }

  /**
   * The key of a symbol: its name if the config has it, else the one key that names the same market as an exchange library does (`BTC/USDT:USDT` for
   * BTCUSDT), else its name. Throws InputError if several keys do.
   */
  private keyOf(symbol: string): string {
    const known = this.keys.get(symbol);
    if (known !== undefined) return known;
    const alike = Object.keys(this.bySymbol).filter((key) => namesSameMarket(key, symbol));
    if (!Object.hasOwn(this.bySymbol, symbol) && alike.length > 1)
      throw new InputError("CONFIG_BLOCK", "several blocks of per_symbol name the same market", {
        where: `${this.config.path}, "per_symbol"`,
        found: alike.join(", "),
        expected: `one of them for ${symbol}`,
        remedy: `keep one, or name it ${symbol}`,
      });
    const key = Object.hasOwn(this.bySymbol, symbol) ? symbol : (alike[0] ?? symbol);
    this.keys.set(symbol, key);
    return key;
  }
}

/** Whether two names are one market's. */
export function namesSameMarket(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}

/** A market's name without what an exchange library adds: `BTC/USDT:USDT` and `BTC_USDT` are BTCUSDT. */
function plainName(name: string): string {
  return name.replace(/:.*$/, "").replace(/[/_-]/g, "").toUpperCase();
}
