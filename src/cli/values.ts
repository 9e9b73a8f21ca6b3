import { nearest } from "../didYouMean.ts";
import { stakeOf, stakeWords } from "../portfolio/portfolio.ts";
import { mostThreads } from "../run/limits.ts";
import { Unreadable } from "./usage.ts";

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A reader of decimal numbers within bounds, which the error names. */
export function numberFrom(
  expected: string,
  isRight: (value: number) => boolean = () => true,
): (text: string) => number {
  return (text) => {
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value) || !isRight(value)) throw new Unreadable(expected);
    return value;
  };
}

/** A reader of whole numbers from `least` up. */
export function wholeFrom(least: number): (text: string) => number {
  const read = numberFrom(`a whole number from ${least} up`, (value) => Number.isSafeInteger(value) && value >= least);
  return (text) => {
    if (!/^\d+$/.test(text)) throw new Unreadable(`a whole number from ${least} up`);
    return read(text);
  };
}

/** A fraction of the entry price, such as a fee. */
export const fraction = numberFrom("a fraction from 0 to below 1, such as 0.0005", (value) => value >= 0 && value < 1);

/** A percentage, returned as a fraction: `8` is 0.08. */
export function percentAsFraction(text: string): number {
  return numberFrom("a percentage above 0, such as 8", (value) => value > 0)(text) / 100;
}

/** A percentage that may be 0, returned as a fraction: `0.5` is 0.005. */
export function percentFromZero(text: string): number {
  const expected = "a percentage from 0 to below 100, such as 0.5";
  return numberFrom(expected, (value) => value >= 0 && value < 100)(text) / 100;
}

/** A trade's margin: an amount, a share of equity, or a risk. */
export function stake(text: string): string {
  if (stakeOf(text) === null) throw new Unreadable(stakeWords);
  return text;
}

/** A reader of one word out of several. */
export function oneOf<const T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) {
      const meant = nearest(text, words);
      throw new Unreadable(`one of ${words.join(", ")}`, meant === null ? undefined : `did you mean ${meant}?`);
    }
    return word;
  };
}

/** Names separated by commas; empty names are refused. */
export function names(text: string): readonly string[] {
  const list = text.split(",").map((name) => name.trim());
  if (list.some((name) => name === "")) throw new Unreadable("names separated by commas, such as BTCUSDT,ETHUSDT");
  return list;
}

/** A text that is not blank: a path or a name. */
export function text(value: string): string {
  if (value.trim() === "") throw new Unreadable("a non-empty text");
  return value;
}

/** A number of threads, or `auto`. */
export function threadCount(text: string): number | "auto" {
  if (text === "auto") return text;
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > mostThreads)
    throw new Unreadable(`auto, or a number of threads from 1 to ${mostThreads}`);
  return Number(text);
}
