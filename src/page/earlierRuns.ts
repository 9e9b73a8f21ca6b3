import { stat } from "node:fs/promises";
import { InputError } from "../errors.ts";
import type { ListedRun } from "../run/answers.ts";
import { listRuns } from "../run/listRuns.ts";
import type { FinishedRun } from "../run/optimizeCall.ts";

const mostRuns = 30;

/**
 * Runs before this one, the newest first: of its report folder's history, and of its configs' ledgers. What cannot be read is left out: a report is not
 * refused for the sake of another.
 */
export async function earlierRuns(
  out: string | undefined,
  { request, nowMs }: FinishedRun,
): Promise<readonly ListedRun[]> {
  const isThere = out !== undefined && (await stat(out).catch(() => null)) !== null;
  const configs = request.configs ?? [];
  if (!isThere && configs.length === 0) return [];
  try {
    const { runs } = await listRuns({ folders: isThere ? [out] : [], configs, limit: mostRuns + 1, nowMs });
    return runs.filter(({ time }) => Math.floor(time / 1000) !== Math.floor(nowMs / 1000)).slice(0, mostRuns);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [];
  }
}
