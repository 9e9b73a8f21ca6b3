import { readdir, stat, utimes } from "node:fs/promises";
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
      await ageFromFuture(`${realPath}.lock`);
      if (performance.now() >= until) throw await stillLocked(realPath);
      if (!hasSaid) options.onWait?.();
      options.whileWaiting?.();
      await pause(retryMs);
    }
  }
}

/** A clock that was set back leaves locks that would never grow old: they do from now on, unless their holder renews them. */
async function ageFromFuture(lock: string): Promise<void> {
  const state = await stat(lock).catch(() => null);
  const now = Date.now();
  if (state && state.mtimeMs > now + staleMs) await utimes(lock, now / 1000, now / 1000).catch(() => {});
}

/** What is in the way: another run, or something that no run of ours put there and none will take away. */
async function stillLocked(realPath: string): Promise<InputError> {
  const lock = `${realPath}.lock`;
  const state = await stat(lock).catch(() => null);
  const inside = state?.isDirectory() ? await readdir(lock).catch(() => []) : [];
  if (!state || (state.isDirectory() && inside.length === 0)) return locked(realPath, lock);
  return new InputError("CONFIG_LOCKED", "what stands where the lock of the config has to be is no lock of a run", {
    where: lock,
    found: state.isDirectory() ? "a folder with files in it" : "a file",
    expected: "nothing, or the empty folder of another run",
    remedy: "take it away and run again; nothing was written",
  });
}

function locked(realPath: string, found: string): InputError {
  return new InputError("CONFIG_LOCKED", "one run at a time saves a config, and another one is at it", {
    where: realPath,
    found,
    expected: "no other run",
    remedy: "wait until it has ended and run again; nothing was written",
  });
}
