import { CapacityError } from "../errors.ts";
import { nodeModule } from "../nodeModule.ts";

/** Peak memory of one set of a leaderboard: its figures, their copy for another thread, and their JSON. Measured on Node 20. */
const leaderBytes = 8 * 2 ** 10;
/** Walking the trades of one leader, for each opportunity that takes part, milliseconds. */
const leaderMilliseconds = 8e-5;
/** V8's longest text is 2^29 characters: with more sets than fit here the JSON of a result could be longer. */
const mostBytes = 2 * 2 ** 30;
/** What a leaderboard may take of the memory that V8 gives a thread. */
const heapShare = 0.75;

/** A leaderboard's places, the memory that they take, and the time it takes to walk them. */
export interface LeaderboardSize {
  /** Its places: no more than the space has sets. */
  readonly sets: number;
  /** Memory of its places outside the engine. */
  readonly bytes: number;
  /** Of walking the trades of its places. */
  readonly milliseconds: number;
}

/** What a leaderboard of `top` places costs, in a space of so many sets of which each captures at most `rows` opportunities. */
export function leaderboardSize(top: number, sets: number, rows: number): LeaderboardSize {
  const places = Math.min(top, sets);
  return { sets: places, bytes: places * leaderBytes, milliseconds: places * rows * leaderMilliseconds };
}

/** Refuses a leaderboard that no result could hold. Throws CapacityError. */
export function requireLeaderboard(top: number, sets: number, heapBytes = heapLimit()): void {
  const { bytes, sets: places } = leaderboardSize(top, sets, 0);
  const allowed = Math.min(mostBytes, heapBytes * heapShare);
  if (bytes <= allowed) return;
  const most = Math.floor(allowed / leaderBytes);
  throw new CapacityError("CAPACITY_LEADERBOARD", "the leaderboard does not fit the memory", bytes, {
    where: `--top ${top}`,
    found: `${places} sets, ${Math.ceil(bytes / 2 ** 20)} MiB`,
    expected: `at most ${most} sets, ${Math.floor(allowed / 2 ** 20)} MiB`,
    remedy: "use a smaller --top",
  });
}

/** The memory that the engine gives this thread; a browser does not say, and gives about as much as fits the longest text. */
function heapLimit(): number {
  return nodeModule("node:v8")?.getHeapStatistics().heap_size_limit ?? mostBytes;
}
