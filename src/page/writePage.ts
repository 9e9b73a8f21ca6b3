import { pageBeginning } from "../run/ours.ts";
import { type GrowingFile, writeWhole } from "../wholeFile.ts";
import { type Assets, loadAssets } from "./assets.ts";
import type { FrameData } from "./data/frame.ts";
import { compactJson } from "./json.ts";
import { partsOf } from "./parts/list.ts";
import type { PageSource } from "./source.ts";

/**
 * Writes a run's page: one file that needs no other and no network. Parts are written one after another, so that only one is held as text; the
 * file is whole or not there. Throws the system's error.
 */
export async function writePage(path: string, source: PageSource): Promise<void> {
  const assets = await loadAssets();
  await writeWhole(path, (file) => fillPage(file, source, assets));
}

async function fillPage(file: GrowingFile, source: PageSource, assets: Assets): Promise<void> {
  await file.append(headOf(source, assets));
  const shown: FrameData["parts"][number][] = [];
  for (const { id, heading, data } of partsOf[source.verb]) {
    const found = data(source);
    if (found === null) continue;
    shown.push({ id, heading: heading(source.texts.page, source.verb) });
    await file.append(block(`part-${id}`, found));
  }
  const { verb, headline, identity } = source;
  await file.append(block("frame", { verb, headline, identity, parts: shown } satisfies FrameData));
  await file.append(`<script>${assets.script}</script>\n</body>\n</html>\n`);
}

/** Nothing of the user's stands in the markup: names and texts are data, which the script shows as text. */
function headOf({ version, texts }: PageSource, { script: _, style, policy }: Assets): string {
  return `${pageBeginning(texts.locale)}${version.replace(/[^\w.+-]/g, "")}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${texts.page.title}</title>
<style>${style}</style>
</head>
<body>
<noscript>${texts.page.noScript}</noscript>
<main id="page"></main>
`;
}

function block(id: string, data: unknown): string {
  return `<script type="application/json" id="${id}">${compactJson(data)}</script>\n`;
}
