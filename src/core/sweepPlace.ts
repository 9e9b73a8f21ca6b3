import type { Core } from "./instance.ts";
import type { SweepJob } from "./sweepJob.ts";
import type { Region, SweepPlan } from "./sweepLayout.ts";

/** Where one thread works on a sweep: the job, the memory that it is laid out in, and the regions of that which are all threads' or this one's own. */
export interface SweepPlace {
  readonly core: Core;
  readonly memory: WebAssembly.Memory;
  readonly job: SweepJob;
  readonly plan: SweepPlan;
  readonly at: Readonly<Record<Region, number>>;
}
