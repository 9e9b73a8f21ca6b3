import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entriesOf, spentOn } from "../../src/config/ledgerEntries.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import {
  apply,
  diffRuns,
  exportParameters,
  type InputError,
  listRuns,
  type OptimizeRequest,
  type OptimizeResult,
  optimize,
  type Recommendation,
  recommend,
  rollback,
} from "../../src/index.ts";
import { optimizeBrief } from "../../src/report/brief/brief.ts";
import { paintFor } from "../../src/report/paint.ts";
import { groupKey } from "../../src/run/groups/groupKey.ts";
import { type EdgeMarket, writeOneCoinMarket } from "../support/edgeMarket.ts";
import { blocksOf } from "../support/pages.ts";

const caller = { thread: "caller" } as const;
let folder = "";
let market: EdgeMarket;
let first: OptimizeResult;
const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), "utf8");

/** A config whose symbols have nothing of their own, in a spelling of its own. */
const ownConfig = `{
    "last_update" : "2025-07-01 00:00:00",
    "good_params": {"min_strength": 0, "atr_tp_multiplier": 2.00, "atr_stop_multiplier": 2.0, "max_holding_hours": 6, "position_size": 0.050},
    "per_symbol": {
        "BBB": { "sample_count": 3 , "note": "não nosso" },
        "AAA": { "sample_count": 21, "min_risk_reward": 1.390 }
    },
    "phase2_learning": {"latest": null, "history": []}
}
`;

function fresh(name: string, values = ownConfig): string {
  rmSync(`${at(name)}.sluice`, { recursive: true, force: true });
  for (const file of readdirSync(folder)) if (file.startsWith(`${name}.`)) rmSync(at(file), { recursive: true });
  writeFileSync(at(name), values);
  return at(name);
}

const run = (more: Partial<OptimizeRequest> = {}): Promise<OptimizeResult> =>
  optimize({ ...market, group: "symbol", threads: 1, ...more }, caller);

