import type { Exit, ExitParts, StopPart } from "./exitParts.ts";
import type { ExitKey, ExitRule } from "./exitRule.ts";
import { exitRules } from "./exitRules/rules.ts";
import type { Parameters, ParameterValue, Space } from "./parameters.ts";

/** Parameters of a rule by name, or of all of them: how a trade is left. */
export function exitKeys(): string[] {
  return [...knownKeys().keys()];
}

/** An exit parameter, and the names of which a set has it or one of them. */
interface KnownKey {
  readonly key: ExitKey;
  readonly instead: readonly string[];
}

interface KnownRules {
  readonly rules: number;
  readonly keys: ReadonlyMap<string, KnownKey>;
  readonly reasons: readonly string[];
}

const commonReasons = ["take_profit", "stop_loss", "trailing_stop", "timeout", "end_of_data"];
let known: KnownRules = { rules: 0, keys: new Map(), reasons: commonReasons };

/** What is looked up often of so many rules, made once. */
function knownRules(): KnownRules {
  if (known.rules === exitRules.length) return known;
  const keys = new Map(
    exitRules.flatMap(({ keys: own, insteadOf = [] }) =>
      Object.entries(own).map(([name, key]) => {
        const instead = insteadOf.flatMap((names) => (names.includes(name) ? names : []));
        return [name, { key, instead: instead.filter((other) => other !== name) }] as const;
      }),
    ),
  );
  const reasons = [...new Set([...commonReasons, ...exitRules.flatMap((rule) => rule.reasons)])];
  known = { rules: exitRules.length, keys, reasons };
  return known;
}

/** Every exit parameter by name. */
function knownKeys(): ReadonlyMap<string, KnownKey> {
  return knownRules().keys;
}

/** What an exit parameter is; undefined if a name is none. */
export function exitKeyOf(name: string): ExitKey | undefined {
  return knownKeys().get(name)?.key;
}

/** Parameters of one side, in the order of their loops. */
export function exitKeysOf(side: ExitRule["side"]): string[] {
  return exitRules.flatMap((rule) => (rule.side === side ? Object.keys(rule.keys) : []));
}

/** Reasons that a trade may end for. Those that every set may have come first. */
export function exitReasons(): readonly string[] {
  return knownRules().reasons;
}

/** Other names of what a parameter says, of which a set names one at most. */
export function namesInstead(name: string): string[] {
  return [...(knownKeys().get(name)?.instead ?? [])];
}

/** Value that an exit parameter takes where neither a space nor a set names it or another that says the same; undefined if none. */
export function defaultOf(name: string, names: (name: string) => boolean): ParameterValue | undefined {
  return namesInstead(name).some(names) ? undefined : exitKeyOf(name)?.default;
}

/** A set with the defaults of the exit parameters that it does not name. */
function withDefaults(parameters: Parameters): Parameters {
  const filled: Record<string, ParameterValue> = { ...parameters };
  for (const [name, { key, instead }] of knownKeys())
    if (key.default !== undefined && !(name in parameters) && !instead.some((other) => other in parameters))
      filled[name] = key.default;
  return filled;
}

/** The exit of a set, defaults filled in. The set has passed `checkParameters`. */
export function exitOf(parameters: Parameters): Exit {
  const filled = withDefaults(parameters);
  return { ...stopSideOf(filled), ...targetSideOf(filled) };
}

/** The stop side of the exit of a set that has its defaults. */
export function stopSideOf(filled: Parameters): Pick<Exit, "stops" | "partial"> {
  const stops: StopPart[] = [];
  let partial: Exit["partial"] = null;
  for (const rule of exitRules) {
    if (rule.side !== "stop") continue;
    const parts = rule.parts(filled);
    if (parts.stops) stops.push(...parts.stops);
    if (parts.partial) partial = parts.partial;
  }
  return { stops, partial };
}

/** The target side, likewise. */
export function targetSideOf(filled: Parameters): Omit<Exit, "stops" | "partial"> {
  let side: ExitParts = {};
  for (const rule of exitRules) if (rule.side === "target") side = { ...side, ...rule.parts(filled) };
  return { target: side.target!, holdingHours: side.holdingHours!, usesExitSignal: side.usesExitSignal ?? false };
}

/** Longest holding time of a set, hours. */
export function holdingHoursOf(parameters: Parameters): number {
  return (parameters["max_holding_hours"] ?? exitKeyOf("max_holding_hours")!.default) as number;
}

/** Longest holding time of a space, hours. */
export function longestHoursOf(space: Space): number {
  const hours = (space["max_holding_hours"] ?? [exitKeyOf("max_holding_hours")!.default]) as number[];
  return hours.reduce((most, value) => Math.max(most, value), 0);
}

/** Hours as whole bars, half a bar rounded up, at least one. */
export function holdingBarsOf(hours: number, timeframeMs: number): number {
  return Math.max(1, Math.floor((hours * 60) / (timeframeMs / 60_000) + 0.5));
}

/** Whether any level of a space, or of a set whose values stand alone in lists, is a multiple of the ATR: given, or by default. */
export function usesAtr(space: Readonly<Record<string, readonly ParameterValue[]>>): boolean {
  return exitKeys().some((name) => {
    const value = defaultOf(name, (other) => other in space);
    const values = space[name] ?? (value === undefined ? [] : [value]);
    return values.some((each) => exitKeyOf(name)!.usesAtr?.(each) ?? false);
  });
}

/** Whether a parameter counts in a set: all do but details of a rule that the set does without. */
export function isCounted(key: string, params: Parameters): boolean {
  return exitRules.every(({ details }) => !details?.keys.includes(key) || details.count(params));
}

/** A set without what does not count in it. */
export function countedOf(params: Parameters): Parameters {
  return Object.fromEntries(Object.entries(params).filter(([key]) => isCounted(key, params)));
}

/** Whether a value switches its rule off. */
export function isOff(key: string, value: ParameterValue): boolean {
  const rule = exitKeyOf(key);
  return rule?.off !== undefined && rule.off === value;
}
