import { setTimeout as pause } from "node:timers/promises";
import { InputError } from "../errors.ts";
import { isFileFault } from "./fileFaults.ts";
import { breakLock, type HeldLock, holderOf, lockFolderOf, lookAt, type Seen, take } from "./lockFolder.ts";
import { quoted } from "./quoted.ts";

/** A holder that shows no sign of life for this long is dead; shorter than the wait, so that one killed run does not fail the next. */
const deadAfterMs = 5_000;
/** A lock this old is dead without watching: no two clocks differ that much. A lock from the future is watched. */
const surelyDeadMs = 60_000;
const renewMs = 1_000;
const retryMs = 100;
/** A wait is given up within this time. */
const listenMs = 20;

export interface LockOptions {
  /** How long to wait for another run, milliseconds; default 10,000. */
  readonly lockTimeoutMs?: number;
  /** Called once if another run holds the lock and this one must wait. */
  readonly onWait?: () => void;
  /** Called repeatedly while waiting; may throw to give up. */
  readonly whileWaiting?: () => void;
}

/**
 * Does `work` while no other run may save this file (a folder `FILE.lock` beside it). `assertHeld` rejects if the lock was lost, for example while
 * the machine slept: call it before the step that cannot be undone. Throws InputError if the file stays locked.
 */
export async function underLock<T>(
  realPath: string,
  options: LockOptions,
  work: (assertHeld: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const lock = await acquire(realPath, options).catch((cause: Error) => {
    throw isFileFault(cause) ? unlockable(realPath, cause) : cause;
  });
  const renewing = setInterval(() => void lock.renew().catch(() => {}), renewMs).unref();
  try {
    return await work(async () => {
      // A lock that cannot be renewed may belong to another run in a moment.
      const isHeld = await lock.renew().catch((cause: Error) => {
        throw unlockable(realPath, cause);
      });
      if (!isHeld) throw locked(realPath, "another run took over the lock");
    });
  } finally {
    clearInterval(renewing);
    await lock.release();
  }
}

async function acquire(realPath: string, options: LockOptions): Promise<HeldLock> {
  const until = performance.now() + (options.lockTimeoutMs ?? 10_000);
  const watch = new Watch();
  let hasSaid = false;
  for (;;) {
    let seen = await lookAt(realPath);
    if (seen.kind === "held" && watch.isDead(seen)) {
      await breakLock(realPath, seen.note);
      seen = await lookAt(realPath);
    }
    const lock = seen.kind === "free" ? await take(realPath) : null;
    if (lock) return lock;
    if (performance.now() >= until)
      throw seen.kind === "foreign" ? foreign(realPath, seen.found) : await busy(realPath);
    if (!hasSaid) options.onWait?.();
    hasSaid = true;
    for (let waitedMs = 0; waitedMs < retryMs; waitedMs += listenMs) {
      options.whileWaiting?.();
      await pause(listenMs);
    }
  }
}

/**
 * Tells a dead holder from a live one by the signs of life that this process saw, so that the clocks of two machines need not agree and
 * may be adjusted: a live holder renews its lock every second.
 */
class Watch {
  private sign = "";
  private since = 0;

  isDead({ sign, changedMs }: Extract<Seen, { kind: "held" }>): boolean {
    const now = performance.now();
    if (sign !== this.sign) this.since = now;
    this.sign = sign;
    return now - this.since >= deadAfterMs || Date.now() - changedMs >= surelyDeadMs;
  }
}

async function busy(realPath: string): Promise<InputError> {
  const holder = await holderOf(realPath);
  return locked(realPath, lockFolderOf(realPath) + (holder && ` of ${quoted(holder, 200)}`));
}

function locked(realPath: string, found: string): InputError {
  return new InputError("CONFIG_LOCKED", "another run is saving this config", {
    where: realPath,
    found,
    expected: "one run at a time",
    remedy: "nothing was written; run again when the other run has finished",
  });
}

/** Something that no run created and none will remove. */
function foreign(realPath: string, found: string): InputError {
  const folder = lockFolderOf(realPath);
  return new InputError("CONFIG_LOCKED", `${quoted(folder, 200)} exists but was not made by Sluice`, {
    where: folder,
    found,
    expected: "nothing, or another run's lock folder",
    remedy: "nothing was written; move it away and run again",
  });
}

function unlockable(realPath: string, cause: Error): InputError {
  return new InputError(
    "CONFIG_READ_ONLY",
    "the config cannot be locked for saving",
    {
      where: realPath,
      found: quoted(cause.message, 200),
      remedy: "nothing was written; check the permissions of its folder and the disk space",
    },
    { cause },
  );
}
