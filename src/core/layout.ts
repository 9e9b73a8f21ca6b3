import { CapacityError } from "../errors.ts";
import { CACHE_LINE_BYTES } from "./abi.ts";

/** Regions of one linear memory, each at the beginning of a cache line and above page 0, so that no valid offset is near 0. */
export interface Layout<Name extends string> {
  readonly offsets: Readonly<Record<Name, number>>;
  readonly totalBytes: number;
}

const firstOffset = 65536;

/** Lays out named sizes (bytes) one after another, from an offset at the beginning of a cache line. */
export function layOut<Name extends string>(
  sizesBytes: Readonly<Record<Name, number>>,
  from: number = firstOffset,
): Layout<Name> {
  let offset = from;
  const offsets = {} as Record<Name, number>;
  for (const name in sizesBytes) {
    offsets[name] = offset;
    offset += Math.ceil(sizesBytes[name] / CACHE_LINE_BYTES) * CACHE_LINE_BYTES;
  }
  return { offsets, totalBytes: offset };
}

/** Refuses a layout that is larger than what was allowed; `toReduce` is what could be made smaller instead. */
export function requireFit(
  { totalBytes }: { readonly totalBytes: number },
  allowedBytes: number,
  what: string,
  toReduce = "space",
): void {
  if (totalBytes <= allowedBytes) return;
  const needed = Math.ceil(totalBytes / 65536) * 65536;
  throw new CapacityError("CAPACITY_MEMORY", `${what} does not fit the engine's memory`, needed, {
    found: `--memory ${formatBytes(allowedBytes)}`,
    expected: `at least ${formatBytes(needed)}`,
    remedy: `use --memory ${Math.ceil(needed / 1024)}kb or more, or a smaller ${toReduce}`,
  });
}

function formatBytes(bytes: number): string {
  return bytes >= 1048576 ? `${(bytes / 1048576).toFixed(1)} MiB` : `${Math.ceil(bytes / 1024)} KiB`;
}
