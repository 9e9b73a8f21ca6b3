/** Unambiguous words, in any case. */
const words: ReadonlyMap<string, 1 | -1> = new Map([
  ["long", 1],
  ["buy", 1],
  ["bull", 1],
  ["bullish", 1],
  ["1", 1],
  ["short", -1],
  ["sell", -1],
  ["bear", -1],
  ["bearish", -1],
  ["-1", -1],
]);

/** 1 for long, -1 for short, as a word or as a number in any spelling (+1, 1.0); undefined for anything else. */
export function directionOf(text: string): 1 | -1 | undefined {
  const word = words.get(text) ?? words.get(text.toLowerCase());
  if (word !== undefined) return word;
  return /^[+-]?1(\.0*)?$/.test(text) ? (text.startsWith("-") ? -1 : 1) : undefined;
}
