#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { eagerFlags } from "../core/eagerFlags.ts";
import { errorBlock } from "../report/errorBlock.ts";
import { plainPaint } from "../report/paint.ts";
import { version } from "../run/version.ts";
import { exitCodes } from "./exits.ts";
import type { Output } from "./host.ts";
import { run } from "./run.ts";

// A command runs its kernels once, in milliseconds: they are compiled for speed from the start, in the background, while files are read.
// The library leaves V8 as its process has it.
for (const flag of eagerFlags) setFlagsFromString(flag);

/** How long an interrupted run may take to clean up. */
const patienceMs = 450;

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.on(name, () => {
    // A second signal means that the user does not want to wait.
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort();
    setTimeout(() => process.exit(exitCodes.interrupted), patienceMs).unref();
  });

// A reader that stops early (`sluice ... | head`) is not an error.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

// Unhandled rejections are internal errors too, and shown as such.
process.on("uncaughtException", (error) => {
  process.stderr.write(errorBlock(error, { paint: plainPaint, stack: process.argv.includes("debug") }));
  process.exit(exitCodes.internalFailure);
});

function outputOf(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 100;
    },
  };
}

const code = await run(
  {
    argv: process.argv.slice(2),
    env: process.env,
    folder: process.cwd(),
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    signal: interruption.signal,
    now: () => performance.now(),
  },
  version,
);
// Pipes are written in the background: leave only once everything is out, and then without waiting for idle handles.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
