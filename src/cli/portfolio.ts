import type { PortfolioOptions } from "../run/portfolioOptions.ts";
import { UsageError } from "./usage.ts";

/** What the flags of a portfolio say. */
interface MoneyFlags {
  readonly capital?: number;
  readonly stake?: number | string;
  readonly leverage?: number;
  readonly maintenanceMargin?: number;
}

/** What the flags of ranking by portfolio say. */
interface RankFlags {
  readonly rank?: "objective" | "portfolio";
  readonly portfolioMetric?: string;
  readonly shortlist?: number;
}

const rankRest = { portfolioMetric: "--portfolio-metric", shortlist: "--shortlist" } as const;

const rest = { stake: "--stake", leverage: "--leverage", maintenanceMargin: "--maintenance-margin" } as const;

/** A request whose flags of money are one option, `portfolio`, as the library takes it; none without `--capital`. */
export function withPortfolio<Request extends MoneyFlags>(
  request: Request,
): Omit<Request, keyof MoneyFlags> & { readonly portfolio?: PortfolioOptions } {
  checkRank(request);
  const { capital, stake, leverage, maintenanceMargin, ...others } = request;
  if (capital !== undefined) return { ...others, portfolio: { capital, stake, leverage, maintenanceMargin } };
  for (const [field, flag] of Object.entries(rest))
    if (request[field as keyof typeof rest] !== undefined)
      throw new UsageError(`${flag} needs --capital`, {
        where: flag,
        expected: "--capital N as well",
        remedy: `add --capital, such as --capital 1000, or leave ${flag} out`,
      });
  return others;
}

/** Ranking by portfolio needs one, and its details need that ranking. */
function checkRank(request: MoneyFlags & RankFlags): void {
  if (request.rank === "portfolio" && request.capital === undefined)
    throw new UsageError("--rank portfolio needs --capital", {
      where: "--rank",
      expected: "--capital N as well",
      remedy: "add --capital, such as --capital 1000, or leave --rank out",
    });
  if (request.rank === "portfolio") return;
  for (const [field, flag] of Object.entries(rankRest))
    if (request[field as keyof typeof rankRest] !== undefined)
      throw new UsageError(`${flag} needs --rank portfolio`, {
        where: flag,
        expected: "--rank portfolio as well",
        remedy: `add --rank portfolio, or leave ${flag} out`,
      });
}
