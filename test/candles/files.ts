import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { InputError } from "../../src/errors.ts";

/** Midnight of 2025-01-01 UTC: on the grid of every timeframe. */
export const start = 1_735_689_600_000;
export const step = 900_000;
export const header = "timestamp,open,high,low,close,volume";
export const options = { timeframeMs: step, lenient: false };

/** A row of the 15m grid, by its place after `start`. */
export const row = (bar: number, values = "10,12,9,11,5"): string => `${start + bar * step},${values}`;
export const rows = (count: number, first = 0): string[] => Array.from({ length: count }, (_, k) => row(first + k));

/** A folder under the system's temporary one, new for each test of the file that calls this and gone after it. */
export function temporaryFolder(): { path: (name?: string) => string; write: (name: string, text: string) => string } {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sluice-candles-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name = ""): string => join(folder, name);
  return {
    path,
    write: (name, text) => {
      writeFileSync(path(name), text);
      return path(name);
    },
  };
}

/** The InputError that a promise must end in. */
export async function refusal(promise: Promise<unknown>): Promise<InputError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}
