import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { ConfigFile, codeOf, errorOf, learning, nowMs, scalping } from "./configFile.ts";

const file = new ConfigFile();

/** JSON text taken apart, byte by byte: what says something, and the comments. */
function apart(text: string): { json: string; comments: string[] } {
  const comments: string[] = [];
  let json = "";
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    if (text[at] === '"') {
      while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
      end++;
    } else if (text.startsWith("//", at)) {
      while (end < text.length && text[end] !== "\n") end++;
      comments.push(text.slice(at, end).trimEnd());
      at = end;
      continue;
    } else if (text.startsWith("/*", at)) {
      end = text.indexOf("*/", at + 2) + 2;
      comments.push(text.slice(at, end));
      at = end;
      continue;
    }
    json += text.slice(at, end);
    at = end;
  }
  return { json, comments };
}

const treeOf = (text: string): unknown => JSON.parse(apart(text).json);

const noted = `{
  // 机器人的配置
  "version": "2.1", // 不要改动
  "scalping_params": { // of the "quick" ones
    "min_signal_score": 65.0, /* was 60, } */
    // in ATRs
    "atr_tp_multiplier": /* wide */ 1.5 // since March
  },
  "swing_params": { /* none yet */ },
  "url": "http://a/*b*/" // the last one
} // end`;