async function refusal(work: Promise<unknown>): Promise<InputError> {
  return work.then(
    () => expect.fail("not refused"),
    (error: unknown) => error as InputError,
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-by-coin-"));
  market = writeOneCoinMarket(folder);
  first = await run({ configs: [fresh("bot.json")] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("an edge in one of three coins", () => {
  it("is applied there alone", () => {
    const { groups, decision, changed } = first.runs[0]!;
    expect(Object.keys(groups!)).toEqual(["AAA", "BBB", "CCC"]);
    expect(groups!["AAA"]!.decision["good"]).toMatchObject({ advice: "apply", applied: "phase3" });
    expect(groups!["AAA"]!.phase3["good"]!.params).toMatchObject({ min_strength: 50 });
    for (const name of ["BBB", "CCC"]) expect(groups![name]!.decision["good"]!.applied).toBeNull();
    expect(changed).toBe(true);
    for (const name of Object.keys(groups!))
      expect(decision[groupKey("good", name)]).toEqual(groups![name]!.decision["good"]);
    expect(first.runs[0]).toMatchObject({ phase3: {}, missed: {}, phase4: { types: {} } });
  });

  it("is what one purse gains: the set applied there, and all other coins as before", async () => {
    const { runs } = await run({
      configs: [fresh("purse.json")],
      dryRun: true,
      portfolio: { capital: 1e6, stake: 100 },
    });
    const { account, decision, groups } = runs[0]!;
    expect(decision[groupKey("good", "AAA")]!.applied).toBe("phase3");
    const replayed = (name: string, set: string) =>
      groups![name]!.phase3["good"]!.replays.find((one) => one.set === set && one.part === "holdout")!.portfolio!;
    const met = ({ metrics, skipped }: { metrics: { trades: number }; skipped: object }): number =>
      metrics.trades + Object.values(skipped).reduce((sum: number, count: number) => sum + count, 0);
    const others = met(replayed("BBB", "current")) + met(replayed("CCC", "current"));
    expect(met(account!.now!)).toBe(met(replayed("AAA", "current")) + others);
    expect(met(account!.proposed!)).toBe(met(replayed("AAA", "phase3")) + others);
    // With money for all, coins do not stand in each other's way.
    const gained = (...accounts: { metrics: { final_equity: number } }[]): number =>
      accounts.reduce((sum, { metrics }) => sum + metrics.final_equity - 1e6, 0);
    const apart = [replayed("AAA", "phase3"), replayed("BBB", "current"), replayed("CCC", "current")];
    expect(gained(account!.proposed!)).toBeCloseTo(gained(...apart), 6);
    const lines = optimizeBrief({ ...first, runs }, paintFor(false), { width: 80, out: undefined }).split("\n");
    expect(lines.filter((line) => /^(AAA|together)/.test(line))).toHaveLength(2);
  });

  it("is judged on the coin's own days and trades", () => {
    const { phase2, phase4 } = first.runs[0]!.groups!["AAA"]!;
    const own = phase4.types["good"]!.candidates.find(({ candidate }) => candidate === "phase3")!;
    expect(own.breakdown!.symbols.map(({ name }) => name)).toEqual(["AAA"]);
    const whole = first.phase2["good"]!.baseline.opportunities;
    expect(phase2["good"]!.baseline.opportunities).toBeLessThan(whole / 2);
  });

  it("is written into that symbol's block alone, every other byte kept, and rolled back to the byte", async () => {
    const saved = text("bot.json");
    const { params } = first.runs[0]!.groups!["AAA"]!.phase4.types["good"]!.candidates[0]!;
    const parsed = JSON.parse(saved) as Record<string, Record<string, Record<string, unknown>>>;
    expect(parsed["per_symbol"]!["AAA"]!["good_params"]).toEqual(params);
    expect(parsed["per_symbol"]!["BBB"]).toEqual({ sample_count: 3, note: "não nosso" });
    const lines = (all: string): string[] => all.split("\n");
    const touched = lines(ownConfig).filter((line) => !lines(saved).includes(line));
    expect(touched.map((line) => line.trim().split(" ")[0]!.replace(":", ""))).toEqual([
      '"last_update"',
      '"AAA"',
      '"phase2_learning"',
    ]);
    // What stood in the symbol's block stands there as it was spelled.
    expect(saved).toContain('"AAA": { "sample_count": 21, "min_risk_reward": 1.390');
    const { entries } = first.runs[0]!.diff!;
    expect(entries.map(({ path }) => path)).toContain("per_symbol.AAA.good_params.min_strength");
    expect(entries.find(({ path }) => path.endsWith("min_strength"))).toMatchObject({ old: 0, new: 50 });
    expect(entries.every(({ path }) => path.startsWith("per_symbol.AAA.good_params."))).toBe(true);
    await rollback(at("bot.json"));
    expect(text("bot.json")).toBe(ownConfig);
  });

  it("counts with every group in Holm's step-down", () => {
    const reasons = Object.values(first.runs[0]!.decision).flatMap((one) => one.reasons);
    const counted = reasons.flatMap(({ decisions }) => (decisions === undefined ? [] : [decisions]));
    for (const decisions of counted) expect(decisions).toBe(3);
    expect(Object.keys(first.runs[0]!.ledger!.types)).toEqual(["good of AAA", "good of BBB", "good of CCC"]);
  });
});

describe("the ledger of a run by groups", () => {
  const nowMs = (): number => market.nowMs;
  const looks = async (name: string) => entriesOf((await readLedger(at(name), nowMs())).entries, "look");

  it("names type and group, and counts all groups of a type as one look at it", async () => {
    const config = fresh("ledger.json");
    await run({ configs: [config], dryRun: true, nowMs: nowMs() });
    const [look] = await looks("ledger.json");
    expect(Object.keys(look!.types)).toEqual(["good of AAA", "good of BBB", "good of CCC"]);
    expect(spentOn(look!, "good")).toMatchObject({ look: 1, type: "good" });
    const whole = await optimize({ ...market, threads: 1, configs: [config], dryRun: true, nowMs: nowMs() }, caller);
    expect(whole.runs[0]!.ledger!.types["good"]).toMatchObject({ look: 2 });
    const groups = await run({ configs: [config], dryRun: true, group: { one: ["AAA"], others: "*" }, nowMs: nowMs() });
    for (const types of Object.values(groups.runs[0]!.ledger!.types)) expect(types).toMatchObject({ look: 3 });
    expect(groups.runs[0]!.ledger!.earlier_looks).toBe(2);
  });

  it("gives the same run by groups its old level again", async () => {
    const config = fresh("again.json");
    const [one, again] = [
      await run({ configs: [config], dryRun: true }),
      await run({ configs: [config], dryRun: true }),
    ];
    const key = groupKey("good", "AAA");
    expect(again.runs[0]!.ledger!.types[key]).toEqual({ ...one.runs[0]!.ledger!.types[key], repeated: true });
    expect(again.fingerprint).toBe(one.fingerprint);
    const other = await run({ configs: [config], dryRun: true, group: { all: "*" } });
    expect(other.fingerprint).not.toBe(one.fingerprint);
  });
});

describe("groups", () => {
  it("give a symbol in no group a warning, and leave it as it is", async () => {
    const config = fresh("partly.json");
    const result = await run({ configs: [config], group: { some: ["BBB", "AAA"] } });
    expect(result.warnings).toContainEqual({
      code: "UNGROUPED_SYMBOLS",
      message: "these symbols are in no group and keep what they have: CCC",
    });
    const { symbols } = result.runs[0]!.groups!["some"]!;
    expect(symbols).toEqual(["AAA", "BBB"]);
    expect(text("partly.json")).not.toContain('"CCC"');
  });

  it.each([
    ["an unknown symbol", { a: ["AAA", "ZZZ"] }, /names a symbol that has no candles/],
    ["a symbol in two groups", { a: ["AAA"], b: ["BBB", "AAA"] }, /a symbol is in two groups/],
    ["an empty group", { a: [], b: "*" }, /group "a" is empty/],
    ["a rest that is empty", { a: ["AAA", "BBB", "CCC"], b: "*" }, /group "b" is empty/],
    ["two rests", { a: "*", b: "*" }, /only one group can be all other symbols/],
    ["no group", {}, /an object of names and symbols/],
    ["something else", { a: { b: 1 } }, /must be a list of symbols or "\*"/],
    ["a list", ["AAA"], /invalid value for group|an object of names and symbols/],
  ])("refuse %s", async (_, group, rule) => {
    const error = await refusal(run({ group: group as never }));
    expect(["GROUPS", "REQUEST_OPTION"]).toContain(error.code);
    expect(error.message).toMatch(rule);
  });

  it("name what a misspelt word could have been", async () => {
    const error = await refusal(run({ group: "symbols" }));
    expect(error).toMatchObject({ code: "FILE_UNREADABLE", details: { where: "symbols" } });
    expect(error.details.expected).toBe("symbol, or a JSON file of groups");
  });

  it("come from a file too", async () => {
    writeFileSync(at("groups.json"), JSON.stringify({ one: ["AAA"], rest: "*" }));
    const result = await run({ group: at("groups.json") });
    expect(Object.keys(result.runs[0]!.groups!)).toEqual(["one", "rest"]);
    const overwrites = run({ group: at("groups.json"), report: at("groups.json"), force: true });
    expect((await refusal(overwrites)).code).toBe("OUTPUT_IS_INPUT");
    writeFileSync(at("broken.json"), "{");
    expect((await refusal(run({ group: at("broken.json") }))).code).toBe("FILE_NOT_JSON");
    expect((await refusal(run({ group: at("none.json") }))).code).toBe("FILE_UNREADABLE");
  });

  it("are what a run without groups is, if one group is all symbols", async () => {
    const [whole, one] = [
      await optimize({ ...market, threads: 1, configs: [fresh("whole.json")], dryRun: true }, caller),
      await run({ configs: [fresh("one.json")], dryRun: true, group: { all: "*" } }),
    ];
    const group = one.runs[0]!.groups!["all"]!;
    const { phase3, phase4, decision } = whole.runs[0]!;
    expect(group.shrinkage["good"]!.phase3).toMatchObject({
      from: "group",
      group: group.shrinkage["good"]!.phase3!.whole,
    });
    expect(group.phase2).toEqual(whole.phase2);
    expect(group.phase4.types).toEqual(phase4.types);
    expect(group.phase3["good"]!.params).toEqual(phase3["good"]!.params);
    expect(group.phase3["good"]!.replays).toEqual(phase3["good"]!.replays);
    expect(group.decision).toEqual(decision);
  });

  it("that are absent leave no trace in a result", async () => {
    const whole = await optimize({ ...market, threads: 1, configs: [fresh("bare.json")], dryRun: true }, caller);
    expect(JSON.stringify(whole)).not.toContain("group");
    expect(whole.runs[0]).not.toHaveProperty("groups");
  });
});

describe("a group without signals", () => {
  it("has nothing to decide, and does not count in Holm's step-down", async () => {
    const lines = readFileSync(market.signals, "utf8").split("\n");
    writeFileSync(at("fewer.csv"), lines.filter((line) => !line.startsWith("CCC")).join("\n"));
    const result = await run({ configs: [fresh("fewer.json")], signals: at("fewer.csv"), dryRun: true });
    const { groups, ledger } = result.runs[0]!;
    expect(groups!["CCC"]!.decision["good"]).toMatchObject({ advice: "keep", applied: null });
    expect(groups!["CCC"]!.phase4.types["good"]!.verdict).toBe("SKIPPED");
    expect(groups!["CCC"]!.phase3["good"]).toBeNull();
    expect(Object.keys(ledger!.types)).toEqual(["good of AAA", "good of BBB"]);
    expect(groups!["AAA"]!.decision["good"]!.applied).toBe("phase3");
  });
});

describe("members of a group with parameters of their own", () => {
  const mixed = ownConfig.replace('"BBB": {', '"BBB": { "good_params": {"min_strength": 50, "atr_tp_multiplier": 3} ,');

  it("are the current set together: each symbol's trades by its own", async () => {
    const config = fresh("mixed.json", mixed);
    const result = await run({ configs: [config], dryRun: true, group: { pair: ["AAA", "BBB"] } });
    const { current, phase3 } = result.runs[0]!.groups!["pair"]!;
    expect(current["good"]!.map(({ symbols }) => symbols)).toEqual([["AAA"], ["BBB"]]);
    expect(current["good"]![1]!.params).toMatchObject({ min_strength: 50, atr_tp_multiplier: 3, max_holding_hours: 6 });
    const together = phase3["good"]!.replays.filter(({ set }) => set === "current");
    let n = 0;
    let total = 0;
    for (const symbol of ["AAA", "BBB"]) {
      const own = await run({ configs: [config], dryRun: true, group: { own: [symbol] } });
      const { plain } = own.runs[0]!.groups!["own"]!.phase3["good"]!.replays.find(
        ({ set, part }) => set === "current" && part === "holdout",
      )!;
      n += plain.n;
      total += plain.total_return;
    }
    const { plain } = together.find(({ part }) => part === "holdout")!;
    expect(plain.n).toBe(n);
    expect(plain.total_return).toBeCloseTo(total, 9);
  });

  it("keep what the search does not know when they are saved", async () => {
    const other = mixed.replace('"atr_tp_multiplier": 3}', '"atr_tp_multiplier": 3, "position_size": 0.0310}');
    await run({ configs: [fresh("both.json", other)], group: { pair: ["AAA", "BBB"] } });
    const parsed = JSON.parse(text("both.json")) as Record<string, Record<string, Record<string, object>>>;
    if (parsed["per_symbol"]!["AAA"]!["good_params"] === undefined) return expect.fail("nothing was applied");
    expect(parsed["per_symbol"]!["BBB"]!["good_params"]).toEqual({
      position_size: 0.031,
      ...parsed["per_symbol"]!["AAA"]!["good_params"],
    });
    expect(text("both.json")).toContain('"position_size": 0.0310');
    await rollback(at("both.json"));
    expect(text("both.json")).toBe(other);
  });
});

describe("a config's names of symbols", () => {
  it("may be those of an exchange library", async () => {
    const config = fresh("ccxt.json", ownConfig.replace('"AAA"', '"A/AA:AA"'));
    await run({ configs: [config] });
    const parsed = JSON.parse(text("ccxt.json")) as Record<string, Record<string, object>>;
    expect(Object.keys(parsed["per_symbol"]!)).toEqual(["BBB", "A/AA:AA"]);
    expect(parsed["per_symbol"]!["A/AA:AA"]).toHaveProperty("good_params");
  });

  it("are refused where two name the same market", async () => {
    const two = ownConfig.replace('"AAA"', '"A/AA": {}, "A-AA"');
    expect((await refusal(run({ configs: [fresh("two.json", two)] }))).code).toBe("CONFIG_BLOCK");
  });

  it("get a block where there is none", async () => {
    const none = ownConfig.replace(/ {4}"per_symbol"[\s\S]*?\n {4}\},\n/, "");
    expect(none).not.toContain("per_symbol");
    await run({ configs: [fresh("none.json", none)] });
    const parsed = JSON.parse(text("none.json")) as Record<string, Record<string, object>>;
    expect(Object.keys(parsed["per_symbol"]!)).toEqual(["AAA"]);
    await rollback(at("none.json"));
    expect(text("none.json")).toBe(none);
  });
});

describe("a recommendation by groups", () => {
  let made: Recommendation;
  beforeAll(async () => {
    made = await recommend({ ...market, group: "symbol", config: fresh("recommended.json"), threads: 1 });
  });

  it("says what would be done with each group's type", () => {
    const key = groupKey("good", "AAA");
    expect(made.types[key]).toMatchObject({
      applied: "phase3",
      group: { name: "AAA", type: "good", symbols: ["AAA"] },
    });
    expect(made.types[key]!.group!.current["AAA"]).toMatchObject({ min_strength: 0, max_holding_hours: 6 });
    expect(made.types[groupKey("good", "BBB")]).toMatchObject({ applied: "current", params: null });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  it("is applied as a run saves it, once", async () => {
    const options = { nowMs: market.nowMs };
    const saved = await apply(made, at("recommended.json"), options);
    expect(saved!.types).toEqual([groupKey("good", "AAA")]);
    const parsed = JSON.parse(text("recommended.json")) as Record<string, Record<string, Record<string, object>>>;
    expect(parsed["per_symbol"]!["AAA"]!["good_params"]).toEqual(made.types[groupKey("good", "AAA")]!.params);
    expect((await refusal(apply(made, at("recommended.json"), options))).code).toBe("RECOMMENDATION_APPLIED");
  });

  it("is refused where the symbol has been changed since", async () => {
    const changed = ownConfig.replace('"sample_count": 21', '"good_params": {"min_strength": 40}, "sample_count": 21');
    const error = await refusal(apply(made, fresh("recommended.json", changed), { nowMs: market.nowMs }));
    expect(error.code).toBe("CONFIG_CONFLICT");
    expect(error.details.where).toContain("per_symbol.AAA.good_params.min_strength");
  });
});

describe("the report of a run by groups", () => {
  it("has a row for each group: what it makes now, what was proposed and what was decided, those that change first", async () => {
    const report = at("report.html");
    await run({ configs: [fresh("reported.json")], group: { quiet: ["CCC", "BBB"], loud: ["AAA"] }, report });
    const { decisions } = blocksOf(report)["part-overview"] as { decisions: { rows: string[][] } };
    expect(decisions.rows.map(([name]) => name)).toEqual(["good of loud", "good of quiet"]);
    expect(decisions.rows[0]![3]).toMatch(/^applied/);
    for (const row of decisions.rows) for (const cell of row) expect(cell).not.toBe("");
  });

  it("says what each group's purse gained, and what all gain from one, where there is a portfolio", async () => {
    const report = at("purses.html");
    const { runs } = await run({ configs: [fresh("pursed.json")], dryRun: true, portfolio: { capital: 5000 }, report });
    const { decisions } = blocksOf(report)["part-overview"] as { decisions: { caption: string; rows: string[][] } };
    expect(decisions.caption).toContain("5,000");
    expect(decisions.rows.map(([name]) => name)).toEqual(["good of AAA", "good of BBB", "good of CCC", "together"]);
    const [gained] = /[-+]?[\d.]+/.exec(decisions.rows[3]![2]!)!;
    expect(Number(gained)).toBeCloseTo(runs[0]!.account!.proposed!.metrics.total_return, 1);
  });
});

describe("two configs by groups", () => {
  it("share Holm's step-down and are each saved by their own", async () => {
    const result = await run({ configs: [fresh("a.json"), fresh("b.json", ownConfig.replace("2.00", "4.0"))] });
    expect(result.runs.map(({ groups }) => groups!["AAA"]!.decision["good"]!.applied)).toEqual(["phase3", "phase3"]);
    for (const name of ["a.json", "b.json"]) expect(text(name)).toContain('"min_risk_reward": 1.390, "good_params": {');
    const reasons = result.runs.flatMap(({ decision }) => Object.values(decision).flatMap((one) => one.reasons));
    for (const { code, decisions } of reasons) if (code === "NOT_SURE_ENOUGH") expect(decisions).toBe(6);
  });
});

describe("past runs by groups", () => {
  it("are listed, compared and exported by type and group", async () => {
    const out = at("past");
    await run({ configs: [fresh("past.json")], out });
    const { runs } = await listRuns({ folders: [out] });
    expect(runs[0]!.configs[0]!.types["good of AAA"]).toMatchObject({ advice: "apply", applied: "phase3" });
    expect(runs[0]!.configs[0]!.types["good of AAA"]!.verdict).not.toBeNull();
    await run({ configs: [fresh("past.json")], out, seed: 2 });
    const diff = await diffRuns({ oldPath: runs[0]!.folder!, newPath: out });
    expect(diff.options.map(({ name }) => name)).toContain("seed");
    const runFile = join(out, "result.json");
    await exportParameters({ runFile, type: "good of AAA", format: "json", out: at("exported.json") });
    expect(text("exported.json")).toContain('"min_strength": 50');
    const toNowhere = { format: "json", out: at("nothing.json") } as const;
    const none = await refusal(exportParameters({ runFile, type: "good of BBB", ...toNowhere }));
    expect(none.code).toBe("EXPORT_NOTHING");
  });
});
