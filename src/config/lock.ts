import { setTimeout as pause } from "node:timers/promises";
import lockfile from "proper-lockfile";
import { InputError } from "../errors.ts";
import { quoted } from "./quoted.ts";

/** A holder that has not renewed its lock for so long is dead; shorter than the wait, so that one killed run does not fail the next. */
const staleMs = 5_000;
const renewMs = 1_000;
const retryMs = 100;

export interface LockOptions {
  /** How long to wait for another run; 10 s unless said. */
  readonly lockTimeoutMs?: number;
  /** Called once where the lock is held by another and has to be waited for. */
  readonly onWait?: () => void;
  /** Called again and again while waiting; may throw to give up. */
  readonly whileWaiting?: () => void;
}

/**
 * Does `work` while no other run may save this file (a folder `FILE.lock` beside it). `assertHeld` throws where the lock was lost, as when
 * the machine slept: to be asked before the step that cannot be taken back. Throws InputError where it stays locked.
 */
export async function underLock<T>(
  realPath: string,
  options: LockOptions,
  work: (assertHeld: () => void) => Promise<T>,
): Promise<T> {
  let isHeld = true;
  const release = await acquire(realPath, options, () => {
    isHeld = false;
  });
  try {
    return await work(() => {
      if (!isHeld) throw locked(realPath, "the lock was lost to another run");
    });
  } finally {
    // A lock that was lost is not ours to release.
    await release().catch(() => {});
  }
}

async function acquire(
  realPath: string,
  options: LockOptions,
  onCompromised: () => void,
): Promise<() => Promise<void>> {
  const until = performance.now() + (options.lockTimeoutMs ?? 10_000);
  for (let hasSaid = false; ; hasSaid = true) {
    try {
      return await lockfile.lock(realPath, { stale: staleMs, update: renewMs, realpath: false, onCompromised });
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code !== "ELOCKED")
        throw new InputError(
          "CONFIG_READ_ONLY",
          "the config cannot be locked for saving",
          { where: realPath, found: quoted(message, 200), remedy: "check the permissions of its folder" },
          { cause },
        );
      if (performance.now() >= until) throw locked(realPath, `${realPath}.lock`);
      if (!hasSaid) options.onWait?.();
      options.whileWaiting?.();
      await pause(retryMs);
    }
  }
}

function locked(realPath: string, found: string): InputError {
  return new InputError("CONFIG_LOCKED", "one run at a time saves a config, and another one is at it", {
    where: realPath,
    found,
    expected: "no other run",
    remedy: "wait until it has ended and run again; nothing was written",
  });
}
