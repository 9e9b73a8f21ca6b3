import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { ConfigFile, nowMs } from "./configFile.ts";

const file = new ConfigFile();

const space = fc.constantFrom("", "", " ", "\n", "\n  ", "\t", "\r\n\t", "  ");
const spelledNumber = fc.constantFrom(
  "0",
  "-0.0",
  "1.50",
  "2e-2",
  "1E+3",
  "65",
  "6.50E1",
  "12345678901234567890",
  "0.1",
);
const spelledKey = fc.string({ unit: "binary", maxLength: 5 }).map((key) => JSON.stringify(key));
const spelledString = fc.constantFrom('"备注"', '"\\u5907\\/"', '"\\ud83d"', '"}{,]"', '"\\"\\\\"', '""');

/** JSON text as no printer would write it: odd spellings of numbers and strings, white space anywhere. */
const { text: anyText } = fc.letrec<{ text: string; object: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    spelledNumber,
    spelledString,
    fc.constantFrom("true", "null"),
    tie("object"),
    fc.tuple(fc.array(tie("text"), { maxLength: 3 }), space).map(([items, s]) => `[${s}${items.join(`${s},`)}${s}]`),
  ),
  object: members(tie("text")).map(({ text }) => text),
}));

interface Spelled {
  text: string;
  /** Key and value as text, and where the value stands in the object's. */
  entries: { key: string; start: number; end: number }[];
}

/** Objects with keys of their own, spelled with any white space. */
function members(value: fc.Arbitrary<string>, key: fc.Arbitrary<string> = spelledKey): fc.Arbitrary<Spelled> {
  const entry = fc.record({ key, value, a: space, b: space, c: space, d: space });
  return fc
    .tuple(fc.uniqueArray(entry, { maxLength: 5, selector: (each) => JSON.parse(each.key) }), space)
    .map(([entries, inside]) => {
      let text = `{${inside}`;
      const spans = entries.map((each, k) => {
        text += `${k === 0 ? "" : ","}${each.a}${each.key}${each.b}:${each.c}`;
        const start = text.length;
        text += each.value;
        const span = { key: JSON.parse(each.key) as string, start, end: text.length };
        text += each.d;
        return span;
      });
      return { text: `${text}}`, entries: spans };
    });
}

const parameter = fc.constantFrom("min_signal_score", "atr_tp_multiplier", "allowed_hour", "a.b", "__proto__", "备注");
const block = members(
  fc.oneof(spelledNumber, spelledString, anyText),
  parameter.map((key) => JSON.stringify(key)),
);
const wanted = fc.dictionary(
  parameter.filter((key) => key !== "__proto__"),
  fc.oneof(fc.integer({ min: -5, max: 70 }), fc.boolean(), fc.constant("any"), fc.constant(1.5)),
  { minKeys: 1, maxKeys: 4 },
);
const others = members(
  anyText,
  spelledKey.filter((key) => !/_params|global|per_symbol|phase2_learning|last_update|version/.test(JSON.parse(key))),
);

/** As JSON says it again: it knows no negative zero. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe("a save into any JSON", () => {
  it("leaves every byte outside the values it changes, says what it should, and rolls back to the byte", async () => {
    await fc.assert(
      fc.asyncProperty(others, block, wanted, space, fc.boolean(), async (rest, params, values, gap, isFirst) => {
        const ours = `${gap}"x_params"${gap}:${gap}`;
        const inside = rest.text.slice(1, -1);
        const blank = inside.trim() === "";
        const [before, after] = blank ? ["{", `${gap}}`] : isFirst ? ["{", `,${inside}}`] : [`{${inside},`, `${gap}}`];
        const text = before + ours + params.text + after;
        file.write(text);
        const saved = await saveConfig(
          await openConfig(file.path),
          { params: new Map([["x", values]]), phase2Learning: null },
          { nowMs },
        );

        // What stands in the file changes in its text, by hand; what was missing may only stand behind the last member.
        const old = JSON.parse(params.text) as Record<string, unknown>;
        const missing = Object.keys(values).filter((key) => !Object.hasOwn(old, key));
        const lastEnd = params.entries.at(-1)?.end ?? 1;
        let head = params.text.slice(0, lastEnd);
        for (const { key, start, end } of [...params.entries].reverse())
          if (Object.hasOwn(values, key) && JSON.stringify(values[key]) !== JSON.stringify(old[key]))
            head = head.slice(0, start) + JSON.stringify(values[key]) + head.slice(end);
        const isEmptied = params.entries.length === 0 && missing.length > 0;
        const tail = (isEmptied ? "}" : params.text.slice(lastEnd)) + after;

        const now = file.read();
        const { last_update, ...tree } = JSON.parse(now);
        expect(plain(tree)).toEqual(plain({ ...JSON.parse(text), x_params: { ...old, ...values } }));
        expect(last_update).toBe(saved === null ? undefined : "2026-11-23 03:05:07");
        const unstamped = now.replace(/,\s*"last_update"\s*:\s*"2026-11-23 03:05:07"(?=\s*\}$)/, "");
        expect(unstamped.startsWith(before + ours + head)).toBe(true);
        expect(unstamped.endsWith(tail)).toBe(true);
        const added = unstamped.slice((before + ours + head).length, -tail.length);
        expect(Object.keys(JSON.parse(`{${added.replace(/^,/, "")}}`))).toEqual(missing);
        if (saved === null) expect(now).toBe(text);
        else expect((await rollback(file.path)).restored).toBe("bytes");
        expect(file.read()).toBe(text);
      }),
      { numRuns: 150, seed: 9 },
    );
  });
});
