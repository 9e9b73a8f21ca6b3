import type { Host } from "../../src/cli/host.ts";
import { run } from "../../src/cli/run.ts";

/** What a command line did. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, in a folder, with plain outputs unless said. */
export async function ran(argv: readonly string[], changes: Partial<Host> & { terminal?: boolean } = {}): Promise<Ran> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const { terminal = false, ...host } = changes;
  const code = await run(
    {
      argv,
      env: {},
      folder: "/nonexistent",
      stdout: { write: (text) => stdout.push(text), isTerminal: terminal, columns: 100 },
      stderr: { write: (text) => stderr.push(text), isTerminal: terminal, columns: 100 },
      signal: new AbortController().signal,
      now: () => 0,
      thread: "caller",
      ...host,
    },
    "1.2.3",
  );
  return { code, stdout: stdout.join(""), stderr: stderr.join("") };
}

/** True where a text has colours or cursor movements. */
export function hasEscapes(text: string): boolean {
  return text.includes("\u001b");
}
