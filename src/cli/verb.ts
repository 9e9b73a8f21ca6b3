import type { Screen } from "../report/brief/screen.ts";
import type { Paint } from "../report/paint.ts";
import type { Language } from "../words/catalogue/languages.ts";
import type { Defaults } from "./configFile.ts";
import type { FlagGroup, RequestOf } from "./flag.ts";

/** One step of a run, as the library reports it. */
export interface ProgressEvent {
  readonly phase: string;
  readonly message: string;
  readonly fraction?: number;
  /** Completed part of the whole, 0-1. */
  readonly share?: number;
  /** Expected time to the end, milliseconds; null if it cannot be known yet. */
  readonly remainingMs?: number | null;
}

/** A verb's access to the outside: run with these options, and answer once. */
export interface Session {
  readonly options: {
    readonly signal: AbortSignal;
    readonly onProgress: (event: ProgressEvent) => void;
    readonly thread: "own" | "caller";
    readonly command: string;
    readonly language: Language;
  };
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Defaults of flags, as the folder's file gives them. */
  readonly defaults: Defaults;
  /** Writes the result to stdout: as JSON if requested, otherwise rendered for a person. */
  readonly answer: <Result>(result: Result, render: (result: Result, paint: Paint, screen: Screen) => string) => void;
}

/** A verb of the command line, as the program sees it. */
export interface Verb {
  readonly name: string;
  /** What it does, one sentence. */
  readonly summary: string;
  /** What follows the verb's name in the usage line. */
  readonly usage: string;
  readonly positionals: readonly string[];
  readonly groups: readonly FlagGroup[];
  readonly example: string;
  /** Has `--notify`: somebody may be told how it ended. */
  readonly notifies?: true;
  /** Resolves to the exit code; 0 if nothing is returned. Each verb loads its own code, so that help stays fast. */
  readonly run: (request: object, session: Session, positionals: readonly string[]) => Promise<number | undefined>;
}

/** A verb whose `run` gets exactly the request that its flags describe. */
export function verb<const Groups extends readonly FlagGroup[]>(
  definition: Omit<Verb, "run" | "groups" | "positionals"> & {
    readonly groups: Groups;
    readonly positionals?: readonly string[];
    readonly run: (
      request: RequestOf<Groups>,
      session: Session,
      positionals: readonly string[],
    ) => Promise<number | undefined>;
  },
): Verb {
  return {
    positionals: [],
    ...definition,
    run: (request, ...rest) => definition.run(request as RequestOf<Groups>, ...rest),
  };
}
