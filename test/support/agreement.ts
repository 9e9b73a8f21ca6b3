import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { optimize } from "../../src/run/optimize.ts";
import type { OptimizeRequest } from "../../src/run/request.ts";
import { validate } from "../../src/run/validate.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import type { Verdict } from "../../src/validation/result.ts";

/** What a run says of one type, and what `validate` was asked of it. */
export interface Agreed {
  readonly verdicts: readonly Verdict[];
  readonly applied: string | null;
}

/** Runs optimize, then validate on every set that it judged for one type, and expects both to say the same. Files are written to `folder`. */
export async function expectAgreement(
  folder: string,
  request: OptimizeRequest & { readonly signals: string },
  type: string,
  current: Parameters | null,
): Promise<Agreed> {
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const configs = current ? [file("current-bot.json", { [`${type}_params`]: current })] : [];
  const { runs, fingerprint } = await optimize({ ...request, configs, dryRun: true });
  expect(fingerprint).toMatch(/^[0-9a-f]{32}$/);
  const { signals: opportunities, ...rest } = request;
  const verdicts: Verdict[] = [];
  for (const { candidate, params, suggestion: _, ...judged } of runs[0]!.phase4.types[type]!.candidates) {
    if (candidate === "current") continue;
    const alone = await validate({
      ...rest,
      opportunities,
      type,
      paramsFile: file("judged.json", params),
      ...(current && { currentFile: file("current.json", current) }),
    });
    expect(alone.found_by).toBe(candidate);
    for (const key of ["verdict", "reason", "tests", "walk_forward", "baselines", "breakdown", "gate"] as const)
      expect(alone[key], `${candidate}, ${key}`).toEqual(judged[key]);
    verdicts.push(alone.verdict);
  }
  return { verdicts, applied: runs[0]!.decision[type]!.applied };
}
