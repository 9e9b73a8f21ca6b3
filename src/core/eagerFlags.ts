/** The first V8 that decides what to inline by feedback from the compiler that `--no-liftoff` leaves out, and does not do without. */
const firstV8ThatInlinesByFeedback = 14;

/**
 * Flags of V8 under which the core is compiled for speed from the start, before it is first called: for a process that runs its kernels once, within
 * milliseconds. From V8 14 on (Node 25) `--no-liftoff` alone ends the process (a check of `function_feedback` fails). The kernels are inlined by asc
 * already.
 */
export const eagerFlags: readonly string[] = [
  "--no-liftoff",
  "--no-wasm-lazy-compilation",
  ...(Number.parseInt(process.versions.v8, 10) >= firstV8ThatInlinesByFeedback ? ["--no-wasm-inlining"] : []),
];
