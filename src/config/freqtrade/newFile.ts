import type { Place } from "../layout.ts";
import { plainStyle, printed } from "../style.ts";

/** A new parameter file, as freqtrade's hyperopt writes one. `nowMs` is its time, epoch ms. */
export function newFreqtradeFile(strategy: string, places: readonly Place[], nowMs: number): string {
  const file: Record<string, unknown> = { strategy_name: strategy, params: {}, ft_stratparam_v: 1 };
  for (const { path, value } of places) {
    let inner = file;
    for (const key of path.slice(0, -1)) {
      inner[key] ??= {};
      inner = inner[key] as Record<string, unknown>;
    }
    inner[path.at(-1)!] = value;
  }
  const iso = new Date(nowMs).toISOString();
  file["export_time"] = `${iso.slice(0, 10)} ${iso.slice(11, 23)}000+00:00`;
  return `${printed(file, plainStyle, 0)}\n`;
}
