import type { OverviewData } from "./overview.ts";
import type { TradesData } from "./trades.ts";
import type { TrustData } from "./trust.ts";

/** What each part shows, by its id: the server's part makes it and the client's renderer of the same id takes it. */
export interface PartData {
  readonly overview: OverviewData;
  readonly trust: TrustData;
  readonly trades: TradesData;
}

export type PartId = keyof PartData;
