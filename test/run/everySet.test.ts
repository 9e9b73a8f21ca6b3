import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import Papa from "papaparse";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.ts";
import { parquetLibrary } from "../../src/run/everySet/parquet.ts";
import { plan } from "../../src/run/plan.ts";
import type { SearchRequest } from "../../src/run/request.ts";
import { search } from "../../src/run/search.ts";
import { simulate } from "../../src/run/simulate.ts";
import { randomFrom } from "../support/random.ts";
import { describeMarkets, type ReferenceMarket } from "../support/referenceData.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-every-set-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

const space = {
  min_signal_score: [0, 60, 97.5],
  atr_tp_multiplier: [1, 2, 4],
  allowed_mkt_struct: ["any", [0, 1]],
  atr_stop_multiplier: [1, 2],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [0.5, 1],
  trailing_stop_distance: [0.5],
  max_holding_hours: [2, 12],
};
const sets = 3 * 3 * 2 * 2 * 3 * 2;
const parameterNames = Object.keys(space);

function requestOf(market: ReferenceMarket, more: Partial<SearchRequest> = {}): SearchRequest {
  writeFileSync(at("space.json"), JSON.stringify(space));
  return {
    candles: fileURLToPath(market.candles),
    opportunities: fileURLToPath(new URL("opportunities.csv", market.path)),
    spaceFile: at("space.json"),
    type: "swing",
    threads: 1,
    nowMs: Date.UTC(2026, 0, 1),
    ...more,
  };
}

const rowsOf = (name: string): Record<string, string>[] =>
  Papa.parse<Record<string, string>>(readFileSync(at(name), "utf8"), { header: true, skipEmptyLines: true }).data;

async function refusal(work: Promise<unknown>): Promise<InputError> {
  const error = await work.then(
    () => "not refused",
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describeMarkets("a file of every set", (market) => {
  it("has a row a set, of which each is what simulate makes of it", async () => {
    const result = await search(requestOf(market, { allFile: at("all.csv") }));
    const rows = rowsOf("all.csv");
    expect(result.all).toEqual({ file: at("all.csv"), sets, bytes: readFileSync(at("all.csv")).length });
    expect(rows.map(({ index }) => Number(index))).toEqual(Array.from({ length: sets }, (_, k) => k));
    const random = randomFrom(4);
    let compared = 0;
    for (let k = 0; k < 12; k++) {
      const row = rows[Math.floor(random() * sets)]!;
      const params = Object.fromEntries(
        parameterNames.flatMap((name) =>
          row[name] === "" ? [] : [[name, row[name] === "any" ? "any" : JSON.parse(row[name]!)]],
        ),
      );
      writeFileSync(at("params.json"), JSON.stringify(params));
      const { spaceFile: _space, threads: _threads, ...request } = requestOf(market);
      const { metrics } = await simulate({ ...request, paramsFile: at("params.json") });
      const left = metrics.n - Number(row["n"]);
      // A search leaves out what the data cannot finish, a simulation does not.
      if (left > 0) continue;
      compared++;
      expect(Number(row["win_rate"])).toBe(metrics.win_rate);
      expect(Number(row["precision"])).toBe(metrics.precision);
      for (const name of [
        "total_return",
        "avg_return",
        "profit_factor",
        "avg_win",
        "avg_loss",
        "payoff",
        "stdev",
        "sqn",
        "sortino",
      ] as const)
        expect(Math.abs(Number(row[name]) - metrics[name]), name).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(metrics[name])),
        );
    }
    expect(compared).toBeGreaterThan(0);
  });

  it("has the figures of the leaderboard, and its sets", async () => {
    const { top } = await search(requestOf(market, { allFile: at("all.csv"), top: sets }));
    const rows = rowsOf("all.csv");
    expect(rows.filter(({ ranked }) => ranked === "1").map(({ index }) => Number(index))).toEqual(
      top.map(({ index }) => index).sort((a, b) => a - b),
    );
    for (const { index, score, metrics, params } of top) {
      const row = rows[index]!;
      expect(Number(row["n"])).toBe(metrics.n);
      expect(Number(row["win_rate"])).toBe(metrics.win_rate);
      expect(Number(row["capture_rate"])).toBe(metrics.capture_rate);
      expect(Number(row["score"])).toBeCloseTo(score, 9);
      expect(Number(row["gains"]) + Number(row["losses"])).toBeCloseTo(metrics.total_return, 8);
      for (const name of parameterNames) expect(row[name] === "").toBe(params[name] === undefined);
    }
  });
});

