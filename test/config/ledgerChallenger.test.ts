import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { endChallenger, freezeChallenger, scoreChallenger } from "../../src/config/ledgerChallenge.ts";
import { challengersOf } from "../../src/config/ledgerChallenger.ts";
import { entriesOf } from "../../src/config/ledgerEntries.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import { thresholdOf } from "../../src/validation/challenger.ts";
import { awkward, ConfigFile } from "./configFile.ts";
import { firstNight, gapOf, lookAtNight, nightMs, readLines } from "./ledgerFixture.ts";

const file = new ConfigFile();
const known = Array.from({ length: 40 }, (_, k) => (k % 2 === 0 ? 1 : -1));
const freezing = (night: number, type = "scalping") => ({
  type,
  params: { min_signal_score: 65, trailing_stop_enabled: true },
  frozenDay: night - 1,
  known: { current: known, nothing: known },
});
const at = (night: number) => ({ nowMs: nightMs(night) });
const freeze = (night: number, type?: string) => freezeChallenger(file.path, freezing(night, type), at(night));
/** Days from the first after a freezing, each with the same difference to both. */
const days = (frozenNight: number, count: number, points: number) => ({
  days: Array.from({ length: count }, (_, k) => ({ day: frozenNight + k, current: points, nothing: points })),
  today: frozenNight + count - 1,
});
const standing = async (night: number, type = "scalping") =>
  challengersOf((await readLedger(file.path, nightMs(night))).entries, type, nightMs(night));

describe("the challenger of a type", () => {
  it("is frozen once, stands beside another type's, and is scored on later days from run to run", async () => {
    file.write(awkward);
    const challenger = await freeze(firstNight);
    expect(challenger!.challenge).toMatchObject({ threshold: thresholdOf(1), days: 0, lastDay: firstNight - 1 });
    expect(await freeze(firstNight + 1)).toBeNull();
    expect(await freeze(firstNight + 1, "swing")).not.toBeNull();
    await scoreChallenger(file.path, "scalping", days(firstNight, 3, 2), at(firstNight + 3));
    const scored = await scoreChallenger(file.path, "scalping", days(firstNight, 5, 2), at(firstNight + 5));
    expect(scored!.challenge).toMatchObject({ days: 5, state: "running" });
    const { open, row } = await standing(firstNight + 5);
    expect(open).toEqual(scored);
    expect(row).toEqual({ startedMs: nightMs(firstNight), count: 1 });
    expect(open!.params).toEqual({ min_signal_score: 65, trailing_stop_enabled: true });
    expect((await standing(firstNight + 5, "swing")).open!.challenge.days).toBe(0);
    expect(file.read()).toBe(awkward);
  });

  it("writes nothing where no day is new", async () => {
    file.write(awkward);
    await freeze(firstNight);
    await scoreChallenger(file.path, "scalping", days(firstNight, 3, 2), at(firstNight + 3));
    const before = readLines(file.path);
    await scoreChallenger(file.path, "scalping", days(firstNight, 3, 2), at(firstNight + 3));
    expect(await scoreChallenger(file.path, "swing", days(firstNight, 3, 2), at(firstNight + 3))).toBeNull();
    expect(readLines(file.path)).toEqual(before);
  });

  it("that has won stands until it is applied, which ends its row", async () => {
    file.write(awkward);
    await freeze(firstNight);
    const won = await scoreChallenger(file.path, "scalping", days(firstNight, 20, 9), at(firstNight + 20));
    expect(won!.challenge.state).toBe("won");
    expect((await standing(firstNight + 20)).open).toEqual(won);
    await endChallenger(file.path, "scalping", "applied", at(firstNight + 20));
    expect(await standing(firstNight + 20)).toEqual({ open: null, row: null });
    expect((await freeze(firstNight + 21))!.challenge.threshold).toBe(thresholdOf(1));
  });

  it("that is dropped makes room for the next, which needs more: four times as much, then nine", async () => {
    file.write(awkward);
    for (const [k, night] of [firstNight, firstNight + 10, firstNight + 20].entries()) {
      expect((await freeze(night))!.challenge.threshold).toBe(thresholdOf(k + 1));
      const dropped = await scoreChallenger(file.path, "scalping", days(night, 5, -3), at(night + 5));
      expect(dropped!.challenge.state).toBe("dropped");
      expect((await standing(night + 5)).open).toBeNull();
    }
    expect((await standing(firstNight + 30)).row!.count).toBe(3);
    // A year after the row began, another begins.
    expect((await freeze(firstNight + 366))!.challenge.threshold).toBe(thresholdOf(1));
  });

  it("expires after ninety days", async () => {
    file.write(awkward);
    await freeze(firstNight);
    const late = { days: [], today: firstNight + 89 };
    expect((await scoreChallenger(file.path, "scalping", late, at(firstNight + 90)))!.challenge.state).toBe("expired");
    expect((await standing(firstNight + 90)).open).toBeNull();
  });

  it("is lost with its ledger, and each night since the first trace may have had one", async () => {
    file.write(awkward);
    await lookAtNight(file.path, firstNight);
    await freeze(firstNight);
    rmSync(`${file.path}.sluice/ledger.jsonl`);
    expect(await standing(firstNight + 9)).toMatchObject({ open: null, row: { count: 10 } });
    expect((await freeze(firstNight + 9))!.challenge.threshold).toBe(thresholdOf(11));
    const { entries } = await readLedger(file.path, nightMs(firstNight + 9));
    expect(entriesOf(entries, "gap")).toHaveLength(1);
  });

  it("after a thousand lost nights has a row of those since the last year of them began", () => {
    const rowAfter = (nights: number, nowMs = nightMs(firstNight + nights)) =>
      challengersOf([gapOf(firstNight, firstNight + nights)], "scalping", nowMs).row;
    expect(rowAfter(300)).toEqual({ startedMs: nightMs(firstNight), count: 301 });
    expect(rowAfter(1000)).toEqual({ startedMs: nightMs(firstNight + 730), count: 271 });
    expect(rowAfter(1000, nightMs(firstNight + 1095))).toBeNull();
  });
});
