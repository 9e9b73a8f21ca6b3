import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import { type Member, MemberCollector, membersOf } from "../../src/config/members.ts";
import { JsonScanner } from "../../src/json/jsonScanner.ts";
import { learningConfig } from "../support/learningConfig.ts";
import { reference } from "../support/referenceData.ts";
import { awkward, ConfigFile, codeOf, errorOf } from "./configFile.ts";

const file = new ConfigFile();

/** Members found when the bytes come in pieces of one length; null where they are no JSON. */
function scanned(bytes: Uint8Array, size: number): readonly Member[] | null {
  const collector = new MemberCollector(0);
  try {
    for (let at = 0; at < bytes.length; at += size) collector.write(bytes.subarray(at, at + size));
    return collector.end().members;
  } catch {
    return null;
  }
}

/** Whether bytes that come in pieces of one length are JSON. */
function isAccepted(bytes: Uint8Array, size: number): boolean {
  const scanner = new JsonScanner({ keyStart() {}, keyEnd() {}, valueStart() {}, valueEnd() {} });
  try {
    for (let at = 0; at < bytes.length; at += size) scanner.write(bytes.subarray(at, at + size));
    scanner.end();
    return true;
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe("byte ranges", () => {
  const configs: [string, () => Buffer][] = [["a bot's config", () => Buffer.from(learningConfig())]];
  if (reference) configs.push(["another's", () => readFileSync(new URL("config/learning_config.json", reference!))]);

  it.each(configs)("hold every member of %s, whatever the chunks", (_, read) => {
    const bytes = read();
    const tree = JSON.parse(bytes.toString()) as Record<string, unknown>;
    const { members } = membersOf(bytes, 0);
    expect(members.map(({ key }) => key)).toEqual(Object.keys(tree));
    for (const { key, start, end } of members)
      expect(JSON.parse(bytes.toString("utf8", start, end))).toEqual(tree[key]);
    for (const size of [1, 2, 7, 4096]) expect(scanned(bytes, size)).toEqual(members);
  });

  it("accept what JSON.parse accepts and refuse what it refuses", () => {
    const piece = fc.constantFrom(
      ...`{|}|[|]|,|:|"a"|"é\\u00e9\\n"|"|\\|\\u12|0|-|-0|01|1.|1.5e|1.50E+3|.5|true|false|null|nul| |\n|\t|\u00a0|备|\u0007`.split(
        "|",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), fc.integer({ min: 1, max: 5 }), (pieces, size) => {
        const text = pieces.join("");
        expect(isAccepted(Buffer.from(text), size)).toBe(parsed(text) !== undefined);
      }),
      { numRuns: 20_000, seed: 3 },
    );
  });

  it("find the members of any JSON that one byte was put in or taken from, or refuse it", () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom("", ",", "}", '"', "\\", "1", " "),
        (json, seed, put) => {
          const at = seed % (json.length + 1);
          const text = json.slice(0, at) + put + json.slice(put === "" ? at + 1 : at);
          const members = scanned(Buffer.from(text), 3);
          const value = parsed(text);
          if (value === undefined) expect(members).toBe(null);
          // A key that stands twice is refused; JSON.parse takes the last.
          if (members === null || typeof value !== "object" || value === null) return;
          expect(
            members.map(({ start, end }) => JSON.parse(Buffer.from(text).toString("utf8", start, end))),
          ).toHaveLength(Object.keys(value).length);
        },
      ),
      { numRuns: 3000, seed: 4 },
    );
  });
});

describe("a config that cannot be used", () => {
  it.each([
    ["not JSON", "min_signal_score = 60", "CONFIG_NOT_JSON"],
    ["truncated", awkward.slice(0, 200), "CONFIG_NOT_JSON"],
    ["followed by more", `${awkward}{}`, "CONFIG_NOT_JSON"],
    ["with a trailing comma", '{"a": 1,}', "CONFIG_NOT_JSON"],
    ["with a missing comma", '{"a": 1 "b": 2}', "CONFIG_NOT_JSON"],
    ["with NaN", '{"a": NaN}', "CONFIG_NOT_JSON"],
    ["empty", "", "CONFIG_NOT_JSON"],
    ["a list", "[1, 2]", "CONFIG_NOT_OBJECT"],
    ["a number", "7", "CONFIG_NOT_OBJECT"],
    ["with a key twice", '{"a": 1, "a": 2}', "CONFIG_DUPLICATE_KEY"],
    ["with a key twice, spelled in two ways", '{"a": 1, "\\u0061": 2}', "CONFIG_DUPLICATE_KEY"],
    ["with a parameter twice", '{"scalping_params": {"x": 1, "x": 2}}', "CONFIG_DUPLICATE_KEY"],
    ["with a symbol's key twice", '{"per_symbol": {"BTC": {"x": 1, "x": 2}}}', "CONFIG_DUPLICATE_KEY"],
    [
      "with parameters nested without end",
      `{"global": ${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`,
      "CONFIG_NOT_JSON",
    ],
  ])("is refused when %s", async (_, text, code) => {
    file.write(text);
    expect(await codeOf(openConfig(file.path))).toBe(code);
    expect(file.read()).toBe(text);
  });

  it("is shown by line and column in characters, with what was found and what was due", async () => {
    file.write('{\n  "备注": "不要", "a": 1 "b": 2\n}');
    expect((await errorOf(openConfig(file.path))).details).toMatchObject({
      where: `${file.path}:2:22`,
      found: '"',
      expected: ", or the end of the list or object",
    });
  });

  it("is shown at its end when it is cut short, even inside a character", async () => {
    file.write(Buffer.from('{"a": "备').subarray(0, 9));
    expect((await errorOf(openConfig(file.path))).details).toMatchObject({
      where: `${file.path}:1:9`,
      found: "the end of the file",
      expected: "the rest of a string",
    });
  });

  it("is refused when it is not UTF-8, at the first such byte", async () => {
    file.write(Buffer.from([...Buffer.from('{\n"a": "x'), 0xb1, 0xb8, 0x22, 0x7d]));
    expect((await errorOf(openConfig(file.path))).details).toMatchObject({ where: `${file.path}:2:8` });
  });

  it("cannot write to the terminal through a message", async () => {
    file.write(`{"\\u001b[31m": 1, "\\u001b[31m${"x".repeat(500)}": 2, "\\u001b[31m": 3}`);
    const { details } = await errorOf(openConfig(file.path));
    expect(details["found"]).toBe("\\u001b[31m");
  });

  it("is refused when it is a folder or not there", async () => {
    expect(await codeOf(openConfig(file.path))).toBe("CONFIG_UNREADABLE");
    expect(await codeOf(openConfig(file.folder))).toBe("CONFIG_UNREADABLE");
  });
});

describe("a config that looks odd", () => {
  it("may be nested as deeply as it likes where nobody reads it", async () => {
    file.write(`{"deep": ${"[".repeat(20_000)}${"]".repeat(20_000)}, "__proto__": {"a": 1}}`);
    expect((await openConfig(file.path)).currentParams("scalping")["min_signal_score"]).toBe(60);
  });

  it("may repeat a key where nobody reads it", async () => {
    file.write('{"notes": {"x": 1, "x": 2}}');
    expect((await openConfig(file.path)).loads).toBe(1);
  });

  it("may begin with a byte order mark", async () => {
    file.write(`\ufeff${awkward}`);
    expect((await openConfig(file.path)).currentParams("scalping")["min_signal_score"]).toBe(65);
  });
});
