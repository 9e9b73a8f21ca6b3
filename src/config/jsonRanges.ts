import { Tokenizer, TokenType } from "@streamparser/json";
import { InputError } from "../errors.ts";

/** One member of a JSON object: its key, and where its value stands in the bytes it was read from (end exclusive). */
export interface Member {
  readonly key: string;
  /** Of the key's opening quote. */
  readonly keyStart: number;
  readonly start: number;
  readonly end: number;
}

/** The members of one JSON object, and where its braces stand. */
export interface ObjectRanges {
  readonly open: number;
  readonly close: number;
  readonly members: readonly Member[];
}

type Expected = "value" | "key or }" | "key" | ":" | ", or end" | "value or ]" | "end";

const chunkBytes = 65_536;

/**
 * Byte ranges of the members of one JSON object, found by tokens: no tree is built, whatever the size or the nesting. The whole text
 * is checked against the grammar; a duplicate key of this object is refused. `where` names the text in messages.
 */
export function objectRanges(bytes: Uint8Array, where: string): ObjectRanges {
  const text = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const stack: TokenType[] = [];
  const members: Member[] = [];
  const keys = new Set<string>();
  let expected = "value" as Expected;
  let open = -1;
  let close = -1;
  let pending: { key: string; keyStart: number; start: number } | null = null;
  let lastOffset = text;

  const fail = (offset: number, found: string): never => {
    throw new InputError("CONFIG_NOT_JSON", "the config is not a whole JSON document", {
      where: `${where}:${lineAndColumn(bytes, Math.min(offset, bytes.length))}`,
      found,
      expected: expected === "end" ? "the end of the file" : expected,
      remedy: "restore the file from a backup, or mend it by hand; it was not touched",
    });
  };
  const endOfValue = (end: number): void => {
    if (stack.length === 1 && pending) {
      members.push({ ...pending, end });
      pending = null;
    }
    expected = stack.length === 0 ? "end" : ", or end";
  };
  /** A primitive's end is only known by what follows it: back over the white space before the next token. */
  let openPrimitive = false;
  const closePrimitive = (next: number): void => {
    if (!openPrimitive) return;
    openPrimitive = false;
    let end = next;
    while (end > 0 && isSpace(bytes[end - 1]!)) end--;
    endOfValue(end);
  };

  const take = (token: TokenType, value: unknown, offset: number): void => {
    closePrimitive(offset);
    const isKeyPlace = expected === "key or }" || expected === "key";
    if (isKeyPlace && token === TokenType.STRING) {
      if (stack.length === 1) {
        const key = value as string;
        if (keys.has(key))
          throw new InputError("CONFIG_DUPLICATE_KEY", "a key stands twice: which one holds cannot be known", {
            where: `${where}:${lineAndColumn(bytes, offset)}`,
            found: JSON.stringify(key).slice(0, 80),
            expected: "each key once",
          });
        keys.add(key);
        pending = { key, keyStart: offset, start: -1 };
      }
      expected = ":";
    } else if (expected === ":" && token === TokenType.COLON) expected = "value";
    else if (expected === ", or end" && token === TokenType.COMMA)
      expected = stack.at(-1) === TokenType.LEFT_BRACE ? "key" : "value";
    else if (
      (token === TokenType.RIGHT_BRACE &&
        stack.at(-1) === TokenType.LEFT_BRACE &&
        (expected === "key or }" || expected === ", or end")) ||
      (token === TokenType.RIGHT_BRACKET &&
        stack.at(-1) === TokenType.LEFT_BRACKET &&
        (expected === "value or ]" || expected === ", or end"))
    ) {
      stack.pop();
      if (stack.length === 0) close = offset;
      endOfValue(offset + 1);
    } else if (expected === "value" || expected === "value or ]") {
      if (stack.length === 0 && token !== TokenType.LEFT_BRACE)
        throw new InputError("CONFIG_NOT_OBJECT", "a config is one JSON object", {
          where,
          found: token === TokenType.LEFT_BRACKET ? "a list" : "a single value",
          expected: "an object with keys such as global and scalping_params",
        });
      if (stack.length === 1 && pending) pending.start = offset;
      if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
        if (stack.length === 0) open = offset;
        stack.push(token);
        expected = token === TokenType.LEFT_BRACE ? "key or }" : "value or ]";
      } else if (
        token === TokenType.COMMA ||
        token === TokenType.COLON ||
        token === TokenType.RIGHT_BRACE ||
        token === TokenType.RIGHT_BRACKET
      )
        fail(offset, JSON.stringify(value));
      else openPrimitive = true;
    } else fail(offset, JSON.stringify(value).slice(0, 80));
  };

  const tokenizer = new Tokenizer();
  let failure: unknown;
  tokenizer.onToken = ({ token, value, offset }) => {
    if (failure !== undefined) return;
    lastOffset = text + offset;
    try {
      take(token, value, text + offset);
    } catch (error) {
      failure = error;
    }
  };
  tokenizer.onError = (error) => {
    failure ??= error;
  };
  for (let from = text; from < bytes.length && failure === undefined; from += chunkBytes)
    tokenizer.write(bytes.subarray(from, Math.min(bytes.length, from + chunkBytes)));
  if (failure === undefined && !tokenizer.isEnded) tokenizer.end();
  if (failure instanceof InputError) throw failure;
  if (failure !== undefined) fail(lastOffset, (failure as Error).message);
  if ((expected as Expected) !== "end")
    fail(bytes.length, bytes.length === text ? "an empty file" : "the end of the file");
  return { open, close, members };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function lineAndColumn(bytes: Uint8Array, offset: number): string {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset; at++)
    if (bytes[at] === 0x0a) {
      line++;
      start = at + 1;
    }
  return `${line}:${offset - start + 1}`;
}
