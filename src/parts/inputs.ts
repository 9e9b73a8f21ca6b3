import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { selectCandleFiles } from "../candles/folder.ts";
import { listFundingFiles } from "../candles/funding.ts";
import { InputError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { opening } from "../opening.ts";
import { writeWhole } from "../wholeFile.ts";

/** A file of a job's `inputs/`, by its path in the job's folder. */
export interface CopiedFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Copies of everything that a search reads; each stands in a folder named after its content, under its own name. */
export interface CopiedInputs {
  readonly candles: { readonly folder: string; readonly files: readonly CopiedFile[] };
  readonly opportunities: CopiedFile;
  readonly space: CopiedFile;
}

/** A file that is to be copied, or a value to be written as one: the name of the copy, and its content, the same each time. */
export interface InputSource {
  readonly name: string;
  blocks(): AsyncIterable<Uint8Array | string>;
}

/** What a search reads. */
interface Sources {
  readonly candles: readonly InputSource[];
  readonly opportunities: InputSource;
  readonly space: InputSource;
}

/** A file as it is. */
export function fileSource(path: string): InputSource {
  return {
    name: basename(path),
    async *blocks() {
      for await (const block of await streamOf(path)) yield block as Buffer;
    },
  };
}

/** The candle files that a market is read from, and those of its funding rates if they count. */
export async function candleFilesOf(
  folder: string,
  timeframeMs: number,
  { symbols, withFunding }: { readonly symbols: readonly string[] | undefined; readonly withFunding: boolean },
): Promise<string[]> {
  const series = await selectCandleFiles(folder, timeframeMs, symbols);
  const paths = series.flatMap(({ files }) => files.map(({ path }) => path));
  const funding = withFunding ? [...(await listFundingFiles(folder)).values()].map(({ path }) => path) : [];
  return [...new Set([...paths, ...funding])].sort();
}

/** Copies what a search reads into a job's folder, or writes it there. A copy that is there already, by its content, is not written again. Throws the system's error. */
export async function copyInputs(job: string, { candles, opportunities, space }: Sources): Promise<CopiedInputs> {
  const named: [string, string][] = [];
  for (const source of candles) named.push([source.name, (await hashOf(source)).sha256]);
  const list = createHash("sha256").update(JSON.stringify(named));
  const folder = `inputs/${list.digest("hex").slice(0, 16)}`;
  const files: CopiedFile[] = [];
  for (const source of candles) files.push(await copied(job, source, folder));
  return {
    candles: { folder, files },
    opportunities: await copied(job, opportunities),
    space: await copied(job, space),
  };
}

async function copied(job: string, source: InputSource, folder?: string): Promise<CopiedFile> {
  const original = await hashOf(source);
  const path = `${folder ?? `inputs/${original.sha256.slice(0, 16)}`}/${source.name}`;
  const target = join(job, path);
  const there = await hashOf(fileSource(target)).catch(() => null);
  if (there?.sha256 !== original.sha256) {
    await makeFolder(join(target, ".."));
    await writeWhole(target, async (file) => {
      for await (const block of source.blocks()) await file.append(block);
    });
  }
  return { path, ...original };
}

/** The inputs of a search that reads a job's copies. */
export function copiesIn(
  job: string,
  { candles, opportunities, space }: CopiedInputs,
): Readonly<Record<"candles" | "opportunities" | "spaceFile", string>> {
  return {
    candles: join(job, candles.folder),
    opportunities: join(job, opportunities.path),
    spaceFile: join(job, space.path),
  };
}

/** Throws InputError JOB_INPUT unless every copy is as the manifest says. */
export async function checkInputs(job: string, { candles, opportunities, space }: CopiedInputs): Promise<void> {
  for (const { path, sha256, bytes } of [...candles.files, opportunities, space]) {
    const found = await hashOf(fileSource(join(job, path))).catch(
      (error: NodeJS.ErrnoException) => error.code ?? error.message,
    );
    if (typeof found === "string" || found.sha256 !== sha256)
      throw new InputError("JOB_INPUT", "an input of the job is not the file that was copied", {
        where: join(job, path),
        found: typeof found === "string" ? found : `${found.bytes} bytes, sha256 ${found.sha256}`,
        expected: `${bytes} bytes, sha256 ${sha256}`,
        remedy: "copy the job's folder again, or run sluice split again with the same flags",
      });
  }
}

export function bytesOf({ candles, opportunities, space }: CopiedInputs): number {
  return [...candles.files, opportunities, space].reduce((sum, { bytes }) => sum + bytes, 0);
}

async function hashOf(source: InputSource): Promise<Pick<CopiedFile, "sha256" | "bytes">> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const block of source.blocks()) {
    hash.update(block);
    bytes += typeof block === "string" ? Buffer.byteLength(block) : block.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}

/** A file's bytes, once it is known to be there. */
function streamOf(path: string): Promise<NodeJS.ReadableStream> {
  return opening(async () => {
    await stat(path);
    return createReadStream(path);
  });
}
