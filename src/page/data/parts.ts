import type { ChangesData } from "./changes.ts";
import type { FunnelData } from "./funnel.ts";
import type { LeaderboardData } from "./leaderboard.ts";
import type { MethodData } from "./method.ts";
import type { NightsData } from "./nights.ts";
import type { OverviewData } from "./overview.ts";
import type { SlidersData } from "./sliders.ts";
import type { SurfaceData } from "./surface.ts";
import type { TradesData } from "./trades.ts";
import type { TrustData } from "./trust.ts";

/** What each part shows, by its id: the server's part makes it and the client's renderer of the same id takes it. */
export interface PartData {
  readonly surface: SurfaceData;
  readonly sliders: SlidersData;
  readonly overview: OverviewData;
  readonly changes: ChangesData;
  readonly trust: TrustData;
  readonly trades: TradesData;
  readonly funnel: FunnelData;
  readonly leaderboard: LeaderboardData;
  readonly nights: NightsData;
  readonly method: MethodData;
}

export type PartId = keyof PartData;
