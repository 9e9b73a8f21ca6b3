import type { OverviewData } from "./overview.ts";

/** What each part shows, by its id: the server's part makes it and the client's renderer of the same id takes it. */
export interface PartData {
  readonly overview: OverviewData;
}

export type PartId = keyof PartData;
