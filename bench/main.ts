// `npm run bench`: asks the questions, each in a process of its own so that none inherits another's compiled code or garbage.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { script } from "./child.ts";
import { benchMarket, describeMarket } from "./data/market.ts";
import { tableText } from "./format.ts";
import { thisMachine } from "./machine.ts";
import type { Table } from "./question.ts";
import { questions } from "./questions/all.ts";
import { provenance, type Result, saveResult } from "./results.ts";

const usage = `npm run bench -- [flags]
  --only NAME       one question (again for more): ${questions.map(({ name }) => name).join(", ")}
  --candles DIR     15-minute candles, a CSV a symbol (a seeded synthetic market)
  --limit SECONDS   stop a search or a command that takes longer, and say so (60)
  --json            one JSON document on stdout (npm run --silent bench -- --json)
  --save            keep the result under bench/results and its plots under docs/plots
`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    candles: { type: "string" },
    limit: { type: "string", default: "60" },
    json: { type: "boolean", default: false },
    save: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    ask: { type: "string" },
  },
});
const candles = values.candles === undefined ? undefined : resolve(values.candles);

if (values.help) process.stdout.write(usage);
else if (values.ask !== undefined) await answer(values.ask);
else await askAll();

/** In a question's own process: the table as JSON on stdout. */
async function answer(name: string): Promise<void> {
  const question = questions.find((one) => one.name === name)!;
  const market = await benchMarket(candles);
  const say = (message: string): void => void process.stderr.write(`  ${name}: ${message}\n`);
  const table = await question.ask({ market, candles, limitSeconds: Number(values.limit), say });
  process.stdout.write(JSON.stringify({ data: describeMarket(market, candles), table }));
}

async function askAll(): Promise<void> {
  const names = values.only?.flatMap((list) => list.split(",")) ?? questions.map(({ name }) => name);
  const unknown = names.find((name) => !questions.some((question) => question.name === name));
  if (unknown !== undefined)
    throw new Error(`no question "${unknown}"; there are: ${questions.map(({ name }) => name).join(", ")}`);
  const date = new Date().toISOString();
  const machine = thisMachine();
  const tables: Result["tables"][number][] = [];
  let data = "";
  for (const { name, title } of questions.filter((question) => names.includes(question.name))) {
    const answered = await inProcess(name);
    data = answered.data;
    tables.push({ name, title, ...answered.table });
    if (!values.json) process.stdout.write(`\n${title}\n\n${tableText(answered.table)}`);
  }
  const result: Result = { date, machine, data, tables };
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `\n${provenance(result)}\n`);
  if (values.save) process.stderr.write(`kept as ${await saveResult(result)}\n`);
}

function inProcess(name: string): Promise<{ data: string; table: Table }> {
  const passed = ["--ask", name, "--limit", values.limit, ...(candles === undefined ? [] : ["--candles", candles])];
  const child = spawn(process.execPath, [script("main"), ...passed], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) =>
      code === 0 ? done(JSON.parse(text)) : fail(new Error(`the question "${name}" was not answered (exit ${code})`)),
    );
  });
}
