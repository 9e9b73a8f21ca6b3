import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { challengeIn } from "../../src/config/ledgerChallenge.ts";
import { challengersOf, type DaysSince, ending, freezing, scoring } from "../../src/config/ledgerChallenger.ts";
import { entriesOf } from "../../src/config/ledgerEntries.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import { thresholdOf } from "../../src/validation/challenger.ts";
import { awkward, ConfigFile } from "./configFile.ts";
import { firstNight, gapOf, lookAtNight, nightMs, readLines } from "./ledgerFixture.ts";

const file = new ConfigFile();
const known = Array.from({ length: 40 }, (_, k) => (k % 2 === 0 ? 1 : -1));
const current = { min_signal_score: 50, trailing_stop_enabled: false };
const candidate = (night: number, type = "scalping") => ({
  type,
  params: { min_signal_score: 65, trailing_stop_enabled: true },
  verdict: "WARNING",
  current,
  frozenDay: night - 1,
  known: { current: known, nothing: known },
});
const at = (night: number) => ({ nowMs: nightMs(night) });
const freeze = (night: number, type?: string) => challengeIn(file.path, freezing(candidate(night, type)), at(night));
const scored = (type: string, since: DaysSince | null, night: number, now: Parameters | null = current) =>
  challengeIn(file.path, scoring({ type, current: now, daysSince: () => since }), at(night));
const scoredOn = async (type: string, since: DaysSince, night: number) =>
  (await scored(type, since, night))?.challenger ?? null;
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
    await scoredOn("scalping", days(firstNight, 3, 2), firstNight + 3);
    const later = await scoredOn("scalping", days(firstNight, 5, 2), firstNight + 5);
    expect(later!.challenge).toMatchObject({ days: 5, state: "running" });
    const { open, row } = await standing(firstNight + 5);
    expect(open).toEqual(later);
    expect(row).toEqual({ startedMs: nightMs(firstNight), count: 1 });
    expect(open!.params).toEqual({ min_signal_score: 65, trailing_stop_enabled: true });
    expect((await standing(firstNight + 5, "swing")).open!.challenge.days).toBe(0);
    expect(file.read()).toBe(awkward);
  });

  it("writes nothing where no day is new", async () => {
    file.write(awkward);
    await freeze(firstNight);
    await scoredOn("scalping", days(firstNight, 3, 2), firstNight + 3);
    const before = readLines(file.path);
    await scoredOn("scalping", days(firstNight, 3, 2), firstNight + 3);
    expect(await scoredOn("swing", days(firstNight, 3, 2), firstNight + 3)).toBeNull();
    expect(readLines(file.path)).toEqual(before);
  });

  it("that has won stands until it is applied, which ends its row", async () => {
    file.write(awkward);
    await freeze(firstNight);
    const won = await scoredOn("scalping", days(firstNight, 20, 9), firstNight + 20);
    expect(won!.challenge.state).toBe("won");
    expect((await standing(firstNight + 20)).open).toEqual(won);
    await challengeIn(file.path, ending(won!, "applied"), at(firstNight + 20));
    expect(await standing(firstNight + 20)).toEqual({ open: null, row: null });
    expect((await freeze(firstNight + 21))!.challenge.threshold).toBe(thresholdOf(1));
  });

  it("that is dropped makes room for the next, which needs more: four times as much, then nine", async () => {
    file.write(awkward);
    for (const [k, night] of [firstNight, firstNight + 10, firstNight + 20].entries()) {
      expect((await freeze(night))!.challenge.threshold).toBe(thresholdOf(k + 1));
      const dropped = await scoredOn("scalping", days(night, 5, -3), night + 5);
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
    expect((await scoredOn("scalping", late, firstNight + 90))!.challenge.state).toBe("expired");
    expect((await standing(firstNight + 90)).open).toBeNull();
  });

  it("is withdrawn, with no day scored, where the parameters that it challenges are others now, or it can be traded no more", async () => {
    file.write(awkward);
    for (const [k, [since, now]] of (
      [
        [days(firstNight, 5, 2), { ...current, min_signal_score: 51 }],
        [days(firstNight, 5, 2), null],
        [null, current],
      ] as const
    ).entries()) {
      await freeze(firstNight + k);
      expect(await scored("scalping", since, firstNight + 5, now)).toMatchObject({
        challenger: { challenge: { days: 0 } },
        end: "withdrawn",
      });
      expect(await standing(firstNight + 5)).toMatchObject({ open: null, row: { count: k + 1 } });
    }
  });

  it("has the same opponent where its parameters stand in another order, or name a trailing stop that is off", async () => {
    file.write(awkward);
    await freeze(firstNight);
    const same = { trailing_stop_distance: 2, trailing_stop_enabled: false, min_signal_score: 50 };
    expect((await scored("scalping", days(firstNight, 5, 2), firstNight + 5, same))!.end).toBeNull();
  });

  it("that has won and stands in the config was applied by a run that could not say so", async () => {
    file.write(awkward);
    await freeze(firstNight);
    await scoredOn("scalping", days(firstNight, 20, 9), firstNight + 20);
    const now = { ...current, ...candidate(firstNight).params };
    expect((await scored("scalping", days(firstNight, 20, 9), firstNight + 21, now))!.end).toBe("applied");
    expect(await standing(firstNight + 21)).toEqual({ open: null, row: null });
  });

  it("is ended once, and never in the place of another", async () => {
    file.write(awkward);
    const first = await freeze(firstNight);
    await challengeIn(file.path, ending(first!, "withdrawn"), at(firstNight));
    const second = await freeze(firstNight + 1);
    await challengeIn(file.path, ending(first!, "withdrawn"), at(firstNight + 1));
    expect((await standing(firstNight + 1)).open).toEqual(second);
  });

  it("may hold any value that a parameter can have", async () => {
    file.write(awkward);
    const params = { allowed_hour: [8, 9], allowed_day: "any", require_trend: true, min_signal_score: -0.5 } as const;
    await challengeIn(file.path, freezing({ ...candidate(firstNight), params }), at(firstNight));
    expect((await standing(firstNight)).open!.params).toEqual(params);
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
