import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const script = fileURLToPath(new URL("soak.mjs", import.meta.url));
const runs = 50;
/** Runs until everything is loaded and the allocator knows what it needs. */
const settling = 10;
const mebibyte = 2 ** 20;

/** Least squares: by how much a value grows from one to the next. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [covariance, variance] = [0, 0];
  for (const [k, value] of values.entries()) {
    covariance += (k - middle) * (value - mean);
    variance += (k - middle) ** 2;
  }
  return covariance / variance;
}

it(`${runs} runs in one process take no more memory, handles or descriptors than a few`, () => {
  const samples = JSON.parse(
    execFileSync(process.execPath, [script, String(runs)], { encoding: "utf8", maxBuffer: 2 ** 24 }),
  ) as { rss: number; handles: number; descriptors: number }[];
  const settled = samples.slice(settling);
  // Within what a collection more or less makes over all of them.
  expect((slope(settled.map(({ rss }) => rss)) * settled.length) / mebibyte).toBeLessThan(16);
  expect(settled.at(-1)!.handles).toBe(settled[0]!.handles);
  expect(settled.at(-1)!.descriptors).toBe(settled[0]!.descriptors);
});
