import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { firstDifference, resultOf } from "../node-versions/compare.mjs";
import { request } from "./hosts.mjs";

const { candles, opportunities, spaceFile, type, objective, top } = request;
const files = ["--candles", candles, "--opportunities", opportunities, "--space", spaceFile];
const flags = [...files, "--type", type, "--objective", objective, "--top", String(top)];

/**
 * A search in parts whose parts are made by different programs: the first splits it, all take parts in turn, two each, and every one merges them. Gives what
 * differs from the whole search that the first does. Programs have a `label` and a `command`, which runs a script.
 */
export function partsAcross(programs, main, folder) {
  const job = join(folder, "job");
  const sluice = ({ label, command }, ...args) => {
    const [program, ...before] = command(main);
    const { status, error, stdout, stderr } = spawnSync(program, [...before, ...args, "--json", "--quiet"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    });
    if (error || status !== 0)
      throw new Error(`${args[0]} on ${label} ends with ${error?.message ?? status}: ${stderr.trim().slice(0, 300)}`);
    return resultOf(stdout);
  };
  try {
    const [first] = programs;
    const whole = sluice(first, "search", ...flags);
    const parts = 2 * programs.length;
    const { empty } = sluice(first, "split", ...flags, "--parts", String(parts), "--out", job);
    const failures = empty === 0 ? [] : [`${empty} of ${parts} parts have nothing to search`];
    for (let part = 0; part < parts; part++)
      sluice(programs[part % programs.length], "part", "--job", job, "--part", String(part));
    for (const program of programs) {
      const again = sluice(program, "split", ...flags, "--parts", String(parts), "--out", job);
      if (!again.existed) failures.push(`${program.label} splits it into another job`);
      const difference = firstDifference(whole, sluice(program, "merge", "--job", job));
      if (difference)
        failures.push(
          `merged on ${program.label}: ${difference.where}: ${difference.found}, not ${difference.expected}`,
        );
    }
    return failures;
  } catch (error) {
    return [error.message];
  }
}
