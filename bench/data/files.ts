import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Candles, type Market, type Space, writeOpportunities } from "../engine.ts";
import type { Opportunities } from "./opportunities.ts";

/** What the command reads: a folder of candles, a CSV of opportunities, a space. */
export interface Files {
  readonly candles: string;
  readonly opportunities: string;
  readonly space: string;
  remove(): Promise<void>;
}

/** Writes a search's input into a folder of its own under the system's temporary one; the candles only where no folder holds them already. */
export async function writeFiles(
  market: Market,
  candles: string | undefined,
  { table }: Opportunities,
  space: Space,
): Promise<Files> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  const made = join(folder, "candles");
  if (candles === undefined) {
    await mkdir(made);
    for (const series of market.bySymbol.values())
      await writeFile(join(made, `${series.symbol}-15m.csv`), candleText(series));
  }
  const opportunities = join(folder, "opportunities.csv");
  await writeOpportunities(opportunities, table);
  const spaceFile = join(folder, "space.json");
  await writeFile(spaceFile, JSON.stringify(space));
  return {
    candles: candles ?? made,
    opportunities,
    space: spaceFile,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function candleText({ count, firstOpenTimeMs, timeframeMs, open, high, low, close, volume }: Candles): string {
  const lines = ["timestamp,open,high,low,close,volume"];
  for (let bar = 0; bar < count; bar++)
    lines.push(
      [firstOpenTimeMs + bar * timeframeMs, open[bar], high[bar], low[bar], close[bar], volume[bar]].join(","),
    );
  return `${lines.join("\n")}\n`;
}
