import type { Screen } from "../report/brief/screen.ts";
import { reportWidth } from "../report/lines.ts";
import type { Texts } from "../words/catalogue/en.ts";

/** A stream to write on. */
export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

/** Everything a command line needs from outside; `main.ts` makes it from `process`, tests from plain values. */
export interface Host {
  /** Without node and script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Working folder. */
  readonly folder: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signal: AbortSignal;
  /** Which thread does the work; default: one of its own. */
  readonly thread?: "own" | "caller";
  /** Milliseconds on a clock that does not run backwards. */
  readonly now: () => number;
}

/** Whether this is a CI job, whose log supports neither colours nor rewritten lines. */
export function isUnattended(env: Host["env"]): boolean {
  const ci = env["CI"];
  return ci !== undefined && ci !== "" && ci !== "false" && ci !== "0";
}

const narrowest = 72;
const widest = 120;

/** How an answer is shown on an output; a mail or a file is taken for as wide as the narrowest terminal that is supported. */
export function screenOf({ isTerminal, columns }: Output, verbose: boolean, texts: Texts): Screen {
  const width = isTerminal ? Math.min(widest, Math.max(narrowest, columns)) : narrowest;
  return { width, verbose, isTerminal, texts };
}

/** Columns of help and errors on an output: a terminal's own, but no more than a report has; elsewhere a report's. */
export function proseWidth({ isTerminal, columns }: Output): number {
  return isTerminal ? Math.min(reportWidth, Math.max(narrowest, columns)) : reportWidth;
}

/** Whether an output supports colours. NO_COLOR counts if it is not empty, as on no-color.org. */
export function takesColor(output: Output, env: Host["env"], noColor: boolean): boolean {
  const refused = noColor || (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") || env["TERM"] === "dumb";
  return output.isTerminal && !refused && !isUnattended(env);
}
