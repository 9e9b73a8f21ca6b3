import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeReference } from "../support/referenceData.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** By case, what its script must print, and what it must not. */
const expected: Readonly<Record<string, { readonly said: readonly RegExp[]; readonly never?: RegExp }>> = {
  "days-by-symbol": {
    said: [/1 symbol, 120 candles, 2023-12-25 to 2023-12-30[\s\S]*BTTUSDT/],
    never: /2 symbols|2022-01/,
  },
  "diff-same-text": { said: [/no difference/] },
  "duplicate-signals": {
    said: [
      /once: exit code 5\n.*opportunities 26 verdict FAILED/,
      /twice: exit code 5\n.*opportunities 26 verdict FAILED/,
    ],
  },
  "holding-below-candle": {
    said: [/12 sets/, /max_holding_hours 4\b/],
    never: /30 sets|max_holding_hours [126]\b(?! )/,
  },
  "hole-timeout": {
    said: [/long,all,0.9161,0.9218,timeout,15,0.00482/, /short,all,0.9161,0.9218,timeout,15,-0.00762/],
    never: /0\.9108/,
  },
  "lenient-rounding": {
    said: [/1 with rounding errors repaired/, /rc=0/, /53\.5685422918986,timeout/],
    never: /53\.355/,
  },
  "month-and-week": { said: [/1M.*refused/, /1w.*refused/, /not weeks or\s+months/], never: /are missing/ },
  "no-volume": { said: [/64 opportunities/, /volume is 0 in every candle/] },
  "nothing-over-nothing": { said: [/1 5\.01688 167/, /1 +1\.6913 +92/], never: /999/ },
  "redenomination-simple": {
    said: [/JUMPUSDT +the price unit changes at 2023-11-25 08:00 UTC, 1:998/],
    never: /sound/,
  },
  "residue-sqn": { said: [/^1 9 score 152\.6485/m, /^2 1 score 0 /m, /^3 2 score 0 /m, /^4 3 score 0 /m] },
  "session-grid": { said: [/SPY +1h .* 60 .*sound/, /0 opportunities/], never: /grid/ },
  "signal-in-hole": { said: [/this symbol has no candle that opens at this time/, /a hole/] },
  "stock-sessions": { said: [/1,500 +1 +78/, /2,700 +2 +156/, /closed Saturdays and Sundays/], never: /refused/ },
  "unfinished-candle": { said: [/has not closed yet/, /opens in the future/, /after the last candle/] },
  "weekday-market": { said: [/closed Saturdays and Sundays/, /exits on Saturday or Sunday: 0 of 110/] },
  "wrong-timeframe": { said: [/rename them to\s+1h\s+if/], never: /sound|n 58/ },
};

describeReference("small inputs that gave wrong answers", (reference) => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sluice-cases-"));
    cpSync(new URL("cases/", reference), folder, { recursive: true });
    spawnSync("chmod", ["-R", "u+w", folder]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("are all spoken of here", () => {
    expect(readdirSync(new URL("cases/", reference)).sort()).toEqual(Object.keys(expected).sort());
  });

  it.skipIf(!hasPython).each(Object.entries(expected))("give the right one now: %s", (name, { said, never }) => {
    const { stdout, stderr } = spawnSync("sh", [join(folder, name, "run.sh")], {
      encoding: "utf8",
      env: { ...process.env, SLUICE: `"${process.execPath}" "${main}"`.replaceAll('"', ""), NO_COLOR: "1", CI: "true" },
    });
    const text = `${stdout}${stderr}`;
    for (const pattern of said) expect(text).toMatch(pattern);
    if (never) expect(text).not.toMatch(never);
  });
});
