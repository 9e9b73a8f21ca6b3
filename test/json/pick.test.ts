import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonFault } from "../../src/json/jsonScanner.ts";
import { JsonPick, type Wanted } from "../../src/json/pick.ts";

/** Picks from a text in chunks of so many bytes. */
function picked(text: string, wanted: Wanted, chunkBytes = 1): unknown {
  const pick = new JsonPick(wanted);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) pick.write(bytes.subarray(at, at + chunkBytes));
  return pick.end();
}

/** The same from the whole value. */
function plainly(value: unknown, wanted: Wanted | true | undefined): unknown {
  if (wanted === true) return value;
  if (wanted === undefined || value === null || typeof value !== "object") return undefined;
  if (Array.isArray(value)) return value.map((each) => plainly(each, wanted["*"])).filter((each) => each !== undefined);
  const found = Object.entries(value).map(([key, inner]) => {
    const own = Object.hasOwn(wanted, key) ? wanted[key] : wanted["*"];
    return [key, plainly(inner, own)] as const;
  });
  return Object.fromEntries(found.filter(([, inner]) => inner !== undefined));
}

describe("values picked from a JSON document", () => {
  it("are those that are wanted, in the document's shape", () => {
    const text =
      '{"a": {"b": [1, {"c": 2}], "d": "x\\u0041"}, "e": [{"f": 1, "g": 2}, 7, {"f": null}], "__proto__": 3}';
    expect(picked(text, { a: { d: true } })).toEqual({ a: { d: "xA" } });
    expect(picked(text, { a: { b: true } })).toEqual({ a: { b: [1, { c: 2 }] } });
    expect(picked(text, { e: { "*": { f: true } } })).toEqual({ e: [{ f: 1 }, { f: null }] });
    expect(Object.entries(picked(text, { "*": true }) as object).map(([key]) => key)).toEqual(["a", "e", "__proto__"]);
    // A key that every object seems to have.
    expect(picked(text, JSON.parse('{"valueOf": true}'))).toEqual({});
    expect(picked("[3]", { x: true })).toEqual([]);
    expect(picked("7", { x: true })).toBeUndefined();
  });

  it("are those of the whole document's value, however it is cut into chunks", () => {
    const keys = fc.constantFrom("a", "b", "*", "", "long key \u00e9");
    const wanteds: fc.Arbitrary<Wanted | true> = fc.letrec((tie) => ({
      wanted: fc.oneof({ maxDepth: 3 }, fc.constant(true), fc.dictionary(keys, tie("wanted"))),
    })).wanted as never;
    const values = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), fc.boolean(), fc.constant(null)),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(keys, tie("value")),
      ),
    })).value;
    fc.assert(
      fc.property(values, wanteds, fc.integer({ min: 1, max: 40 }), fc.boolean(), (value, wanted, bytes, isSpaced) => {
        if (wanted === true) return;
        const text = JSON.stringify(value, null, isSpaced ? 2 : 0);
        expect(picked(text, wanted, bytes)).toEqual(plainly(JSON.parse(text), wanted));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it("are refused where the document is not whole, whatever is wanted", () => {
    for (const text of ['{"a": 1', '{"a": 1}x', '{"a": nul}', ""])
      expect(() => picked(text, { b: true })).toThrow(JsonFault);
  });
});
