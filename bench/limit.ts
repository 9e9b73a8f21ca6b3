import type { BenchTask } from "./data/task.ts";
import { type SearchOutcome, searchTable } from "./engine.ts";

/** A call that went beyond the limit and was stopped. */
export class TooLong extends Error {
  constructor(readonly seconds: number) {
    super(`stopped after ${seconds} s`);
  }
}

/** A search that is stopped between two tiles once it has taken so long. */
export async function searchWithin(task: BenchTask, seconds: number): Promise<SearchOutcome> {
  const end = performance.now() + seconds * 1000;
  const onTile = (): void => {
    if (performance.now() > end) throw new TooLong(seconds);
  };
  return await searchTable({ ...task, onTile });
}

/** What `run` gives, or null if it takes too long, which `notes` then say. */
export async function unlessTooLong<T>(what: string, notes: string[], run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    notes.push(`${what}: ${error.message}, not measured`);
    return null;
  }
}
