import { type ReplayTask, SetReplayer } from "../search/setReplayer.ts";

/** Replays sets over one part, and releases the replayer's memory afterwards. */
export function withReplayer<T>(task: ReplayTask, use: (replayer: SetReplayer) => T): T {
  const replayer = new SetReplayer(task);
  try {
    return use(replayer);
  } finally {
    replayer.release();
  }
}
