import { opening } from "../opening.ts";
import type { OptimizeOptions } from "../run/optimizeCall.ts";
import type { PageOptions, SavePage } from "../run/pageFile.ts";
import type { InspectRequest, RunOptions } from "../run/request.ts";

/** A run that can write its report. */
async function withReport<Request, Result>(
  run: (request: Request, options: OptimizeOptions) => Promise<Result>,
): Promise<(request: Request, options: OptimizeOptions) => Promise<Result>> {
  const saveReport: NonNullable<OptimizeOptions["saveReport"]> = async (places, finished) => {
    const { saveRun } = await opening(() => import("../page/saveRun.ts"));
    return saveRun(places, finished);
  };
  return (request, options) => run(request, { ...options, saveReport });
}

/** A call that can write a page of what it found. */
async function withPage<Request, Finished, Result>(
  run: (request: Request, options: RunOptions & PageOptions<Finished>) => Promise<Result>,
  load: () => Promise<SavePage<Finished>>,
): Promise<(request: Request, options: RunOptions) => Promise<Result>> {
  return (request, options) =>
    run(request, {
      ...options,
      savePage: async (path, finished) => (await opening(load))(path, finished, options),
    });
}

/** What the library does on a thread of its own; each loads only its own part. */
export const jobs = {
  optimize: async () => withReport((await import("../run/optimize.ts")).optimize),
  recommend: async () => withReport((await import("../run/recommend.ts")).recommend),
  rehearse: async () =>
    withPage(
      (await import("../run/rehearse.ts")).rehearse,
      async () => (await import("../page/verbs.ts")).saveRehearsal,
    ),
  demo: async () => withReport((await import("../run/demo.ts")).demo),
  scan: async () => (await import("../run/scan.ts")).scan,
  search: async () =>
    withPage((await import("../run/search.ts")).search, async () => (await import("../page/verbs.ts")).saveSearch),
  simulate: async () =>
    withPage(
      (await import("../run/simulate.ts")).simulate,
      async () => (await import("../page/verbs.ts")).saveSimulation,
    ),
  validate: async () =>
    withPage(
      (await import("../run/validate.ts")).validate,
      async () => (await import("../page/verbs.ts")).saveValidation,
    ),
  plan: async () => (await import("../run/plan.ts")).plan,
  splitSearch: async () => (await import("../parts/split.ts")).splitSearch,
  runPart: async () => (await import("../parts/part.ts")).runPart,
  mergeParts: async () => (await import("../parts/merge.ts")).mergeParts,
  jobStatus: async () => (await import("../parts/status.ts")).jobStatus,
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
