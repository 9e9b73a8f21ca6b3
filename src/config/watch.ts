import { type FSWatcher, readFileSync, realpathSync, type Stats, statSync, watch } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../errors.ts";
import { diffConfig } from "./diff.ts";
import { ConfigDocument, openConfig } from "./document.ts";
import { unreadable } from "./fileFaults.ts";
import { isFreqtradeFile } from "./freqtrade/layout.ts";
import { type Layout, ownLayout } from "./layout.ts";
import type { ConfigDiff } from "./result.ts";
import { isBlock } from "./same.ts";
import { scanBytes } from "./scan.ts";

/** A bot's parameters as its config has them: by signal type, then name. */
export type BotParameters = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a watch does when the config has changed, or cannot be read. */
export interface WatchEvents {
  readonly onChange: (params: BotParameters, diff: ConfigDiff) => void;
  readonly onError: (error: InputError) => void;
}

/** How a config is watched. */
export interface WatchOptions {
  /** How a parameter file of freqtrade is read. */
  readonly ofFreqtrade: Layout;
  /** How long a file must be left alone before it is read, milliseconds; two seconds later it is read anyway. */
  readonly debounceMs: number;
}

/** File systems without notices, and notices that are lost: the file's state is asked for this often. */
const pollMs = 2_000;

/** A config that is read again whenever it changes. What it said last stays, until a whole new file can be read. */
export class ConfigWatch {
  current: BotParameters;
  private document: ConfigDocument;
  /** State of the file that was read last. */
  private seen: string;
  /** State of the file that was found last, read or not. */
  private found: string;
  private watchers: FSWatcher[] = [];
  private watched = "";
  private timer: NodeJS.Timeout | undefined;
  /** When a change was noticed that was not read yet, by the process's own clock; null if there is none. */
  private changedAt: number | null = null;
  private isLooking = false;
  private isHeard = false;
  private readonly poll: NodeJS.Timeout;
  private isReading = false;
  private isAsked = false;
  private isClosed = false;
  private lastFault = "";

  /** Reads the config at once. Throws InputError if it cannot be read. */
  constructor(
    private readonly path: string,
    private readonly events: WatchEvents,
    private readonly options: WatchOptions,
  ) {
    this.seen = stateOf(path);
    this.found = this.seen;
    this.document = read(path, options.ofFreqtrade);
    this.current = parametersOf(this.document);
    this.watchFolders(realpathSync(path));
    this.poll = setInterval(() => void this.look(true), pollMs).unref();
  }

  /** Ends the watch. Nothing is called after it. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    clearInterval(this.poll);
    for (const watcher of this.watchers) watcher.close();
    this.watchers = [];
  }

  /** The folder of the file, because a save replaces the file; and, where it is a link, the folder of the link as well. */
  private watchFolders(realPath: string): void {
    if (this.isClosed || this.watched === realPath) return;
    this.watched = realPath;
    for (const watcher of this.watchers) watcher.close();
    this.watchers = [...new Set([dirname(this.path), dirname(realPath)])].flatMap((folder) => {
      try {
        // Without notices the poll still finds changes.
        const watcher = watch(folder, { persistent: false }, () => void this.look(false));
        return [watcher.on("error", () => watcher.close())];
      } catch {
        return [];
      }
    });
  }

  /**
   * Looks whether the file is another than before: what others write into its folder, such as a log, must not delay a change. A file that could not be read is
   * tried again now and then.
   */
  private async look(isPoll: boolean): Promise<void> {
    this.isHeard = true;
    if (this.isLooking) return;
    this.isLooking = true;
    while (this.isHeard) {
      this.isHeard = false;
      const state = await stat(this.path, { bigint: true }).then(identityOf, () => "");
      const isOther = state !== this.found;
      this.found = state;
      if (isOther || (isPoll && state !== this.seen && this.changedAt === null)) this.ask();
    }
    this.isLooking = false;
  }

  /** Reads once the file has been left alone for a moment; one that never is, anyway. */
  private ask(): void {
    if (this.isClosed) return;
    if (this.isReading) {
      this.isAsked = true;
      return;
    }
    const now = performance.now();
    this.changedAt ??= now;
    const { debounceMs } = this.options;
    const latestMs = this.changedAt + debounceMs + pollMs - now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.reread(), Math.max(0, Math.min(debounceMs, latestMs)));
  }

  private async reread(): Promise<void> {
    this.isReading = true;
    this.changedAt = null;
    let told: (() => void) | null = null;
    try {
      const state = await stat(this.path, { bigint: true }).then(identityOf, () => "");
      if (state === this.seen && this.lastFault === "") return;
      const fresh = await openConfig(this.path, this.options.ofFreqtrade);
      this.seen = state;
      this.lastFault = "";
      this.watchFolders(await realpath(this.path).catch(() => this.watched));
      told = this.take(fresh);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      told = this.refuse(error);
    } finally {
      this.isReading = false;
      if (this.isAsked) this.ask();
      this.isAsked = false;
    }
    // What a listener throws is the caller's: the watch goes on.
    if (!this.isClosed) told?.();
  }

  /** Throws InputError, and keeps what was before, if a block of it is none. */
  private take(fresh: ConfigDocument): (() => void) | null {
    const params = parametersOf(fresh);
    const diff = diffConfig(this.document, fresh);
    this.document = fresh;
    if (diff.changed === 0) return null;
    this.current = params;
    return () => this.events.onChange(params, diff);
  }

  /** The same fault is told once. */
  private refuse(error: InputError): (() => void) | null {
    const fault = [error.code, error.details.where, error.details.found].join();
    const isKnown = fault === this.lastFault;
    this.lastFault = fault;
    return isKnown ? null : () => this.events.onError(error);
  }
}

function read(path: string, ofFreqtrade: Layout): ConfigDocument {
  let bytes: Buffer;
  try {
    const state: Stats = statSync(path);
    // Opening a pipe would wait for a writer.
    if (!state.isFile()) throw new Error("not a file");
    bytes = readFileSync(path);
  } catch (cause) {
    throw unreadable(path, cause as Error);
  }
  const scan = scanBytes(bytes, path);
  return new ConfigDocument(path, scan, { loads: 0 }, isFreqtradeFile(scan, path) ? ofFreqtrade : ownLayout);
}

function stateOf(path: string): string {
  try {
    return identityOf(statSync(path, { bigint: true }));
  } catch {
    return "";
  }
}

function identityOf(file: { dev: bigint; ino: bigint; size: bigint; mtimeNs: bigint; ctimeNs: bigint }): string {
  return [file.dev, file.ino, file.size, file.mtimeNs, file.ctimeNs].join(":");
}

/** The parameters of every type that has any; scalping and swing also where `global` alone says what they are. Frozen. */
function parametersOf(document: ConfigDocument): BotParameters {
  const own = document.typeBlockNames
    .filter((name) => !name.startsWith("_"))
    .map((name) => name.slice(0, -"_params".length));
  const types = document.holdsOneType ? [""] : [...new Set([...own, "scalping", "swing"])];
  const entries = types.map((type) => [type === "" ? "params" : type, document.currentParams(type)] as const);
  return Object.freeze(
    Object.fromEntries(
      entries
        .filter(([, params]) => isBlock(params) && Object.keys(params).length > 0)
        .map(([type, params]) => [type, Object.freeze({ ...params })]),
    ),
  );
}
