import { type FileHandle, open, readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "../errors.ts";
import { targetFile } from "../targetFile.ts";
import { putInPlace } from "../wholeFile.ts";
import { type Row, rowText } from "./rows.ts";
import { headerLine, heldBlocks, type Survey, survey } from "./survey.ts";

/*
 * A candle file grows beside its place, as `NAME.csv.from-FIRST.part`, and takes the place of NAME.csv once it is complete: whatever moment the process
 * is killed at, NAME.csv is as it was. The part stays and is continued. Its last line may then be cut, and is dropped. FIRST is the open time that it
 * begins at or was asked to begin at, so that a part is only continued by a fetch that needs no earlier candles.
 */

/** Text that is gathered before it is written, characters. */
const blockChars = 1 << 18;

/** Which file is made, and from what. */
export interface PartPlace {
  /** The file whose place the part will take. */
  readonly path: string;
  readonly timeframeMs: number;
  /** Open time, epoch ms, of the first candle that is wanted. */
  readonly beginMs: number;
  /** What the file holds now; null without a file. */
  readonly held: Survey | null;
}

/** A candle file in the making. */
export class Part {
  private handle: FileHandle | null = null;

  private constructor(
    private readonly place: PartPlace,
    private readonly path: string,
    /** Open time of its last candle, epoch ms; null if it has none. */
    public lastMs: number | null,
  ) {}

  /** The part of an earlier fetch that did not end, or a new one, which exists once something is appended. Parts of no use are removed. */
  static async open(place: PartPlace): Promise<Part> {
    const folder = dirname(place.path);
    const target = await stat(place.path).catch(() => null);
    let found: Part | null = null;
    for (const name of await readdir(folder)) {
      const beginMs = beginOf(name, place.path);
      if (beginMs === null) continue;
      const path = join(folder, name);
      const isUsable = !found && beginMs <= place.beginMs && (!target || (await stat(path)).mtimeMs >= target.mtimeMs);
      const rows = isUsable ? await surveyOfPart(path, place.timeframeMs) : null;
      if (rows) found = new Part(place, path, rows.lastMs);
      else await rm(path, { force: true });
    }
    return found ?? new Part(place, `${place.path}.from-${place.beginMs}.part`, null);
  }

  /** Adds candles after the last one. */
  async append(rows: readonly Row[]): Promise<void> {
    await this.write(rows.map((row) => `${rowText(row)}\n`).join(""));
    this.lastMs = rows.at(-1)![0];
  }

  /** Adds what the file holds, as far as the part does not have it yet. */
  async appendHeld(): Promise<void> {
    const { held, path } = this.place;
    if (!held || (this.lastMs !== null && this.lastMs >= held.lastMs)) return;
    const after = this.lastMs ?? Number.NEGATIVE_INFINITY;
    let text = "";
    for await (const rows of heldBlocks(path)) {
      for (const row of rows) if (row.values[0] > after) text += `${row.text()}\n`;
      if (text.length < blockChars) continue;
      await this.write(text);
      text = "";
    }
    await this.write(text);
    this.lastMs = held.lastMs;
  }

  /** Puts the part in the file's place, to last, and says what it holds. Throws InputError if its rows are not in order. */
  async finish(): Promise<Survey> {
    const rows = await survey(this.path, this.place.timeframeMs);
    if (!rows) throw lost(this.path);
    const handle = await open(this.path, "r+");
    try {
      const target = await stat(this.place.path).catch(() => null);
      if (target) await handle.chmod(target.mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await putInPlace({ path: this.path }, await targetFile(this.place.path));
    return rows;
  }

  /** Lets go of the file; what was written stays. */
  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = null;
  }

  private async write(text: string): Promise<void> {
    if (text === "") return;
    const isNew = this.handle === null && this.lastMs === null;
    this.handle ??= await open(this.path, isNew ? "w" : "a");
    await this.handle.appendFile(isNew ? `${headerLine}\n${text}` : text);
  }
}

function lost(path: string): InputError {
  return new InputError("FETCH_EMPTY", "the candles that were fetched are not in their file any more", {
    where: path,
    found: "no candle",
    expected: "the candles of this fetch",
    remedy: "run again, and let no other program write to the folder",
  });
}

/** The first open time in the name of a part of a file; null for any other name. */
function beginOf(name: string, path: string): number | null {
  const [, digits] = /^\.from-(-?\d{1,16})\.part$/.exec(name.slice(basename(path).length)) ?? [];
  return digits !== undefined && name.startsWith(basename(path)) ? Number(digits) : null;
}

/** What a part holds once a cut last line is dropped; null if nothing of it can be used. */
async function surveyOfPart(path: string, timeframeMs: number): Promise<Survey | null> {
  await dropCutLine(path);
  return survey(path, timeframeMs).catch((error: unknown) => {
    // A power cut may leave anything behind; the candles are fetched again.
    if (error instanceof InputError) return null;
    throw error;
  });
}

async function dropCutLine(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, 1 << 16));
    await handle.read(tail, 0, tail.length, size - tail.length);
    await handle.truncate(size - tail.length + tail.lastIndexOf(10) + 1);
  } finally {
    await handle.close();
  }
}
