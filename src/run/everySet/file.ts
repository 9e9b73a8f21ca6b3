import { setImmediate } from "node:timers/promises";
import { InputError } from "../../errors.ts";
import { everySet } from "../../search/everySet.ts";
import type { AllSets } from "../../search/result.ts";
import type { SearchTask } from "../../search/searchTask.ts";
import { orderSpace } from "../../space/order.ts";
import { NotReplaceable, targetFile } from "../../targetFile.ts";
import { type GrowingFile, writeWhole } from "../../wholeFile.ts";
import type { Session } from "../session.ts";
import { setColumnsOf } from "./columns.ts";
import { writeSetsCsv } from "./csv.ts";
import { parquetLibrary, writeSetsParquet } from "./parquet.ts";

/** Formats of a file of every set, by the end of its name. */
export type AllFormat = "csv" | "parquet";

/** The format that a path asks for. Throws InputError. */
export function allFormatOf(path: string): AllFormat {
  const found = /\.(csv|parquet)$/i.exec(path)?.[1]?.toLowerCase();
  if (found) return found as AllFormat;
  throw new InputError("ALL_FORMAT", "the format of a file of every set is told by its name", {
    where: `--all ${path}`,
    found: path,
    expected: "a name that ends in .csv or .parquet",
    remedy: "choose another name",
  });
}

/** Refuses, before any work, a path at which every set could not be written later, and a format whose writer is missing. */
export async function checkAll(path: string): Promise<void> {
  if (allFormatOf(path) === "parquet") await parquetLibrary(path);
  await targetFile(path).catch((cause: unknown) => {
    throw asUnwritable(path, cause);
  });
}

/** Writes every set of a search's space with its figures, in the space's order and in bounded memory: the file is complete or missing. */
export async function saveEverySet(path: string, task: SearchTask, session: Session): Promise<AllSets> {
  const { sets } = orderSpace(task.space);
  const columns = setColumnsOf(task);
  const library = allFormatOf(path) === "parquet" ? await parquetLibrary(path) : null;
  let done = 0;
  let bytes = 0;
  const counted = function* () {
    for (const set of everySet({ ...task, onTile: session.beat })) {
      done = set.index + 1;
      yield set;
    }
  };
  const beat = async (): Promise<void> => {
    session.say("sets", "writing every set", done / sets);
    await setImmediate();
    session.checkAborted();
  };
  const fill = async (whole: GrowingFile): Promise<void> => {
    const file: GrowingFile = {
      async append(data) {
        bytes += typeof data === "string" ? Buffer.byteLength(data) : data.length;
        await whole.append(data);
      },
    };
    if (library) await writeSetsParquet(file, counted(), columns, library, beat);
    else await writeSetsCsv(file, counted(), columns, beat);
  };
  session.say("sets", "writing every set", 0);
  await session.withFiles(() =>
    writeWhole(path, fill).catch((cause: unknown) => {
      throw asUnwritable(path, cause);
    }),
  );
  return { file: path, sets, bytes };
}

/** A file system error as an InputError with a remedy; any other error unchanged. */
function asUnwritable(path: string, cause: unknown): unknown {
  if ((cause as NodeJS.ErrnoException).syscall === undefined && !(cause instanceof NotReplaceable)) return cause;
  return new InputError(
    "ALL_UNWRITABLE",
    "the file of every set cannot be written",
    {
      where: `--all ${path}`,
      found: (cause as Error).message,
      expected: "a file in a writable folder, and the room that `sluice plan` says it takes",
      remedy: "choose another file, free disk space or fix the permissions",
    },
    { cause },
  );
}
