import type { MemorySample } from "../run/results.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { megabytes } from "../words/figures.ts";
import { label, paragraph, unbroken } from "./lines.ts";

/** Resident memory at the end of every phase, the highest sample, and the core's own. Empty if nothing was sampled. */
export function memoryLines(samples: readonly MemorySample[], { details: words, list }: Texts = en): string[] {
  if (samples.length === 0) return [];
  const ends = new Map(samples.filter((sample) => sample.event === "end").map((sample) => [sample.phase, sample.rss]));
  const phases = [...ends].map(([phase, rss]) => unbroken(`${phase} ${megabytes(rss)}`));
  const peak = unbroken(words.peak(megabytes(Math.max(...samples.map((sample) => sample.rss)))));
  const core = Math.max(...samples.map((sample) => sample.linear_memory));
  const parts = [...phases, peak, ...(core > 0 ? [unbroken(words.core(megabytes(core)))] : [])];
  return paragraph(label(words.memory), parts.join(list));
}
