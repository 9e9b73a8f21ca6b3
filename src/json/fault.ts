import { JsonFault } from "./jsonScanner.ts";
import { checkReadable } from "./readable.ts";

/** Where and why a text is not one JSON document. */
export interface TextFault {
  /** Both from 1; the column counts characters. */
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly expected: string;
}

/** The first fault of a text, as an editor shows its place; null if it is JSON without duplicate keys. */
export function faultIn(text: string): TextFault | null {
  const bytes = Buffer.from(text);
  try {
    checkReadable(bytes, 0);
    return null;
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    const before = bytes.subarray(0, fault.offset).toString().split("\n");
    const { found, expected } = fault;
    return { line: before.length, column: [...before.at(-1)!].length + 1, found, expected };
  }
}
