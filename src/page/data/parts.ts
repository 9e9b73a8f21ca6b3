import type { OverviewData } from "./overview.ts";
import type { TrustData } from "./trust.ts";

/** What each part shows, by its id: the server's part makes it and the client's renderer of the same id takes it. */
export interface PartData {
  readonly overview: OverviewData;
  readonly trust: TrustData;
}

export type PartId = keyof PartData;
