import { describe, expect, it } from "vitest";
import { textsOf } from "../../src/candles/cells.ts";
import { csvBlocks } from "../../src/candles/csvRows.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { escaped, quoted } from "../../src/text.ts";
import { header, options, refusal, row, rows, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const read = (text: string, lenient = false) =>
  readCandleFile(folder.write("X-15m.csv", text), "X", { ...options, lenient });
const whereOf = async (text: string): Promise<string> => (await refusal(read(text))).details.where!.split(":").at(-1)!;

describe("the line number in a message", () => {
  const bad = row(1, "-1,12,9,11,5");

  it.each([
    ["Unix line ends", "\n"],
    ["Windows line ends", "\r\n"],
    ["the line ends of an old Mac", "\r"],
  ])("counts the header, with %s", async (_, end) => {
    expect(await whereOf([header, row(0), bad, ""].join(end))).toBe("3");
  });

  it("counts blank lines and stays right where line ends are mixed", async () => {
    expect(await whereOf(`${header}\r\n\n${row(0)}\n\r\n${bad}\r\n`)).toBe("5");
  });

  it("stays right far into a file that is read in many blocks", async () => {
    const line = await whereOf([header, ...rows(30_000), row(30_000, "10,12,9,11,x")].join("\r\n"));
    expect(line).toBe("30002");
  });
});

describe("a block's end", () => {
  /** The cells of every row, read block by block. */
  async function cellsOf(text: string): Promise<string[][]> {
    const found: string[][] = [];
    for await (const block of csvBlocks(folder.write("cells.csv", text))) {
      while (block.next()) {
        expect(block.line).toBe(found.length + 1);
        found.push(textsOf(block.cells));
      }
    }
    return found;
  }

  it.each(["\n", "\r\n", "\r"])("may stand anywhere in a row, between %o too", async (end) => {
    const blockBytes = 1 << 18;
    const head = "name,é,\u{1f600}";
    for (let shift = -12; shift <= 3; shift++) {
      const long = "x".repeat(blockBytes - Buffer.byteLength(head) - 2 * end.length + shift);
      expect(await cellsOf([head, long, 'a,"b,c",ü', "d,,", ""].join(end))).toEqual([
        head.split(","),
        [long],
        ["a", "b,c", "ü"],
        ["d", "", ""],
      ]);
    }
  });

  it("is not the last row's: that one needs no line end", async () => {
    expect(await cellsOf("\uFEFFa,b\n\nc")).toEqual([["a", "b"], [""], ["c"]]);
    expect(await cellsOf("")).toEqual([]);
  });

  it("holds a line of many blocks", async () => {
    const cells = Array.from({ length: 100_000 }, (_, k) => String(k));
    expect(await cellsOf(`a\n${cells.join(",")}\nb\n`)).toEqual([["a"], cells, ["b"]]);
  });
});

describe("quotes", () => {
  it("around numbers are fine", async () => {
    const candles = await read(
      `"timestamp","open","high","low","close","volume"\r\n"${row(0).replaceAll(",", '","')}"\r\n`,
    );
    expect([candles.open[0], candles.volume[0]]).toEqual([10, 5]);
  });

  it("that are never closed do not swallow the rows behind them", async () => {
    const error = await refusal(read(`${header},note\n${row(0)},a\n${row(1)},"b\n${row(2)},c\n${row(3)},d\n`));
    expect([error.code, error.details.where!.split(":").at(-1)]).toEqual(["CSV_QUOTE", "3"]);
  });

  it("do not let a cell run over its line", async () => {
    const error = await refusal(read(`${header},note\n${row(0)},"a\nb"\n${row(1)},c\n`));
    expect([error.code, error.details.where!.split(":").at(-1)]).toEqual(["CSV_QUOTE", "2"]);
  });
});

describe("a row of the wrong width", () => {
  it("is refused where a thousands separator shifts its cells", async () => {
    const shifted = row(1, "1,000,1,000,1,000,1,000,5");
    expect((await refusal(read([header, row(0), shifted].join("\n")))).code).toBe("CANDLE_COLUMNS");
    expect((await read([header, row(0), shifted].join("\n"), true)).defects.dropped).toBe(1);
  });

  it("may end in an empty cell", async () => {
    expect((await read([header, `${row(0)},`].join("\n"))).count).toBe(1);
  });

  it("is refused where the file was cut in its middle", async () => {
    const error = await refusal(read([header, row(0), row(1).slice(0, 16)].join("\n")));
    expect([error.code, error.details.found]).toEqual(["CANDLE_PRICE", 'high ""']);
  });
});

describe("a file that is no text of rows", () => {
  it("is refused once a line is longer than a million characters", async () => {
    const error = await refusal(read("7".repeat(1_400_000)));
    expect([error.code, error.details.where!.split(":").at(-1)]).toEqual(["CSV_LINE", "1"]);
  });

  it("is refused with a reason where it cannot be opened", async () => {
    const error = await refusal(csvBlocks(folder.path()).next());
    expect(error.code).toBe("FILE_UNREADABLE");
  });
});

describe("text of a file in a message", () => {
  it("is cut at 40 characters", () => {
    expect(quoted("x".repeat(41))).toBe(`"${"x".repeat(40)}..."`);
  });

  it("cannot colour, reorder or clear a terminal", () => {
    expect(quoted('a"\u001b[2J')).toBe('"a\\"\\u001b[2J"');
    expect(escaped("\u009b31m \u202e \u2028 \u{e0001}")).toBe("\\u009b31m \\u202e \\u2028 \\u{e0001}");
  });
});
