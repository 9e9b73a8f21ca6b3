import { open } from "node:fs/promises";
import * as v from "valibot";
import { chunksOf } from "../config/source.ts";
import { InputError } from "../errors.ts";
import { JsonFault } from "../json/jsonScanner.ts";
import { JsonPick, type Wanted } from "../json/pick.ts";
import { closing, opening } from "../opening.ts";
import { escaped, quoted } from "../text.ts";
import type { OptimizeResult } from "./results.ts";

/** Some values of a result.json, which is read once and held only as far as they need. Throws InputError if it is not whole JSON. */
export async function pickFrom(file: string, wanted: Wanted): Promise<unknown> {
  const pick = new JsonPick(wanted);
  const handle = await opening(() => open(file, "r")).catch((cause: Error) => {
    throw unreadable(file, cause.message, cause);
  });
  try {
    for await (const chunk of chunksOf(handle)) pick.write(chunk);
    return pick.end();
  } catch (cause) {
    if (!(cause instanceof JsonFault)) throw cause;
    throw unreadable(file, `${quoted(cause.found)} at byte ${cause.offset}, expected ${cause.expected}`, cause);
  } finally {
    await closing(handle);
  }
}

/** The parts of a result that others than its own report read; what else it has depends on its version. */
const resultSchema = v.looseObject({
  version: v.string(),
  fingerprint: v.string(),
  phase1: v.looseObject({ symbols: v.number(), from: v.number(), to: v.number() }),
  runs: v.array(
    v.looseObject({
      config: v.nullable(v.string()),
      phase4: v.looseObject({
        overall: v.string(),
        types: v.record(v.string(), v.looseObject({ verdict: v.string() })),
      }),
      decision: v.record(v.string(), v.looseObject({ advice: v.string(), applied: v.nullable(v.string()) })),
      changed: v.boolean(),
    }),
  ),
});

/** A whole result.json, as it is. Throws InputError if it is not the result of a run. */
export async function readResult(file: string): Promise<OptimizeResult> {
  const found = await pickFrom(file, { "*": true });
  asResult(file, found);
  return found as OptimizeResult;
}

/** The checked values of a result, or of a part of one that has all of `resultSchema`. Throws InputError. */
export function asResult(file: string, found: unknown): v.InferOutput<typeof resultSchema> {
  const checked = v.safeParse(resultSchema, found);
  if (checked.success) return checked.output;
  const [issue] = checked.issues;
  throw unreadable(file, `${issue.received} at ${v.getDotPath(issue) ?? "its beginning"}`);
}

function unreadable(file: string, found: string, cause?: unknown): InputError {
  return new InputError(
    "RUN_UNREADABLE",
    "not the result of a run",
    {
      where: escaped(file),
      found: escaped(found),
      expected: "a complete result.json of optimize or demo",
      remedy: "name the folder of another run; `sluice list` shows them",
    },
    cause === undefined ? undefined : { cause },
  );
}
