import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DaysBetween, knownAt, type NightTrade, openConfig, optimizeHeld, tradedByOne } from "../engine.ts";
import { type Current, configText, currentSetsOf, type Later, laterIn, type Stage } from "./judge.ts";

const dayMs = 86_400_000;

/** One market lived through night after night with a real config and the ledger beside it. */
export interface Lived {
  readonly nights: number;
  /** Nights, from 1, after which a parameter of the config had changed; with the types and what was applied. */
  readonly changes: readonly { readonly night: number; readonly applied: Readonly<Record<string, string>> }[];
  readonly advice: Readonly<Record<string, number>>;
  /** What the bot earned from the first night on, and what it would have by never changing. */
  readonly earned: Later;
  readonly kept: Later;
}

/** How a bot lives. */
export interface Nights {
  readonly current: Current;
  readonly policy: Policy;
  readonly nights: number;
  /** Days before a night that it is decided on. */
  readonly windowDays: number;
}

/** Who decides on a change: the gate alone, or challengers too. */
export type Policy = "gate" | "shadow";

/** Optimises every night on the days before, saves, and trades the next day with what the config says then. */
export async function livedThrough(stage: Stage, { current, policy, nights, windowDays }: Nights): Promise<Lived> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-nights-"));
  try {
    const path = join(folder, "learning_config.json");
    await writeFile(path, configText(current, stage));
    const before = currentSetsOf(stage, await openConfig(path));
    const changes: Lived["changes"][number][] = [];
    const advice: Record<string, number> = {};
    const [earned, kept]: [NightTrade[], NightTrade[]] = [[], []];
    const { settings, prepared, request, market } = stage;
    const firstMs = market.endMs - nights * dayMs;
    for (let night = 0; night < nights; night++) {
      const nowMs = firstMs + night * dayMs;
      const known = knownAt(prepared, { fromMs: nowMs - windowDays * dayMs, untilMs: nowMs }, settings);
      if (known) {
        const result = await optimizeHeld({ ...request, configs: [path], policy, nowMs }, {}, { prepared: known });
        const run = result.runs[0]!;
        for (const decision of Object.values(run.decision))
          advice[decision.advice] = (advice[decision.advice] ?? 0) + 1;
        if (run.saved !== null && run.changed) {
          const applied = Object.entries(run.decision).flatMap(([type, each]) =>
            each.applied === null ? [] : [[type, each.applied] as const],
          );
          changes.push({ night: night + 1, applied: Object.fromEntries(applied) });
        }
      }
      const days = new DaysBetween(settings, prepared, { night, fromMs: nowMs, untilMs: nowMs + dayMs });
      for (const [type, params] of currentSetsOf(stage, await openConfig(path)))
        earned.push(...days.trades(type, params));
      for (const [type, params] of before) kept.push(...days.trades(type, params));
    }
    return {
      nights,
      changes,
      advice,
      earned: laterIn(tradedByOne(earned, undefined)),
      kept: laterIn(tradedByOne(kept, undefined)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
