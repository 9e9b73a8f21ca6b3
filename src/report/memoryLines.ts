import type { MemorySample } from "../run/results.ts";
import { megabytes } from "../words/figures.ts";
import { paragraph, unbroken } from "./lines.ts";

/** Resident memory at the end of every phase, the highest sample, and the core's own. Empty if nothing was sampled. */
export function memoryLines(samples: readonly MemorySample[]): string[] {
  if (samples.length === 0) return [];
  const ends = new Map(samples.filter((sample) => sample.event === "end").map((sample) => [sample.phase, sample.rss]));
  const phases = [...ends].map(([phase, rss]) => unbroken(`${phase} ${megabytes(rss)}`));
  const peak = unbroken(`peak ${megabytes(Math.max(...samples.map((sample) => sample.rss)))}`);
  const core = Math.max(...samples.map((sample) => sample.linear_memory));
  const parts = [...phases, peak, ...(core > 0 ? [unbroken(`core ${megabytes(core)}`)] : [])];
  return paragraph("Memory   ", parts.join(", "));
}
