/** A stream to write on. */
export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

/** Everything outside that a command line needs; `main.ts` makes it of `process`, tests of plain values. */
export interface Host {
  /** Without node and script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Working folder. */
  readonly folder: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signal: AbortSignal;
  /** Where the work is done: on a thread of its own unless said. */
  readonly thread?: "own" | "caller";
  /** Milliseconds on a clock that does not run backwards. */
  readonly now: () => number;
}

/** Whether nobody watches live: a CI job's log takes neither colours nor rewritten lines. */
export function isUnattended(env: Host["env"]): boolean {
  const ci = env["CI"];
  return ci !== undefined && ci !== "" && ci !== "false" && ci !== "0";
}

/** Whether an output takes colours. NO_COLOR counts where it is not empty, as no-color.org has it. */
export function takesColor(output: Output, env: Host["env"], noColor: boolean): boolean {
  const refused = noColor || (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") || env["TERM"] === "dumb";
  return output.isTerminal && !refused && !isUnattended(env);
}
