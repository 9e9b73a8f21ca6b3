// Preloaded into a process whose memory is measured: writes its peak of resident memory to a file at exit.
import { readFileSync, writeFileSync } from "node:fs";

/** VmHWM belongs to the process's own memory; maxRSS, taken elsewhere, begins on Linux with what the parent had at the fork. */
function peakBytes(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    if (kilobytes) return Number(kilobytes) * 1024;
  } catch {
    // No /proc: not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}

const note = process.env["SLUICE_BENCH_PEAK"];
if (note) process.on("exit", () => writeFileSync(note, String(peakBytes())));
