import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, Reader } from "../support/reader.ts";
import { root } from "../support/sources.ts";
import { around } from "./around.ts";
import { type Block, blocksOf, commandsOf, pages } from "./markdown.ts";
import { notRun } from "./notRun.ts";

const blocks = pages().flatMap(blocksOf);
const languages = ["ts", "js", "sh", "console", "json", "text", "crontab"];
const { scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { scripts: Record<string, string> };

/** What a page takes for granted beside the data of a bot. */
const before: Readonly<Record<string, readonly string[]>> = {
  "README.md": ["sluice optimize --candles data/candles --config bot/learning_config.json --out runs --quiet"],
  // The folder of somebody who trades with freqtrade, and what its script would have written.
  "docs/freqtrade.md": [
    "mkdir -p user_data/data user_data/strategies && mv data/candles user_data/data/binance",
    `cp "${root}examples/freqtrade/space.json" "${root}examples/freqtrade/map.json" .`,
    "cut -d, -f1-3,6- signals.csv > exported.csv && mv exported.csv signals.csv",
  ],
  "examples/script/README.md": [`cp "${root}examples/script/verdict.mjs" .`],
};
/** Names on a page that stand for the reader's own. */
const standIns = (reader: Reader): Readonly<Record<string, () => string>> => ({
  "20261125T030012Z-7d1ea2f1": () => reader.pastRun("README.md"),
});

const excuseOf = (page: string, start: string) => notRun.find(([of, begin]) => of === page && begin === start);
const placeOf = ({ page, line }: Block): string => `${page}:${line}`;
const startOf = (block: Block): string => block.text.split("\n")[0]!;

let reader: Reader;
let compiled = "";
beforeAll(() => {
  reader = new Reader();
  compiled = reader.compiles(
    blocks.filter((block) => block.language === "ts" && lookedAt(block) !== "read").map(whole),
  );
});
afterAll(() => reader.close());

/** A block with what stands around it in its reader's program. */
function whole(block: Block): Block {
  const { before = "", after = "" } = around[block.page]?.[startOf(block)] ?? {};
  return { ...block, text: `${before}\n${block.text}\n${after}` };
}

function lookedAt(block: Block): string {
  return excuseOf(block.page, startOf(block))?.[2] ?? "run";
}

function succeeds({ status, stdout, stderr }: Ended, what: string): string {
  expect(status, `${what}\n${stderr}${stdout}`).toBe(0);
  return stdout;
}

/** Every script and flag that a command names is one. */
function namesWhatThereIs(command: string): void {
  for (const [, script] of command.matchAll(/npm run (?:--silent |-s )?([\w:-]+)/g))
    expect(Object.keys(scripts), command).toContain(script);
  if (command.startsWith("sluice ")) expect(reader.unknownTo(command), command).toEqual([]);
}

function runsShell(block: Block): void {
  const { page, text } = block;
  const commands = commandsOf(text);
  for (const command of commands) if (excuseOf(page, command)?.[2] === "checked") namesWhatThereIs(command);
  const running = commands.filter((command) => !excuseOf(page, command));
  // Whatever installs, publishes or needs another program must be in the list: nothing else is tried out.
  expect(running.filter((command) => !/^(sluice|node) /.test(command))).toEqual([]);
  let script = running.join("\n");
  if (script === "") return;
  for (const [name, own] of Object.entries(standIns(reader)))
    if (script.includes(name)) script = script.replaceAll(name, own());
  succeeds(reader.runs(page, [script]), script);
}

/** For a command: as if it printed to a terminal. */
const terminal = 'NODE_OPTIONS="--import=data:text/javascript,Object.assign(process.stdout,{isTTY:true,columns:80})"';

/** A transcript: its first line runs, and says what follows, but for lines that show a path. */
function saysAsShown({ page, text }: Block): void {
  const [first, ...shown] = text.split("\n");
  const path = /--out (\S+)/.exec(first!)![1]!;
  const command = first!.replace("$ npm run demo --", "sluice demo").replace(path, "demo");
  const said = succeeds(reader.runs(page, [`${terminal} ${command}`]), command)
    .trimEnd()
    .split("\n");
  const pathless = (lines: readonly string[]) => lines.filter((line) => !/^Undo|sluice-demo|demo\/|…\//.test(line));
  expect(pathless(said)).toEqual(pathless(shown));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const quoted = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(" ");

/** Gives a JSON block to the program, as what its names say that it is. */
function isRead({ page, text }: Block): void {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error("a JSON block is an object");
  const folder = reader.folderOf(page);
  const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
  const plan = "sluice plan --opportunities signals.csv --candles data/candles";
  if (isObject(value["mcpServers"])) {
    for (const server of Object.values(value["mcpServers"]) as { command: string; args: string[] }[])
      succeeds(reader.runs(page, [`${quoted([server.command, ...server.args])} < /dev/null`]), text);
  } else if ("candles" in value) {
    const planned = "sluice plan --opportunities signals.csv --space space.json";
    // A name that is no flag is refused there.
    write("sluice.config.json", JSON.stringify({ ...value, "no-such-flag": 1 }));
    expect(reader.runs(page, [planned]).status).not.toBe(0);
    write("sluice.config.json", text);
    succeeds(reader.runs(page, [planned]), text);
  } else if (isObject(value["buy"])) {
    write("block.json", text);
    const filters = Object.values(value["buy"]).map((filter) => [filter, 1]);
    const exits = { take_profit_percent: 4, stop_loss_percent: 8, max_holding_hours: 24 };
    write("set.json", JSON.stringify({ ...Object.fromEntries(filters), ...exits, trailing_stop_enabled: false }));
    const command = "sluice export --format freqtrade --strategy Dip --params set.json --map block.json --out Dip.json";
    succeeds(reader.runs(page, [command]), text);
  } else if (Object.values(value).some((candidates) => typeof candidates === "object")) {
    write("block.json", text);
    succeeds(reader.runs(page, [`${plan} --space block.json`]), text);
  } else {
    write("block.json", text);
    succeeds(
      reader.runs(page, [`sluice simulate --opportunities signals.csv --candles data/candles --params block.json`]),
      text,
    );
  }
}

const checks: Readonly<Record<string, (block: Block) => void>> = {
  ts: (block) => {
    if (!excuseOf(block.page, startOf(block))) succeeds(reader.runsBlock(block), block.text);
  },
  // For a page: no block of it runs in Node, and each must say where its like runs.
  js: (block) => expect(excuseOf(block.page, startOf(block)), startOf(block)).toBeDefined(),
  sh: runsShell,
  console: saysAsShown,
  json: isRead,
};

describe.each(pages().filter((page) => blocksOf(page).some(({ language }) => language in checks)))("%s", (page) => {
  beforeAll(() => {
    for (const command of before[page] ?? []) succeeds(reader.runs(page, [command]), command);
  });

  it.each(
    blocksOf(page)
      .filter(({ language }) => language in checks)
      .map((block) => [block.line, block] as const),
  )("does what it shows in line %i", (_, block) => checks[block.language]!(block));
});

describe("the blocks of all pages", () => {
  it("name their language, and hide no command in a block that does not run", () => {
    expect(blocks.filter(({ language }) => !languages.includes(language)).map(placeOf)).toEqual([]);
    const silent = blocks.filter(({ language }) => language === "text");
    expect(silent.filter(({ text }) => /^(\$ |sluice |npm |npx )/m.test(text)).map(placeOf)).toEqual([]);
  });

  it("compile against the package's types", () => {
    expect(blocks.filter(({ language }) => language === "ts").length).toBeGreaterThan(3);
    expect(compiled).toBe("");
  });

  it("are excused, or have something around them, only if they are there", () => {
    const starts = blocks.flatMap((block) =>
      (["ts", "js"].includes(block.language) ? [startOf(block)] : commandsOf(block.text)).map(
        (start) => `${block.page}: ${start}`,
      ),
    );
    expect(notRun.map(([page, start]) => `${page}: ${start}`).filter((excuse) => !starts.includes(excuse))).toEqual([]);
    const parts = Object.entries(around).flatMap(([page, of]) => Object.keys(of).map((start) => `${page}: ${start}`));
    expect(parts.filter((part) => !starts.includes(part))).toEqual([]);
  });
});

describe("the links of all pages", () => {
  const slugOf = (heading: string): string =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
  const targetsOf = (page: string): string[] =>
    [...readFileSync(`${root}${page}`, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading]) => slugOf(heading!));

  it("lead to files and headings that there are", () => {
    const broken = pages().flatMap((page) => {
      const text = readFileSync(`${root}${page}`, "utf8").replaceAll(/^```[\s\S]*?^```/gm, "");
      return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
        if (/^[a-z]+:/.test(link!)) return [];
        const [path, heading] = link!.split("#") as [string, string?];
        const target = path === "" ? page : posix.join(posix.dirname(page), path);
        const isThere =
          existsSync(`${root}${target}`) && (heading === undefined || targetsOf(target).includes(heading));
        return isThere ? [] : [`${page}: ${link}`];
      });
    });
    expect(broken).toEqual([]);
  });
});
