import type { Board } from "./board.ts";
import { keyTolerance } from "./keys.ts";
import type { SearchTask } from "./searchTask.ts";

/** Times within one sweep that its leaderboard is looked at: early enough to know what is to come, and rarely enough to cost nothing. */
const looks = 16;

/**
 * Tells, while sets are swept, whether as it stands all that are kept could have the last place: sets that cannot be told apart by their sums, of which there may be more. If it stays so, they are swept again, and more
 * are kept.
 */
export class TieWatch {
  private looked = 0;

  constructor(
    private readonly task: SearchTask,
    /** Sets that are kept. */
    private readonly capacity: number,
    /** Of the sweeps before, where there are several. */
    private readonly board: Board,
  ) {}

  /** After a part of a sweep, 0-1; `keys` are those that it has kept. */
  look(walked: number, keys: () => readonly number[]): void {
    const { onTies, top, objective } = this.task;
    const part = Math.floor(walked * looks);
    if (!onTies || part === this.looked) return;
    this.looked = part;
    const kept = [...this.board.sorted().map(({ key }) => key), ...keys()].sort((a, b) => b - a);
    const [last, worst] = [kept[top - 1], kept[this.capacity - 1]];
    onTies(last !== undefined && worst !== undefined && worst >= last - keyTolerance(objective, last));
  }
}
