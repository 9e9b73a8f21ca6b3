import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { entriesOf } from "../../src/config/ledgerEntries.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import { apply, type InputError, optimize, type Recommendation, recommend, rollback } from "../../src/index.ts";
import { type EdgeMarket, edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";
import { shadowConfig, shadowMarket } from "../support/shadowMarket.ts";

const caller = { thread: "caller" } as const;
const hourMs = 3_600_000;

let folder = "";
let market: EdgeMarket;
let made: Recommendation;
const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), "utf8");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-recommend-"));
  market = writeEdgeMarket(folder);
  writeFileSync(at("bot.json"), edgeConfig);
  made = await recommend({ ...market, config: at("bot.json"), threads: 1 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A fresh config of that name, as it was when the recommendation was made. */
function fresh(name: string, values = edgeConfig): string {
  rmSync(`${at(name)}.sluice`, { recursive: true, force: true });
  for (const file of readdirSync(folder)) if (file.startsWith(`${name}.`)) rmSync(at(file), { recursive: true });
  writeFileSync(at(name), values);
  return at(name);
}

async function refusal(work: Promise<unknown>): Promise<InputError> {
  return work.then(
    () => expect.fail("not refused"),
    (error: unknown) => error as InputError,
  );
}

describe("a recommendation", () => {
  it("says what a run would do, and writes nothing to the config", () => {
    expect(text("bot.json")).toBe(edgeConfig);
    expect(made.changes).toBe(true);
    expect(made.dataEnd).toBe(new Date(market.nowMs).toISOString());
    expect(made.dataEndMs).toBe(market.nowMs);
    const { good, bad } = made.types;
    expect(good).toMatchObject({ applied: "phase3", advice: "apply" });
    expect(good!.gate!.open).toBe(true);
    expect(good!.params).toMatchObject({ min_strength: 50 });
    expect(bad).toMatchObject({ applied: "current", params: null });
    expect(made.diff!.changed).toBe(made.diff!.entries.length);
    expect(made.diff!.changed).toBeGreaterThan(0);
  });

  it("survives JSON", async () => {
    const sent = JSON.parse(JSON.stringify(made)) as Recommendation;
    expect(sent).toEqual(made);
    const saved = await apply(sent, fresh("sent.json"), { nowMs: market.nowMs });
    expect(saved!.types).toEqual(["good"]);
  });

  it("counts as a look at the hold-out, the same one each time", async () => {
    const looks = (await readLedger(at("bot.json"), market.nowMs)).entries.filter(({ kind }) => kind === "look");
    expect(looks).toHaveLength(1);
    expect(looks[0]).toMatchObject({ isDryRun: false });
  });

  it("is the same for the same data and config, whether that is a file or an object", async () => {
    const config = JSON.parse(edgeConfig) as Record<string, unknown>;
    const [again, ofValues] = [
      await recommend({ ...market, config: fresh("again.json"), threads: 1 }, caller),
      await recommend({ ...market, config, threads: 1 }, caller),
    ];
    expect(again.id).toBe(made.id);
    expect(ofValues.config).toBeNull();
    expect(ofValues.types).toEqual(made.types);
    expect(ofValues.diff).toEqual(made.diff);
  });

  it("without a config compares with nothing", async () => {
    const { config, diff, changes, types } = await recommend({ ...market, threads: 1 }, caller);
    expect([config, diff, changes]).toEqual([null, null, false]);
    expect(types["good"]!.params).toMatchObject({ min_strength: 50 });
  });
});

describe("applying it", () => {
  let config = "";
  beforeEach(() => {
    config = fresh("applied.json");
  });
  const now = (): { nowMs: number } => ({ nowMs: market.nowMs });

  it("saves what a run that saves would save, byte for byte", async () => {
    const other = fresh("optimized.json");
    await optimize({ ...market, configs: [other], threads: 1 }, caller);
    const saved = await apply(made, config, now());
    expect(text("applied.json")).toBe(text("optimized.json"));
    expect(saved).toMatchObject({ file: config, types: ["good"], recorded: true });
    expect(readFileSync(saved!.backup, "utf8")).toBe(edgeConfig);
  });

  it("happens once", async () => {
    await apply(made, config, now());
    const before = text("applied.json");
    expect((await refusal(apply(made, config, now()))).code).toBe("RECOMMENDATION_APPLIED");
    expect(text("applied.json")).toBe(before);
    await rollback(config);
    expect(text("applied.json")).toBe(edgeConfig);
    expect((await refusal(apply(made, config, now()))).code).toBe("RECOMMENDATION_APPLIED");
  });

  it("is recorded by the next try where the first was killed before its record, so that a rollback lasts", async () => {
    const ledger = `${config}.sluice`;
    await apply(made, config, now());
    // Killed between the save and the record.
    rmSync(ledger, { recursive: true });
    const saved = text("applied.json");
    expect(await apply(made, config, now())).toBeNull();
    expect(text("applied.json")).toBe(saved);
    await rollback(config);
    expect((await refusal(apply(made, config, now()))).code).toBe("RECOMMENDATION_APPLIED");
    expect(text("applied.json")).toBe(edgeConfig);
  });

  it("is refused when its data ended too long ago, or lie ahead", async () => {
    const nowMs = market.nowMs + 24 * hourMs;
    expect((await refusal(apply(made, config, { nowMs: nowMs + 1 }))).code).toBe("RECOMMENDATION_STALE");
    expect((await refusal(apply(made, config, { nowMs, maxAgeMs: hourMs }))).code).toBe("RECOMMENDATION_STALE");
    const ahead = await refusal(apply(made, config, { nowMs: market.nowMs - 25 * hourMs }));
    expect([ahead.code, ahead.message, ahead.details.found]).toEqual([
      "RECOMMENDATION_STALE",
      "the recommendation's data end in the future; nothing was written",
      "25.0 h after now",
    ]);
    expect(text("applied.json")).toBe(edgeConfig);
    expect(await apply(made, config, { nowMs })).not.toBeNull();
  });

  it("is refused after one on newer data", async () => {
    const toMs = market.nowMs - 48 * hourMs;
    const rows = readFileSync(market.signals, "utf8").trim().split("\n");
    const known = rows.filter((row, k) => k === 0 || Number(row.split(",")[1]) <= toMs);
    writeFileSync(at("known.csv"), `${known.join("\n")}\n`);
    const older = await recommend({ ...market, signals: at("known.csv"), toMs, config, threads: 1 }, caller);
    expect(older.changes).toBe(true);
    await apply(made, config, now());
    const error = await refusal(apply(older, config, { ...now(), maxAgeMs: 72 * hourMs }));
    expect(error.code).toBe("RECOMMENDATION_STALE");
    expect(error.details.found).toContain(made.dataEnd);
    // A larger maxAgeMs would not help.
    expect(error.details.remedy).toBe("ask for a new recommendation");
  });

  it("is refused when the bot has changed a parameter that it was compared with, and keeps what else the bot has written", async () => {
    const parsed = JSON.parse(edgeConfig) as { good_params: Record<string, unknown> };
    const [key] = Object.keys(made.types["good"]!.current);
    const changed = JSON.stringify({ ...parsed, good_params: { ...parsed.good_params, [key!]: 77 } });
    writeFileSync(config, changed);
    const error = await refusal(apply(made, config, now()));
    expect(error.code).toBe("CONFIG_CONFLICT");
    expect(error.details.where).toContain(`good_params.${key}`);
    expect(text("applied.json")).toBe(changed);
    writeFileSync(config, JSON.stringify({ ...parsed, counter: 12 }));
    await apply(made, config, now());
    expect(JSON.parse(text("applied.json"))).toMatchObject({ counter: 12, good_params: { min_strength: 50 } });
  });

  it("is limited to the types that are wanted", async () => {
    expect(await apply(made, config, { ...now(), types: ["bad"] })).toBeNull();
    expect(text("applied.json")).toBe(edgeConfig);
    expect((await refusal(apply(made, config, { ...now(), types: ["ugly"] }))).code).toBe("TYPE_UNKNOWN");
    expect((await apply(made, config, { ...now(), types: ["good"] }))!.types).toEqual(["good"]);
  });

  it("is refused unless it is whole and unchanged", async () => {
    const { good } = made.types;
    const changed = {
      ...made,
      types: { ...made.types, good: { ...good!, params: { ...good!.params, min_strength: 0 } } },
    };
    const { dataEndMs: _, ...partial } = made;
    for (const given of [changed, partial, { id: made.id }, { ...made, dataEndMs: made.dataEndMs + 1 }])
      expect((await refusal(apply(given as Recommendation, config, now()))).code).toBe("RECOMMENDATION_INVALID");
    expect(text("applied.json")).toBe(edgeConfig);
  });

  it("twice at once saves once", async () => {
    const outcomes = await Promise.allSettled([apply(made, config, now()), apply(made, config, now())]);
    const saved = outcomes.filter((one) => one.status === "fulfilled" && one.value !== null);
    expect(saved).toHaveLength(1);
  });
});

describe("a challenger in the shadow", () => {
  const firstNight = 45;
  const recommended = (config: string, edges: ReturnType<typeof shadowMarket>, day: number) =>
    recommend({ ...edges.request(day), config, policy: "shadow" }, caller);
  const events = async (config: string, nowMs: number) =>
    entriesOf((await readLedger(config, nowMs)).entries, "challenger").map(({ event, outcome }) => outcome ?? event);

  it("is kept from night to night, and ends when its recommendation is applied", async () => {
    const edges = shadowMarket(at("edges"), 64);
    const config = fresh("shadow.json", shadowConfig);
    const first = await recommended(config, edges, firstNight);
    expect(first.types["good"]).toMatchObject({ applied: "current", params: null });
    const won = await recommended(config, edges, firstNight + 12);
    expect(won.types["good"]).toMatchObject({ applied: "challenger", advice: "apply", verdict: "PASSED", gate: null });
    const nowMs = edges.nightMs(firstNight + 12);
    expect(await events(config, nowMs)).toEqual(["frozen", "scored"]);
    expect(text("shadow.json")).toBe(shadowConfig);

    const forged = fresh("other.json", shadowConfig);
    const error = await refusal(apply(won, forged, { nowMs }));
    expect([error.code, error.details.found]).toEqual(["RECOMMENDATION_STALE", "no challenger"]);

    expect(await apply(won, config, { nowMs })).toMatchObject({ types: ["good"], recorded: true });
    expect(await events(config, nowMs)).toEqual(["frozen", "scored", "applied"]);
    expect(JSON.parse(text("shadow.json")).good_params).toMatchObject(won.types["good"]!.params!);
  });
});
