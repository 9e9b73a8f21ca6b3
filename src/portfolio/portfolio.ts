import { MONEY_TOLERANCE } from "../core/abi.ts";

/** How much money a trade gets as its margin. */
export type StakeRule =
  /** Always the same amount, quote currency. */
  | { readonly kind: "fixed"; readonly amount: number }
  /** A share of realised equity, above 0 and up to 1. */
  | { readonly kind: "share"; readonly share: number }
  /** What loses this share of realised equity at the set's stop, before costs. */
  | { readonly kind: "risk"; readonly share: number };

/** One purse that all trades of a set share. */
export interface Portfolio {
  /** Money at the beginning, quote currency, above 0. */
  readonly capital: number;
  readonly stake: StakeRule;
  /** Notional over stake, 1 or more. */
  readonly leverage: number;
  /** Share of the notional at which a position is liquidated, below 1 / leverage. */
  readonly maintenanceMargin: number;
  /** Positions open at once, over all symbols; infinite without a limit. */
  readonly maxOpen: number;
}

/** Why a signal was not traded, in the order in which this is asked. */
export const skipReasons = ["ruined", "symbol_open", "max_open", "no_money"] as const;
/**
 * Why a signal was not traded: `ruined`, nothing was left; `symbol_open`, its symbol had a position; `max_open`, too many were open; `no_money`, too little
 * was free.
 */
export type SkipReason = (typeof skipReasons)[number];

/** Stake above free money by no more than this share of equity is rounding, and is cut to what is free. */
export const moneyTolerance = MONEY_TOLERANCE;

const shareText = /^(risk:)?(\d+\.?\d*|\.\d+)%$/;
const amountText = /^(\d+\.?\d*|\.\d+)$/;

/** What a stake is, in words, for errors and help. */
export const stakeWords = "an amount above 0 such as 100, a share of equity such as 10%, or risk:1%";

/** A stake as options give it: a number or text above 0 is an amount, `10%` a share of equity, `risk:1%` a risk; null if it is none of them. */
export function stakeOf(given: unknown): StakeRule | null {
  if (typeof given === "number") return given > 0 && Number.isFinite(given) ? { kind: "fixed", amount: given } : null;
  if (typeof given !== "string") return null;
  if (amountText.test(given)) return stakeOf(Number(given));
  const found = shareText.exec(given);
  const share = found ? Number(found[2]) / 100 : 0;
  if (!found || !(share > 0 && share <= 1)) return null;
  return { kind: found[1] ? "risk" : "share", share };
}

/** Without a limit of positions, ten of them share the money. */
const usualPositions = 10;

/** The stake where none is given: what lets `maxOpen` positions, or ten without a limit, be open at once. */
export function defaultStake(maxOpen: number | undefined): StakeRule {
  return { kind: "share", share: 1 / (maxOpen ?? usualPositions) };
}
