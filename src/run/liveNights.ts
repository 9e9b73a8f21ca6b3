import type { ConfigDocument } from "../config/document.ts";
import { MemoryLedger } from "../config/ledgerMemory.ts";
import type { Portfolio } from "../portfolio/portfolio.ts";
import { type Purse, purseOf } from "../portfolio/purse.ts";
import { blockDaysOf, outcomeOf } from "../rehearsal/figures.ts";
import { type NightTrade, tradedByOne } from "../rehearsal/position.ts";
import { type PolicyName, policyNames, type RehearsedDecision } from "../rehearsal/result.ts";
import type { Trade } from "../search/trades.ts";
import type { Exit } from "../space/exitParts.ts";
import { exitOf } from "../space/exits.ts";
import type { Parameters, Spaces } from "../space/parameters.ts";
import { accountDays, daySpanOf } from "../validation/days.ts";
import { DaysBetween } from "./daysBetween.ts";
import { decideNight, type NightDecision } from "./decideNight.ts";
import type { Intake } from "./intake.ts";
import { knownAt } from "./knownAt.ts";
import type { Prepared } from "./prepare.ts";
import type { OptimizeRequest, RehearseRequest, RunOptions, Settings } from "./request.ts";
import type { Session } from "./session.ts";
import { currentParameters } from "./spaces.ts";

/** The input of a rehearsal: a market, and the nights in it. */
export interface Life {
  readonly prepared: Prepared;
  readonly spaces: Spaces;
  readonly intake: Intake;
  /** The config before the first night. */
  readonly config: ConfigDocument;
  readonly nights: readonly number[];
  readonly endMs: number;
  readonly windowMs: number;
}

/** How nights are run: with which request, reporting to which session. */
export interface Living {
  readonly session: Session;
  readonly settings: Settings;
  readonly request: RehearseRequest;
  /** Passes an abort on to each night. */
  readonly options: Pick<RunOptions, "signal">;
  readonly say: (night: number, message: string) => void;
  /** Does one night's work, and knows how long nights take. */
  readonly night: <T>(work: () => T | Promise<T>) => Promise<T>;
}

/** What every policy did. */
export interface Lived {
  readonly trades: Readonly<Record<PolicyName, readonly NightTrade[]>>;
  readonly changes: Readonly<Record<PolicyName, number>>;
  /** One purse for each; null without a portfolio. */
  readonly purses: Readonly<Record<PolicyName, Purse>> | null;
  readonly decisions: readonly RehearsedDecision[];
}

/** The set that a policy writes to the config after a night's decision for a type; null if it leaves the type unchanged. */
const chosenBy: Readonly<Record<PolicyName, (decision: NightDecision) => Parameters | null>> = {
  as_configured: (decision) => appliedParams(decision),
  never_change: () => null,
  not_trading: () => null,
  phase3_always: ({ phase3 }) => phase3?.params ?? null,
  phase2_always: ({ phase2 }) => phase2?.params ?? null,
  passed_only: (decision) => (decision.applied_verdict === "PASSED" ? appliedParams(decision) : null),
};

/**
 * Night after night: decide on what was known, change each policy's config accordingly, and trade the days until the next night. Every
 * policy follows the decisions of one bot, the one as configured: what phase 3 proposes depends on the bot's current parameters.
 */
export async function liveNights(living: Living, life: Life): Promise<Lived> {
  const { session, settings, request, options, say } = living;
  const { prepared, nights } = life;
  const bots = policyNames.map((name) => new VirtualBot(name, life));
  const ledger = new MemoryLedger();
  const decided: DecidedNight[] = [];
  for (const [k, night] of nights.entries()) {
    await session.breathe();
    say(k, `night ${k + 1} of ${nights.length}`);
    const known = knownAt(prepared, { fromMs: night - life.windowMs, untilMs: night }, settings);
    const config = bots[0]!.config;
    const decide = (): Promise<NightDecision[]> | NightDecision[] =>
      known ? decideNight(nightRequest(request, night), known, { config, ledger }, options) : [];
    const decisions = await living.night(decide);
    const days = new DaysBetween(settings, prepared, { night: k, fromMs: night, untilMs: nights[k + 1] ?? life.endMs });
    const before = currentOf(life, config);
    for (const bot of bots) bot.live(night, decisions, days);
    for (const decision of decisions) {
      const next = (params: Parameters | null | undefined) =>
        params ? outcomeOf(tradedByOne(days.trades(decision.type, params), request.maxOpen)) : null;
      const proposed_next = next(decision.phase3?.params);
      decided.push({ decision, night, k, proposed_next, current_next: next(before.get(decision.type)) });
    }
  }
  const by = <T>(of: (bot: VirtualBot) => T) =>
    Object.fromEntries(bots.map((bot) => [bot.name, of(bot)])) as Record<PolicyName, T>;
  const trades = by((bot) => tradedByOne(bot.taken, request.maxOpen));
  const changes = by((bot) => bot.changes);
  const purses = settings.portfolio && by((bot) => bot.purse(settings, settings.portfolio!));
  return { trades, changes, purses, decisions: withRealised(decided, trades.as_configured, life) };
}

