import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import { reader } from "../../src/candles/readers.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { fileKinds, type Rows, zipOf } from "../support/candleFiles.ts";
import { randomFrom } from "../support/random.ts";
import { held, jsonOf } from "../support/referenceData.ts";
import { refusal, start, step, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const options = { timeframeMs: step, lenient: false };
const hourly = { timeframeMs: 3_600_000, lenient: false };

const rowsOf = (candles: Candles): number[][] =>
  Array.from({ length: candles.count }, (_, k) => [
    openTimeMs(candles, k),
    ...[candles.open, candles.high, candles.low, candles.close, candles.volume].map((column) => column[k]!),
  ]);

/** Prices with all their bits in use, and volumes of every size, some of them 0. */
const candles = fc
  .array(
    fc.tuple(
      fc.double({ min: 0.5, max: 0.999, noNaN: true }),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.boolean(),
    ),
    {
      minLength: 3,
      maxLength: 60,
    },
  )
  .map(
    (values): Rows =>
      values.map(([share, volume, isTraded], k) => {
        const high = 1 + share / 3;
        const low = share / 2;
        return [start + k * step, share, high, low, (high + low) / 2, isTraded ? volume : 0];
      }),
  );

async function readAs(name: string, bytes: Uint8Array, rules = options): Promise<Candles> {
  const path = folder.path(name);
  writeFileSync(path, bytes);
  return readCandleFile(path, "X", rules);
}

describe("candles", () => {
  it.each(Object.keys(fileKinds))("in %s are those that were written, to the bit", async (name) => {
    const { extension, bytes } = fileKinds[name]!;
    await fc.assert(
      fc.asyncProperty(candles, fc.integer(), async (rows, seed) => {
        const file = await bytes(rows, randomFrom(seed));
        expect(rowsOf(await readAs(`X-15m.${extension}`, file))).toEqual(rows);
        // The content counts: the extension may be any.
        expect(rowsOf(await readAs("X-15m.csv", file))).toEqual(rows);
      }),
      { numRuns: 30 },
    );
  });

  it.each(["AAA_USDT-1h.feather", "AAA_USDT_USDT-1h-futures.feather", "AAA_USDT-1h.parquet"])(
    "of %s, which pyarrow wrote, are those of the same in JSON",
    async (name) => {
      const path = fileURLToPath(new URL(`formats/${name}`, held));
      const rows = rowsOf(await readCandleFile(path, "X", hourly));
      expect(rows).toEqual(jsonOf(new URL("formats/AAA_USDT-1h.json", held)));
    },
  );

  it("are read of a list that is longer than a block, on one line", async () => {
    const rows = Array.from({ length: 20_000 }, (_, k) => [start + k * step, 1.5, 2.25, 1.125, 2, k]);
    expect(rowsOf(await readAs("X-15m.json", Buffer.from(JSON.stringify(rows))))).toEqual(rows);
  });
});

const one = [start, 1, 2, 0.5, 1.5, 10];
const refused = async (name: string, content: string | Uint8Array) => {
  const { code, message, details } = await refusal(readAs(name, Buffer.from(content)));
  return [code, message, details.found];
};

describe("a file of candles that cannot be read", () => {
  it.each([
    ["[", "CANDLE_JSON", "the end of the file"],
    ["[]", "CANDLE_EMPTY", "an empty list"],
    [`[${JSON.stringify(one)}`, "CANDLE_JSON", "the end of the file"],
    [`[${JSON.stringify(one)}]]`, "CANDLE_JSON", '"]"'],
    [`[${JSON.stringify(one)},]`, "CANDLE_JSON", '"]"'],
    [`[${JSON.stringify(one)}{}]`, "CANDLE_JSON", '"{}]"'],
    [`[${JSON.stringify(one)},{}]`, "CANDLE_JSON", '"{}]"'],
    ['{"data":[]}', "CANDLE_JSON", '"{\\"data\\":[]}"'],
    ["[[1,[[[[[[2", "CANDLE_JSON", "lists or objects nested more than 4 deep"],
    [`[[${"1,".repeat(300)}1]]`, "CANDLE_JSON", '"1,1,1,1,1,1,1,1,1,1,"'],
    [`[[1,"${"x".repeat(300_000)}"]]`, "CANDLE_JSON", "more than 65536 bytes without the end of a candle"],
    ["[1]", "CANDLE_JSON", '"1]"'],
    ['[["a","b"]]', "CANDLE_HEADER", '"a,b"'],
    ["[[1735689600000,1,2,0.5]]", "CANDLE_HEADER", '"timestamp,open,high,low"'],
    ["version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "CANDLE_HEADER", undefined],
    ["", "CANDLE_EMPTY", "an empty file"],
  ])("in JSON, %#, is refused with the reason", async (content, code, found) => {
    const [foundCode, , foundText] = await refused("X-15m.json", content);
    expect(foundCode).toBe(code);
    if (found !== undefined) expect(foundText).toBe(found);
  });

  it("is named with its candle where a value is wrong", async () => {
    const error = await refusal(
      readAs("X-15m.json", Buffer.from(JSON.stringify([one, [start + step, 1, 0.5, 1, 1, 1]]))),
    );
    expect([error.code, error.details.where]).toEqual(["CANDLE_RANGE", `${folder.path("X-15m.json")}:2`]);
  });

  it("is refused where its packing is damaged, holds no file or several, or is encrypted", async () => {
    const bytes = Buffer.from(JSON.stringify([one]));
    const gzip = gzipSync(bytes);
    const rule = "the packed file is damaged or cut short";
    expect((await refused("X-15m.json.gz", gzip.subarray(0, gzip.length - 9)))[1]).toBe(rule);
    const flipped = Buffer.from(gzip);
    flipped[gzip.length - 5]! ^= 1;
    expect((await refused("X-15m.json.gz", flipped))[1]).toBe(rule);
    expect((await refused("X-15m.zip", zipOf([["a.json", bytes]], { crc: 1 })))[2]).toBe("the checksum does not fit");
    expect((await refused("X-15m.zip", zipOf([["a.json", bytes]], { size: 5 })))[1]).toBe(rule);
    expect((await refused("X-15m.zip", zipOf([])))[2]).toBe("no file");
    expect(
      (
        await refused(
          "X-15m.zip",
          zipOf([
            ["a.csv", bytes],
            ["b.csv", bytes],
          ]),
        )
      )[2],
    ).toBe("2 files");
    const locked = zipOf([["a.csv", bytes]]);
    for (const mark of ["PK\x03\x04", "PK\x01\x02"])
      locked[locked.indexOf(mark) + (mark.endsWith("\x04") ? 6 : 8)]! |= 1;
    expect((await refused("X-15m.zip", locked))[1]).toBe("the archive is encrypted");
  });

  it("is refused where it unpacks to far more than candles would, said or not", async () => {
    const bomb = Buffer.alloc(1 << 24, " ");
    const rule = "a packed file unpacks to more than 200 times its size: these are not candles";
    expect((await refused("X-15m.json.gz", gzipSync(Buffer.concat([Buffer.from("["), bomb]))))[1]).toBe(rule);
    expect((await refused("X-15m.zip", zipOf([["a.csv", bomb]])))[1]).toBe(rule);
  });

  it("is refused within another packing, and as a feather file of version 1", async () => {
    const { bytes } = fileKinds["an Arrow file"]!;
    const arrow = await bytes([one], Math.random);
    expect((await refused("X-15m.gz", gzipSync(arrow)))[2]).toBe("gzip or zip around it");
    expect((await refused("X-15m.feather", "FEA1 and more"))[0]).toBe("CANDLE_HEADER");
  });

  it("is refused where a column of candles holds words", async () => {
    const { Table, tableToIPC, vectorFromArray, Utf8 } = await import("apache-arrow");
    const number = vectorFromArray(Float64Array.of(1));
    const words = vectorFromArray(["a"]);
    const plain = vectorFromArray(["a"], new Utf8());
    for (const open of [words, plain]) {
      const table = new Table({ timestamp: number, open, high: number, low: number, close: number, volume: number });
      expect((await refused("X-15m.feather", tableToIPC(table, "file")))[1]).toBe(
        "a column of candles must hold numbers, or times",
      );
    }
  });

  it("is refused where it ends too early, wherever that is", async () => {
    const rows = Array.from({ length: 20 }, (_, k) => [start + k * step, ...one.slice(1)]);
    for (const name of [
      "an Arrow file",
      "an Arrow file in LZ4",
      "parquet",
      "JSON in gzip",
      "CSV in zip",
      "lists in JSON",
    ]) {
      const whole = await fileKinds[name]!.bytes(rows, randomFrom(1));
      for (let end = 1; end < whole.length; end += Math.ceil(whole.length / 40)) {
        const [code] = await refused("X-15m.any", whole.subarray(0, end));
        expect(code).toMatch(/^CANDLE_|^CSV_/);
      }
    }
  });

  it("names the package that would read it if that is not installed", async () => {
    const missing = () => import("no-such-package" as string);
    const error = await refusal(reader("hyparquet", "a parquet file", "a/X-1h.parquet", missing));
    expect([error.code, error.details.found, error.details.remedy?.slice(0, 15)]).toEqual([
      "CANDLE_READER",
      "no package hyparquet",
      "npm i hyparquet",
    ]);
  });
});

describe("the reader of LZ4", () => {
  it("reads what the lz4 command wrote, and refuses any byte of it that is another where it is checked", async () => {
    const { unpackLz4Frames } = await import("../../src/candles/lz4.ts");
    const frames = jsonOf<Record<string, string>>(new URL("formats/lz4-frames.json", held));
    const expected = `${Array.from({ length: 60_000 }, (_, k) => `${k % 17},`).join("")}the end`;
    const out = new Uint8Array(expected.length);
    for (const [name, base64] of Object.entries(frames)) {
      const packed = Buffer.from(base64, "base64");
      unpackLz4Frames(packed, out);
      expect(Buffer.from(out).toString(), name).toBe(expected);
      expect(() => unpackLz4Frames(packed, new Uint8Array(expected.length + 1)), name).toThrow();
      expect(() => unpackLz4Frames(packed, new Uint8Array(expected.length - 1)), name).toThrow();
      for (let at = 0; at < packed.length; at++) {
        const wrong = Buffer.from(packed);
        wrong[at]! ^= 4;
        // Without a checksum of the content a wrong byte may be another literal; with one it may still mean the same.
        out.fill(0);
        if (isRefused(() => unpackLz4Frames(wrong, out)) || name.includes("no checksums")) continue;
        expect(Buffer.from(out).toString(), `${name}, byte ${at}`).toBe(expected);
      }
    }
  });
});

/** Whether something throws an Error of its own; any other is a fault. */
function isRefused(work: () => void): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    return true;
  }
}