describeMarkets("the bytes of a file of every set", (market) => {
  it("are the same for any number of threads, and those of the parquet file mean the same", async () => {
    await search(requestOf(market, { allFile: at("one.csv") }));
    await search(requestOf(market, { allFile: at("two.csv"), threads: 2 }));
    expect(readFileSync(at("two.csv")).equals(readFileSync(at("one.csv")))).toBe(true);
    await search(requestOf(market, { allFile: at("all.parquet") }));
    const file = await asyncBufferFromFile(at("all.parquet"));
    const rows = await parquetReadObjects({ file });
    const texts = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, cell]) => [
          name,
          cell === null ? "" : name === "ranked" ? String(Number(cell)) : String(cell),
        ]),
      ),
    );
    expect(texts).toEqual(rowsOf("one.csv"));
    expect((await parquetMetadataAsync(file)).num_rows).toBe(BigInt(sets));
  });

  it("are about what plan says", async () => {
    const { all } = await plan(requestOf(market));
    await search(requestOf(market, { allFile: at("all.csv") }));
    const bytes = readFileSync(at("all.csv")).length;
    expect(all.sets).toBe(sets);
    expect(bytes / all.csv_bytes).toBeGreaterThan(0.7);
    expect(bytes / all.csv_bytes).toBeLessThan(1.3);
  });
});

describeMarkets("a file of every set that may not be written", (market) => {
  it("is refused before any work: an input, another program's file, a name that tells no format, a missing folder", async () => {
    const said: unknown[] = [];
    const request = requestOf(market);
    const mine = "my,own,notes\n1,2,3\n";
    for (const name of ["mine.csv", "mine.parquet"]) writeFileSync(at(name), mine);
    symlinkSync(at("space.json"), at("link.csv"));
    for (const [name, code] of [
      ["link.csv", "OUTPUT_IS_INPUT"],
      ["mine.csv", "OUTPUT_FOREIGN"],
      ["mine.parquet", "OUTPUT_FOREIGN"],
      ["all.xlsx", "ALL_FORMAT"],
      ["all", "ALL_FORMAT"],
    ] as const) {
      const error = await refusal(search({ ...request, allFile: at(name) }, { onProgress: (word) => said.push(word) }));
      expect(error.code, name).toBe(code);
      expect(error.details.where).toBe(`--all ${at(name)}`);
    }
    expect(said).toEqual([]);
    expect((await refusal(search({ ...request, allFile: at("none/all.csv") }))).code).toBe("ALL_UNWRITABLE");
    expect((await refusal(search({ ...request, allFile: at("x.csv"), report: at("x.csv") }))).code).toBe(
      "OUTPUT_IS_INPUT",
    );
    for (const name of ["mine.csv", "mine.parquet"]) expect(readFileSync(at(name), "utf8")).toBe(mine);
  });

  it("names the package that writes parquet if that is not installed", async () => {
    const missing = () => import("no-such-package" as string);
    const error = await refusal(parquetLibrary("a/sets.parquet", missing));
    expect([error.code, error.details.where, error.details.found, error.details.remedy?.slice(0, 22)]).toEqual([
      "ALL_WRITER",
      "--all a/sets.parquet",
      "no package hyparquet-writer",
      "npm i hyparquet-writer",
    ]);
  });

  it("replaces its own kind, and with force any file", async () => {
    for (const name of ["all.csv", "all.parquet"]) {
      await search(requestOf(market, { allFile: at(name) }));
      const first = readFileSync(at(name));
      await search(requestOf(market, { allFile: at(name) }));
      expect(readFileSync(at(name)).equals(first)).toBe(true);
      writeFileSync(at(name), "my,own,notes\n");
      await search(requestOf(market, { allFile: at(name), force: true }));
      expect(readFileSync(at(name)).equals(first)).toBe(true);
    }
  });

  it("leaves the old file and no other where the run is stopped", async () => {
    writeFileSync(at("all.csv"), "");
    const aborter = new AbortController();
    const work = search(requestOf(market, { allFile: at("all.csv") }), {
      signal: aborter.signal,
      onProgress: ({ phase }) => {
        if (phase === "sets") aborter.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: "ABORTED" });
    expect(readdirSync(folder).sort()).toEqual(["all.csv", "space.json"]);
    expect(readFileSync(at("all.csv"), "utf8")).toBe("");
  });
});

describe("the columns of a file of every set", () => {
  it("are those that its page explains, in their order", async () => {
    const { figureNames, rankedColumn, scoreColumns } = await import("../../src/run/everySet/columns.ts");
    const page = readFileSync(new URL("../../docs/every-set.md", import.meta.url), "utf8");
    const named = [...page.matchAll(/^\| `([a-z_]+)`/gm)].map(([, name]) => name);
    expect(named).toEqual(["index", ...figureNames, ...scoreColumns, rankedColumn]);
  });
});