describe("comments in a config", () => {
  it("stay where they are in a save, and new members come behind them", async () => {
    file.write(noted);
    const saved = await saveConfig(
      await openConfig(file.path),
      {
        params: new Map([
          ["scalping", { min_signal_score: 70, max_holding_hours: 4 }],
          ["swing", { atr_tp_multiplier: 6 }],
        ]),
        phase2Learning: null,
      },
      { nowMs },
    );
    expect(saved).not.toBeNull();
    expect(file.read()).toBe(`{
  // 机器人的配置
  "version": "2.1", // 不要改动
  "scalping_params": { // of the "quick" ones
    "min_signal_score": 70, /* was 60, } */
    // in ATRs
    "atr_tp_multiplier": /* wide */ 1.5, // since March
    "max_holding_hours": 4
  },
  "swing_params": { /* none yet */
    "atr_tp_multiplier": 6
  },
  "url": "http://a/*b*/", // the last one
  "last_update": "2026-11-23 03:05:07"
} // end`);
    expect((await rollback(file.path)).restored).toBe("bytes");
    expect(file.read()).toBe(noted);
  });

  it("stay when only our keys are taken back", async () => {
    file.write(noted);
    await saveConfig(
      await openConfig(file.path),
      { params: new Map([["swing", { atr_tp_multiplier: 6, max_holding_hours: 48 }]]), phase2Learning: null },
      { nowMs },
    );
    file.edit('"atr_tp_multiplier": 6,', '"atr_tp_multiplier": 6, // ours\n');
    file.edit("65.0", "66.0");
    expect((await rollback(file.path)).restored).toBe("keys");
    expect(treeOf(file.read())).toEqual(treeOf(noted.replace("65.0", "66.0")));
    expect(apart(file.read()).comments).toEqual([
      ...apart(noted).comments.slice(0, 8),
      "// ours",
      ...apart(noted).comments.slice(8),
    ]);
  });

  it("of a file on one line end with a line of their own", async () => {
    file.write('{"scalping_params":{"min_signal_score":65} // one\n}');
    await saveConfig(await openConfig(file.path), scalping({ atr_tp_multiplier: 2 }), { nowMs });
    expect(file.read()).toBe(
      '{"scalping_params":{"min_signal_score":65,"atr_tp_multiplier":2}, // one\n"last_update":"2026-11-23 03:05:07"\n}',
    );
  });

  it("survive the learning's next entry", async () => {
    const text =
      '{\r\n  // a\r\n  "phase2_learning": { // b\r\n    "latest": { "night": 1 /* c */ }, // d\r\n    "history": []\r\n  }\r\n}\r\n';
    file.write(text);
    await saveConfig(await openConfig(file.path), learning({ night: 2 }), { nowMs });
    expect(treeOf(file.read())).toEqual({ phase2_learning: { latest: { night: 2 }, history: [{ night: 1 }] } });
    expect(apart(file.read()).comments).toEqual(["// a", "// b", "// d", "/* c */"]);
    await rollback(file.path);
    expect(file.read()).toBe(text);
  });

  it("that do not end, or are none, are refused with their place", async () => {
    file.write('{"a": 1 /* never }');
    expect(await errorOf(openConfig(file.path))).toMatchObject({
      code: "CONFIG_NOT_JSON",
      details: { expected: expect.stringContaining("*/") },
    });
    file.write('{\n  "a": / 1}');
    expect(await errorOf(openConfig(file.path))).toMatchObject({
      code: "CONFIG_NOT_JSON",
      details: { where: `${file.path}:2:8` },
    });
    file.write('{"a": 1} /');
    expect(await codeOf(openConfig(file.path))).toBe("CONFIG_NOT_JSON");
    file.write('{"a": 1, // last\n}');
    expect(await codeOf(openConfig(file.path))).toBe("CONFIG_NOT_JSON");
  });

  const gap = fc.constantFrom(
    "",
    " ",
    "\n  ",
    "\r\n\t",
    " // x\n",
    "//\n",
    '// "}{,\r\n  ',
    "/**/",
    "/* } \" ' ,\n */",
    "\n  /***/ ",
  );
  const scalar = fc.constantFrom("1.50", '"a//b"', '"/*"', "true", "null", '"\\"//"', "-0.5");
  const value = fc.oneof(
    scalar,
    fc.tuple(gap, scalar, gap, gap, scalar, gap).map(([a, x, b, c, y, d]) => `[${a}${x}${b},${c}${y}${d}]`),
    fc.tuple(gap, gap, gap, scalar, gap).map(([a, b, c, x, d]) => `{${a}"k"${b}:${c}${x}${d}}`),
  );
  const parameter = fc.constantFrom("min_signal_score", "atr_tp_multiplier", "allowed_hour", "备注");
  const object = fc
    .tuple(
      fc.uniqueArray(fc.record({ key: parameter, value, gaps: fc.tuple(gap, gap, gap, gap) }), {
        maxLength: 4,
        selector: ({ key }) => key,
      }),
      gap,
    )
    .map(
      ([entries, inside]) =>
        `{${inside}${entries.map(({ key, value, gaps: [a, b, c, d] }) => `${a}"${key}"${b}:${c}${value}${d}`).join(",")}}`,
    );

  it("anywhere in any JSON, survive a save and both rollbacks", async () => {
    await fc.assert(
      fc.asyncProperty(
        object,
        fc.dictionary(
          fc.constantFrom("min_signal_score", "max_holding_hours", "allowed_hour"),
          fc.integer({ min: 0, max: 9 }),
          { minKeys: 1 },
        ),
        gap,
        async (params, values, between) => {
          const text = `${between}{${between}"x_params"${between}:${between}${params}${between},${between}"own"${between}:${between}0${between}}${between}`;
          file.write(text);
          const old = treeOf(params) as Record<string, unknown>;
          const saved = await saveConfig(
            await openConfig(file.path),
            { params: new Map([["x", values]]), phase2Learning: null },
            { nowMs },
          );
          const now = file.read();
          if (saved === null) {
            expect(now).toBe(text);
            return;
          }
          expect(treeOf(now)).toEqual({ x_params: { ...old, ...values }, own: 0, last_update: "2026-11-23 03:05:07" });
          // A value that is replaced takes its own comments with it.
          const replaced = Object.keys(values).some((key) => typeof old[key] === "object" && old[key] !== null);
          if (!replaced) expect(apart(now).comments).toEqual(apart(text).comments);
          await rollback(file.path);
          expect(file.read()).toBe(text);

          await saveConfig(
            await openConfig(file.path),
            { params: new Map([["x", values]]), phase2Learning: null },
            { nowMs },
          );
          const theirs = /("own"[^0]*(?:\/\/[^\n]*\n[^0]*)?)0/;
          file.write(file.read().replace(theirs, "$17"));
          if ((treeOf(file.read()) as { own: number }).own !== 7) return;
          expect((await rollback(file.path)).restored).toBe("keys");
          expect(treeOf(file.read())).toEqual({ ...(treeOf(text) as object), own: 7 });
          expect(apart(file.read()).comments).toEqual(apart(text).comments);
        },
      ),
      { numRuns: 150, seed: 4 },
    );
  });
});
