import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { onePosition } from "../../src/search/onePosition.ts";
import { type FreqtradeCase, type FreqtradeTrade, freqtradeCases } from "./freqtradeCases.ts";
import { barMs, replayed, walked } from "./sluiceTrades.ts";
import { type Verdict, verdicts } from "./verdicts.ts";

const verdictOf = ({ name }: FreqtradeCase): Verdict => verdicts.find((verdict) => verdict.name === name)!;

/** Side where it is short, reason, bar of entry and bar of exit of each trade, and what all made, percent. */
function outcomeText(trades: readonly FreqtradeTrade[], profit: string): string {
  if (trades.length === 0) return "no trade";
  const texts = trades.map(
    ({ direction, reason, open, close }) => `${direction === 1 ? "" : "short "}${reason} ${open}-${close}`,
  );
  return `${texts.join(", ")}: ${profit} %`;
}

const theirs = (one: FreqtradeCase): string => outcomeText(one.trades, one.profit);

/** What a bot with one position a symbol makes of a case, to the tenth of a percent that freqtrade's cases state. */
function ours(one: FreqtradeCase): string {
  const taken = onePosition(replayed(one));
  const profit = 100 * one.leverage * taken.reduce((sum, trade) => sum + trade.return, 0);
  const trades = taken.map(({ direction, reason, entryTimeMs, exitTimeMs }) => ({
    ...{ direction, reason, open: entryTimeMs / barMs + 1, close: exitTimeMs / barMs },
  }));
  return outcomeText(trades, profit.toFixed(1).replace(/^-0\.0$/, "0.0"));
}

/** A case as a row of the table in the documentation. */
function rowOf(one: FreqtradeCase): string {
  const { name, about, differs } = verdictOf(one);
  return `| ${name} | ${about} | ${theirs(one)} | ${differs ? differs.ours : "the same"} | ${differs ? differs.why : "agrees"} |`;
}

describe("freqtrade's backtesting cases", () => {
  it("are all judged, in their order", () => {
    expect(verdicts.map(({ name }) => name)).toEqual(freqtradeCases.map(({ name }) => name));
    expect(verdicts.map(({ name }) => name)).toEqual(Array.from({ length: 60 }, (_, k) => `tc${k}`));
  });

  it("have candles whose high and low hold their open and close", () => {
    for (const { name, candles } of freqtradeCases)
      for (const [open, high, low, close, ...rest] of candles)
        expect([Math.max(open!, close!) <= high!, Math.min(open!, close!) >= low!, rest], name).toEqual([
          true,
          true,
          [],
        ]);
  });

  for (const one of freqtradeCases) {
    const { about, differs } = verdictOf(one);
    if (!differs)
      it(`${one.name} agrees: ${about}`, () => {
        expect(one.others).toEqual([]);
        expect(ours(one)).toBe(theirs(one));
      });
    else
      it(`${one.name} differs: ${about}`, () => {
        expect(ours(one)).toBe(differs.ours);
        // What Sluice does not model may come to the same by chance; nothing else may be called a difference that is none.
        const isSame = differs.ours === theirs(one);
        expect(differs.why.startsWith("not modelled")).toBe(one.others.length > 0);
        expect(differs.why.endsWith("equal by chance")).toBe(isSame);
        if (isSame) expect(one.others).not.toEqual([]);
      });
  }

  it("come to the same trades in the core and in the plain walk, to the bit", () => {
    for (const one of freqtradeCases)
      expect(
        replayed(one).map(({ bars, reason, exit, return: made, ambiguous, otherReturn }) => ({
          ...{ bars, reason, exit, return: made, ambiguous, otherReturn },
        })),
        one.name,
      ).toEqual(
        walked(one).map(({ bars, reason, exit, return: made, ambiguous, otherReturn }) => ({
          ...{ bars, reason, exit, return: made, ambiguous, otherReturn },
        })),
      );
  });

  it("stand in docs/backtest-and-live.md as judged here", () => {
    const page = readFileSync(new URL("../../docs/backtest-and-live.md", import.meta.url), "utf8");
    const rows = page.split("\n").filter((line) => line.startsWith("| tc"));
    expect(rows).toEqual(freqtradeCases.map(rowOf));
    const agreeing = verdicts.filter(({ differs }) => !differs).length;
    const notModelled = freqtradeCases.filter(({ others }) => others.length > 0).length;
    const byRule = verdicts.length - agreeing - notModelled;
    expect(page).toContain(
      `Of its ${verdicts.length} cases ${agreeing} agree, ${notModelled} test what Sluice does not model`,
    );
    expect(page).toContain(`and ${byRule} differ by rule`);
  });
});
