import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import Papa from "papaparse";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { search, simulate } from "../../src/library/calls.ts";
import { short } from "../../src/page/client/charts/frame.ts";
import type { SlidersData } from "../../src/page/data/sliders.ts";
import type { SurfaceData } from "../../src/page/data/surface.ts";
import { type SettingFigures, settingFigures } from "../../src/search/cellSums.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import { chromiumPath } from "../support/chromium.ts";
import { blocksOf } from "../support/pages.ts";
import { randomFrom } from "../support/random.ts";
import { heldMarket } from "../support/referenceData.ts";

const executablePath = chromiumPath();
const caller = { thread: "caller" } as const;
const space = {
  min_signal_score: [0, 70, 96, 97, 98],
  atr_tp_multiplier: [4, 1, 2],
  allowed_mkt_struct: ["any", [0], [1], [0, 1]],
  max_sr_tests: [30, 22, 20, 18],
  atr_stop_multiplier: [1, 2],
  require_mkt_struct: [false, true],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [0.5, 1],
  trailing_stop_distance: [0.5],
  max_holding_hours: [2, 12],
};
const settings = 200;

let folder = "";
let best: Parameters = {};
const at = (name: string): string => join(folder, name);
const table = () => ({
  candles: fileURLToPath(heldMarket.candles),
  opportunities: at("signals.csv"),
  type: "swing",
  nowMs: Date.UTC(2026, 5, 1),
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-surface-"));
  // Of the last day a search leaves signals out that a simulation ends with the data.
  const [head, ...lines] = readFileSync(new URL("opportunities.csv", heldMarket.path), "utf8").trim().split("\n");
  const timeOf = (line: string): number => Number(line.split(",")[1]);
  const last = Math.max(...lines.map(timeOf)) - 48 * 3_600_000;
  writeFileSync(at("signals.csv"), `${[head, ...lines.filter((line) => timeOf(line) < last)].join("\n")}\n`);
  writeFileSync(at("space.json"), JSON.stringify(space));
  const request = { ...table(), spaceFile: at("space.json"), threads: 1, minTrades: 5 };
  const result = await search({ ...request, report: at("report.html"), allFile: at("all.csv"), surface: true }, caller);
  expect(result.left_out).toBe(0);
  best = result.top[0]!.params;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const partOf = <T>(id: string): T => blocksOf(at("report.html"))[`part-${id}`] as T;
const sliders = () => partOf<SlidersData>("sliders").subjects[0]!;
const surface = () => partOf<SurfaceData>("surface").subjects[0]!;

const walked = new Map<string, SettingFigures>();

/** What simulate makes of the best set with its filters at these places. */
async function simulated(places: readonly number[]): Promise<SettingFigures> {
  const known = walked.get(places.join());
  if (known) return known;
  const moved = Object.fromEntries(
    sliders().axes.map(({ name, values }, k) => {
      const candidates = (space as Record<string, readonly unknown[]>)[name]!;
      return [name, candidates.find((candidate) => textOf(candidate) === values[places[k]!])];
    }),
  );
  writeFileSync(at("set.json"), JSON.stringify({ ...best, ...moved }));
  const { metrics } = await simulate({ ...table(), paramsFile: at("set.json") }, caller);
  const { n, total_return: total, avg_return: average, win_rate: winRate } = metrics;
  walked.set(places.join(), { n, total, average, winRate });
  return { n, total, average, winRate };
}

const textOf = (value: unknown): string => (Array.isArray(value) ? `[${value.join(", ")}]` : String(value));

const randomPlaces = (random: () => number): number[] =>
  sliders().axes.map(({ values }) => Math.floor(random() * values.length));

describe("the sliders", () => {
  it("are there for every filter that the search moved, at the best set's values", () => {
    const { axes, chosen } = sliders();
    expect(axes.map(({ name }) => name).sort()).toEqual(
      ["allowed_mkt_struct", "max_sr_tests", "min_signal_score", "require_mkt_struct"].sort(),
    );
    for (const { name, values, chosen: place } of axes) expect(values[place]).toBe(textOf(best[name]));
    expect(chosen.n).toBeGreaterThan(0);
    expect(JSON.stringify(sliders()).length).toBeLessThan(200_000);
  });

  it("add the same trades as simulate, whatever the setting", async () => {
    const random = randomFrom(12);
    const found = new Set<number>();
    for (let k = 0; k < settings; k++) {
      const places = randomPlaces(random);
      const own = settingFigures(sliders().sums, places);
      const expected = await simulated(places);
      found.add(expected.n);
      expect(own.n).toBe(expected.n);
      expect(own.winRate).toBe(expected.winRate);
      // Each trade is rounded to a billionth of a point.
      expect(Math.abs(own.total - expected.total)).toBeLessThanOrEqual(1e-9 * (1 + own.n));
    }
    expect(found.size).toBeGreaterThan(10);
  });
});

/** Ranked sets of the file of every set, as numbers by the texts of their values. */
function rankedSets(): { readonly values: Readonly<Record<string, string>>; readonly score: number }[] {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(at("all.csv"), "utf8"), {
    header: true,
    skipEmptyLines: true,
  });
  return data
    .filter(({ ranked }) => ranked === "1")
    .map((row) => ({
      values: Object.fromEntries(
        Object.keys(space).map((name) => [
          name,
          row[name]!.startsWith("[") ? textOf(JSON.parse(row[name]!)) : row[name]!,
        ]),
      ),
      score: Number(row["score"]),
    }));
}

describe("the surface", () => {
  it("has for any two parameters what all sets say", () => {
    const sets = rankedSets();
    const { axes, pairs } = surface();
    expect(pairs.length).toBe((9 * 8) / 2);
    for (const { first, second, count, mean, best: most } of pairs)
      for (const [i, one] of axes[first]!.values.entries())
        for (const [j, other] of axes[second]!.values.entries()) {
          const cell = i * axes[second]!.values.length + j;
          const own = sets.filter(
            ({ values }) => values[axes[first]!.name] === one && values[axes[second]!.name] === other,
          );
          expect(count[cell], `${axes[first]!.name} ${one}, ${axes[second]!.name} ${other}`).toBe(own.length);
          if (own.length === 0) {
            expect([mean[cell], most[cell]]).toEqual([null, null]);
            continue;
          }
          const average = own.reduce((sum, { score }) => sum + score, 0) / own.length;
          expect(Math.abs(mean[cell]! - average)).toBeLessThanOrEqual(1e-4 * Math.abs(average) + 1e-9);
          const highest = Math.max(...own.map(({ score }) => score));
          expect(Math.abs(most[cell]! - highest)).toBeLessThanOrEqual(1e-4 * Math.abs(highest) + 1e-9);
        }
  });
});

describe.skipIf(executablePath === null)("in a browser", () => {
  let browser: Browser;
  let page: Page;
  const said: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await page.goto(pathToFileURL(at("report.html")).href);
    await page.waitForSelector("body[data-drawn]");
  });
  afterAll(async () => {
    expect(said).toEqual([]);
    await browser?.close();
  });

  it("sliders show what simulate makes of 200 settings, to the last digit shown", async () => {
    const random = randomFrom(12);
    for (let k = 0; k < settings; k++) {
      const places = randomPlaces(random);
      const shown = await page.evaluate((to) => {
        const controls = [
          ...document.querySelectorAll<HTMLInputElement>("#sliders .slider input, #sliders .slider select"),
        ];
        for (const [at, control] of controls.entries()) {
          control.value = String(to[at]);
          control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input"));
        }
        return [...document.querySelectorAll("#sliders .setting tbody td:nth-child(3)")].map(
          (cell) => cell.textContent,
        );
      }, places);
      const { n, average, total, winRate } = await simulated(places);
      expect(shown).toEqual([
        n.toLocaleString("en-US"),
        `${average.toFixed(4)}%`,
        total.toFixed(4),
        `${(100 * winRate).toFixed(2)}%`,
      ]);
    }
  });

  it("sliders are moved and put back by keyboard, and say what they stand at", async () => {
    const slider = page.locator("#sliders input[type=range]").first();
    const chosen = sliders().axes.find(({ isOrdered }) => isOrdered)!;
    await page.locator("#sliders button").click();
    expect(await slider.getAttribute("aria-valuetext")).toBe(chosen.values[chosen.chosen]);
    await slider.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    expect(await slider.getAttribute("aria-valuetext")).toBe(chosen.values[1]);
    await page.locator("#sliders button").click();
    expect(await slider.getAttribute("aria-valuetext")).toBe(chosen.values[chosen.chosen]);
  });

  it("the map and its table show the figures of any pair, either way round", async () => {
    const { axes, pairs } = surface();
    for (const { first, second, ...cells } of pairs)
      for (const [rows, columns] of [
        [first, second],
        [second, first],
      ] as const)
        for (const kind of ["mean", "best", "count"] as const) {
          const [shown, drawn] = await page.evaluate(
            (chosen) => {
              for (const [at, control] of document
                .querySelectorAll<HTMLSelectElement>("#surface .fields select")
                .entries()) {
                control.value = chosen[at]!;
                control.dispatchEvent(new Event("change"));
              }
              const rows = [...document.querySelectorAll("#surface .map details tbody tr")];
              return [
                rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
                document.querySelectorAll("#surface .map rect.cell").length,
              ] as const;
            },
            [String(rows), String(columns), kind],
          );
          const expected = axes[rows]!.values.map((_, i) =>
            axes[columns]!.values.map((__, j) => {
              const at = rows === first ? i * axes[second]!.values.length + j : j * axes[second]!.values.length + i;
              if (cells.count[at] === 0) return "-";
              return kind === "count"
                ? cells.count[at]!.toLocaleString("en-US")
                : short(cells[kind][at]!).replace(/^-(?=[0.]+$)/, "");
            }),
          );
          expect(shown).toEqual(expected);
          expect(drawn).toBe(expected.flat().length);
        }
  });

  it("the map rings the chosen cell and tells what is pointed at", async () => {
    const { axes } = surface();
    const [down, across] = [0, 1].map((k) => page.locator("#surface .fields select").nth(k));
    await down!.selectOption(String(axes.findIndex(({ name }) => name === "max_sr_tests")));
    await across!.selectOption(String(axes.findIndex(({ name }) => name === "atr_tp_multiplier")));
    expect(await page.locator("#surface .map rect.chosen").count()).toBe(2);
    expect(await page.locator("#surface .map path.plateau").count()).toBe(2);
    await page.locator("#surface .map rect.cell").first().hover();
    expect(await page.locator("#surface .pointed").textContent()).toMatch(
      /^max_sr_tests 18, atr_tp_multiplier 1: mean /,
    );
    await down!.selectOption(await across!.inputValue());
    expect(await page.locator("#surface .map").textContent()).toBe("Choose two different parameters.");
  });
});
