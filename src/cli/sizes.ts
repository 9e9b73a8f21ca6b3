import { mostLinearMemoryBytes } from "../run/limits.ts";
import { Unreadable } from "./usage.ts";

const unitBytes: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 2 ** 10,
  kib: 2 ** 10,
  mb: 2 ** 20,
  mib: 2 ** 20,
  gb: 2 ** 30,
  gib: 2 ** 30,
};

/** A memory size in bytes: `16mb`, `64kb`, `1.5gb`, or bytes without a unit. Units are powers of 1,024; fractions of a byte are refused. */
export function size(text: string): number {
  const match = /^(\d{1,15}(?:\.\d{1,9})?) ?([a-z]*)$/i.exec(text);
  const unit = match ? unitBytes[match[2]!.toLowerCase()] : undefined;
  const bytes = unit === undefined ? Number.NaN : Number(match![1]) * unit;
  if (!Number.isSafeInteger(bytes) || bytes <= 0)
    throw new Unreadable("a size such as 16mb, 64kb, 1gb or a number of bytes");
  return bytes;
}

/** A size for one linear memory: up to 4 GiB. */
export function linearMemorySize(text: string): number {
  const bytes = size(text);
  if (bytes > mostLinearMemoryBytes) throw new Unreadable("a size up to 4gb, the maximum of one linear memory");
  return bytes;
}
