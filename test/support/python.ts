import { spawnSync } from "node:child_process";

/** A Python that has pandas; null if there is none here, which is said once. */
export function pythonWithPandas(): string | null {
  for (const python of ["python3", "/usr/bin/python3"])
    if (spawnSync(python, ["-c", "import pandas"], { stdio: "ignore" }).status === 0) return python;
  console.warn("skipped: the signals script of examples/freqtrade: no python3 with pandas here");
  return null;
}
