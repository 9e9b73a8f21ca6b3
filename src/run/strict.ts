import { isBelievable } from "../validation/believable.ts";
import type { ConfigRun } from "./results.ts";

/**
 * Why `--strict` forbids every save of a run, in words; null if it does not. Called once all configs are judged and before the first is
 * saved: the run then ends with exit code 5, which means that no config was written.
 */
export function strictRefusal(
  strict: boolean | undefined,
  runs: readonly Pick<ConfigRun, "config" | "phase4">[],
): string | null {
  const refused = strict ? runs.find(({ phase4 }) => !isBelievable(phase4.overall)) : undefined;
  if (!refused) return null;
  const whose = runs.length > 1 ? ` of ${refused.config}` : "";
  return `--strict, and the overall verdict${whose} is ${refused.phase4.overall}`;
}
