import type { OptimizeOptions } from "../run/optimizeCall.ts";
import type { InspectRequest } from "../run/request.ts";

/** A run that can write its report. */
async function withReport<Request, Result>(
  run: (request: Request, options: OptimizeOptions) => Promise<Result>,
): Promise<(request: Request, options: OptimizeOptions) => Promise<Result>> {
  const { saveRun } = await import("../page/saveRun.ts");
  return (request, options) => run(request, { ...options, saveReport: saveRun });
}

/** What the library does on a thread of its own; each loads only its own part. */
export const jobs = {
  optimize: async () => withReport((await import("../run/optimize.ts")).optimize),
  rehearse: async () => (await import("../run/rehearse.ts")).rehearse,
  demo: async () => withReport((await import("../run/demo.ts")).demo),
  scan: async () => (await import("../run/scan.ts")).scan,
  search: async () => (await import("../run/search.ts")).search,
  simulate: async () => (await import("../run/simulate.ts")).simulate,
  validate: async () => (await import("../run/validate.ts")).validate,
  plan: async () => (await import("../run/plan.ts")).plan,
  convert: async () => (await import("../run/convert.ts")).convert,
  exportParameters: async () => (await import("../run/export.ts")).exportParameters,
  listRuns: async () => (await import("../run/listRuns.ts")).listRuns,
  showRun: async () => (await import("../run/showRun.ts")).showRun,
  diffRuns: async () => (await import("../run/diffRuns.ts")).diffRuns,
  inspectCandles: async () => {
    const { inspectCandles } = await import("../candles/inspect.ts");
    return ({ path, ...options }: InspectRequest) => inspectCandles(path, options);
  },
};

export type JobName = keyof typeof jobs;

type Job<Name extends JobName> = Awaited<ReturnType<(typeof jobs)[Name]>>;

export type ResultOf<Name extends JobName> = Awaited<ReturnType<Job<Name>>>;
