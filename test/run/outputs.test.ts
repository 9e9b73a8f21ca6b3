import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import { InputError } from "../../src/errors.ts";
import { saveRun } from "../../src/page/saveRun.ts";
import { optimize } from "../../src/run/optimize.ts";
import type { OptimizeRequest, Progress, SimulateRequest } from "../../src/run/request.ts";
import { scan } from "../../src/run/scan.ts";
import { simulate } from "../../src/run/simulate.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";

const bars = 300;
const endTimeMs = Date.UTC(2026, 0, 1);
const series = { ...jumpyCandles("AAA", bars, randomFrom(3)), firstOpenTimeMs: endTimeMs - bars * 900_000 };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-outputs-"));
  mkdirSync(at("candles"));
  writeFileSync(at("candles", "AAA-15m.csv"), candleText(series));
  writeFileSync(at("candles", "AAA-1h.csv"), "timestamp,open,high,low,close,volume\n");
  writeFileSync(at("signals.csv"), signalText());
  writeFileSync(at("params.json"), "{}");
  writeFileSync(at("space.json"), '{"atr_tp_multiplier": [1, 2], "max_holding_hours": [1]}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
const textOf = (...names: string[]): string => readFileSync(at(...names), "utf8");

function candleText({ open, high, low, close, volume }: Candles): string {
  const rows = Array.from(open, (price, bar) =>
    [openTimeMs(series, bar), price, high[bar], low[bar], close[bar], volume[bar]].join(","),
  );
  return `timestamp,open,high,low,close,volume\n${rows.join("\n")}\n`;
}

function signalText(): string {
  const rows = Array.from({ length: 40 }, (_, k) => `AAA,${openTimeMs(series, 20 + 5 * k)},long,2`);
  return `symbol,timestamp,direction,atr\n${rows.join("\n")}\n`;
}

async function refusal(work: Promise<unknown>): Promise<InputError> {
  const error = await work.then(
    () => "not refused",
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

const said: Progress[] = [];
const listening = { onProgress: (progress: Progress) => said.push(progress) };
const simulation = (tradesFile: string, more: Partial<SimulateRequest> = {}) =>
  simulate(
    {
      candles: at("candles"),
      nowMs: endTimeMs,
      opportunities: at("signals.csv"),
      paramsFile: at("params.json"),
      tradesFile,
      ...more,
    },
    listening,
  );
const scanning = (out: string, force = false) =>
  scan({ candles: at("candles"), nowMs: endTimeMs, out, force }, listening);
const optimizing = (out: string, more: Partial<OptimizeRequest> = {}) =>
  optimize(
    {
      candles: at("candles"),
      signals: at("signals.csv"),
      spaceFile: at("space.json"),
      minTrades: 1,
      threads: 1,
      nowMs: endTimeMs,
      out,
      ...more,
    },
    { ...listening, saveReport: saveRun },
  );

describe("an output that is an input", () => {
  it("is refused before any work, by whatever path or link, forced or not", async () => {
    said.length = 0;
    symlinkSync(at("signals.csv"), at("link.csv"));
    linkSync(at("params.json"), at("hard.json"));
    symlinkSync(at("candles"), at("market"));
    const paths = [
      at("signals.csv"),
      at("candles", "..", "signals.csv"),
      at("link.csv"),
      at("hard.json"),
      at("candles", "AAA-15m.csv"),
      at("market", "AAA-1h.csv"),
      at("market", "BBB-15m.csv"),
    ];
    for (const path of paths)
      for (const force of [false, true]) {
        const error = await refusal(simulation(path, { force }));
        expect(error.code, path).toBe("OUTPUT_IS_INPUT");
        expect(error.details.where).toBe(`--trades ${path}`);
      }
    for (const path of [at("candles", "AAA-15m.csv"), at("market", "BBB-15m.csv")])
      expect((await refusal(scanning(path, true))).code).toBe("OUTPUT_IS_INPUT");
    expect(said).toEqual([]);
    expect(textOf("signals.csv")).toBe(signalText());
    expect(textOf("candles", "AAA-15m.csv")).toBe(candleText(series));
  });

  it("is refused where it is a report, too: a config, a space or a suggestion of its name", async () => {
    mkdirSync(at("out"));
    for (const [text, option] of [
      ["{}", "configs"],
      ['{"max_holding_hours": [1]}', "spaceFile"],
      ["[]", "suggestFile"],
    ] as const) {
      writeFileSync(at("out", "result.json"), text);
      const path = at("out", "result.json");
      const error = await refusal(
        optimizing(at("out"), { [option]: option === "configs" ? [path] : path, force: true }),
      );
      expect(error.code, option).toBe("OUTPUT_IS_INPUT");
      expect(textOf("out", "result.json")).toBe(text);
    }
  });

  it("is none beside the candles under a name that is no candle file's", async () => {
    await simulation(at("candles", "trades.csv"));
    expect(textOf("candles", "trades.csv")).toMatch(/^symbol,entry_time/);
  });
});

describe("a file that Sluice did not write", () => {
  it("is replaced only with force", async () => {
    said.length = 0;
    const mine = "my,own,notes\n1,2,3\n";
    for (const [name, work, flag] of [
      ["trades.csv", (force: boolean) => simulation(at("trades.csv"), { force }), "--trades"],
      ["found.csv", (force: boolean) => scanning(at("found.csv"), force), "--out"],
    ] as const) {
      writeFileSync(at(name), mine);
      const error = await refusal(work(false));
      expect(error.code).toBe("OUTPUT_FOREIGN");
      expect(error.details).toMatchObject({
        where: `${flag} ${at(name)}`,
        found: 'a file that begins with "my,own,notes"',
        remedy: "choose another file, or use --force to replace it",
      });
      expect(textOf(name)).toBe(mine);
      expect(said).toEqual([]);
      await work(true);
      expect(textOf(name)).not.toBe(mine);
      said.length = 0;
    }
  });

  it("is a user's own signals for a scan, though they begin with the same columns", async () => {
    writeFileSync(at("found.csv"), "symbol,timestamp,direction,type,entry,atr,rsi\nAAA,0,long,dip,1,1,50\n");
    expect((await refusal(scanning(at("found.csv")))).code).toBe("OUTPUT_FOREIGN");
    expect((await refusal(simulation(at("found.csv")))).code).toBe("OUTPUT_FOREIGN");
  });

  it("is another tool's result.json, or notes under the name of the report", async () => {
    mkdirSync(at("out"));
    for (const [name, text] of [
      ["result.json", '{"version": "2", "score": 1}'],
      ["report.txt", "Dear diary"],
    ] as const) {
      writeFileSync(at("out", name), text);
      expect((await refusal(optimizing(at("out")))).code).toBe("OUTPUT_FOREIGN");
      expect(textOf("out", name)).toBe(text);
      rmSync(at("out", name));
    }
    writeFileSync(at("out", "report.txt"), "Dear diary");
    await optimizing(at("out"), { force: true });
    expect(textOf("out", "report.txt")).toMatch(/^NO CONFIG GIVEN: .*\nSluice \d/);
  });
});

describe("a file that Sluice wrote, or that holds nothing", () => {
  it("is replaced without being asked", async () => {
    writeFileSync(at("trades.csv"), "");
    for (let run = 0; run < 2; run++) {
      await simulation(at("trades.csv"));
      await scanning(at("found.csv"));
      await optimizing(at("out"));
    }
    expect(textOf("found.csv")).toMatch(/^symbol,timestamp/);
    for (const name of ["a.json", "b.json"]) writeFileSync(at(name), '{"all_params": {"max_holding_hours": 1}}');
    // A report of several configs is known again as well.
    for (let run = 0; run < 2; run++)
      await optimizing(at("two"), { configs: [at("a.json"), at("b.json")], dryRun: true });
    expect(textOf("two", "report.txt")).toMatch(/^NOTHING CHANGED in 2 configs.*\nSluice \d/);
  });

  it("is trades of a set that took none, too", async () => {
    writeFileSync(at("params.json"), '{"atr_tp_multiplier": 1}');
    writeFileSync(at("signals.csv"), `${signalText().replaceAll(",2\n", ",2,1\n").replace("atr\n", "atr,luck\n")}`);
    writeFileSync(at("params.json"), '{"min_luck": 5}');
    for (let run = 0; run < 2; run++) await simulation(at("trades.csv"));
    expect(textOf("trades.csv").trimEnd().split("\n")).toHaveLength(1);
  });
});
