import lockfile from "proper-lockfile";
import { InputError } from "../errors.ts";

/** A holder that has not renewed its lock for so long is dead. */
const staleMs = 15_000;
const retryMs = 250;

export interface LockOptions {
  /** How long to wait for another run; 10 s unless said. */
  readonly lockTimeoutMs?: number;
  /** Called once where the lock is held by another and has to be waited for. */
  readonly onWait?: () => void;
}

/** Does `work` while no other run may save this file (a folder `FILE.lock` beside it). Throws InputError where it stays locked. */
export async function underLock<T>(realPath: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const until = Date.now() + (options.lockTimeoutMs ?? 10_000);
  let hasSaid = false;
  let release: (() => Promise<void>) | undefined;
  while (!release) {
    try {
      release = await lockfile.lock(realPath, { stale: staleMs, realpath: false });
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code !== "ELOCKED")
        throw new InputError(
          "CONFIG_READ_ONLY",
          "the config cannot be locked for saving",
          { where: realPath, found: message, remedy: "check the permissions of its folder" },
          { cause },
        );
      if (Date.now() >= until)
        throw new InputError("CONFIG_LOCKED", "another run is saving this config", {
          where: realPath,
          found: `${realPath}.lock`,
          expected: "no other run",
          remedy: "wait until it has ended and run again; nothing was written",
        });
      if (!hasSaid) options.onWait?.();
      hasSaid = true;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}