/** A bot that follows one policy: its config, and every trade that its parameters make. */
class VirtualBot {
  config: ConfigDocument;
  changes = 0;
  readonly taken: NightTrade[] = [];
  private readonly exits = new Map<Trade, Exit>();

  constructor(
    readonly name: PolicyName,
    private readonly life: Life,
  ) {
    this.config = life.config;
  }

  live(nightMs: number, decisions: readonly NightDecision[], days: DaysBetween): void {
    const next = this.config.withParams(chosenParams(decisions, chosenBy[this.name]), nightMs);
    if (isChanged(this.life, this.config, next)) this.changes++;
    this.config = next;
    if (this.name === "not_trading") return;
    for (const [type, params] of currentOf(this.life, next)) {
      const exit = exitOf(params);
      for (const trade of days.trades(type, params)) {
        this.taken.push(trade);
        this.exits.set(trade, exit);
      }
    }
  }

  /** One purse through all nights: a position that is open when the parameters change is left as it was entered. */
  purse({ rules }: Settings, portfolio: Portfolio): Purse {
    const { prepared, nights, endMs } = this.life;
    const { table, market } = prepared;
    const days = accountDays(daySpanOf(nights[0]!, endMs - 1));
    return purseOf({ table, market, rules, portfolio, days }, (trade) => this.exits.get(trade)!, this.taken);
  }
}

interface DecidedNight extends Pick<RehearsedDecision, "night" | "proposed_next" | "current_next"> {
  readonly decision: NightDecision;
  readonly k: number;
}

/** Each decision with what its set made until the type's next change. */
function withRealised(lived: readonly DecidedNight[], trades: readonly NightTrade[], life: Life): RehearsedDecision[] {
  return lived.map(({ decision, night, k, proposed_next, current_next }) => {
    const { type, verdict, reason, applied, applied_verdict } = decision;
    const found = { night, type, verdict, reason, applied, applied_verdict, params: appliedParams(decision) };
    const row = { ...found, proposed_next, current_next };
    if (applied === null) return { ...row, claimed: null, realised: null, gap: null };
    const replaced = lived.find(
      (later) => later.k > k && later.decision.type === type && later.decision.applied !== null,
    );
    const until = replaced?.k ?? life.nights.length;
    const realised = outcomeOf(
      trades.filter((trade) => trade.type === type && trade.night >= k && trade.night < until),
    );
    const claimed = decision.proposal!.holdout.avg_return;
    return {
      ...row,
      claimed,
      realised: { ...realised, until: replaced?.night ?? life.endMs },
      gap: realised.trades === 0 ? null : claimed - realised.avg_return,
    };
  });
}

function appliedParams(decision: NightDecision): Parameters | null {
  return decision.proposal?.params ?? null;
}

function chosenParams(
  decided: readonly NightDecision[],
  choose: (decision: NightDecision) => Parameters | null,
): Map<string, Parameters> {
  return new Map(
    decided.flatMap((decision) => {
      const params = choose(decision);
      return params ? [[decision.type, params] as const] : [];
    }),
  );
}

/** The bot's trading parameters: those that a night takes as the current ones. */
function currentOf({ spaces, intake, prepared }: Life, config: ConfigDocument): Map<string, Parameters> {
  return currentParameters(config, spaces, prepared.table.featureNames, intake);
}

function isChanged(life: Life, before: ConfigDocument, after: ConfigDocument): boolean {
  const textOf = (config: ConfigDocument): string => JSON.stringify([...currentOf(life, config)]);
  return before !== after && textOf(before) !== textOf(after);
}

/** A night's request to `optimize`: everything except input locations and the schedule of nights. */
function nightRequest(request: RehearseRequest, night: number): OptimizeRequest {
  const { config, everyMs, windowMs, nullCopies, fromMs, toMs, days, symbols, maxRssBytes, report, ...rest } = request;
  return { ...rest, nowMs: night };
}

/** The longest block that any policy's trades need, days. */
export function blockDaysFor({ trades }: Lived): number {
  return Math.max(...policyNames.map((name) => blockDaysOf(trades[name])));
}
