import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodes } from "../../src/cli/exits.ts";
import { Reader } from "../support/reader.ts";
import { root } from "../support/sources.ts";

const textOf = (name: string): string => readFileSync(`${root}examples/systemd/${name}`, "utf8");

/** The values of each key of a unit file, by `Section.Key`. */
function unit(name: string): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  let section = "";
  for (const line of textOf(name).split("\n")) {
    if (line.startsWith("[")) section = line.slice(1, -1);
    else if (/^\w+=/.test(line)) {
      const [key, ...rest] = line.split("=");
      values[`${section}.${key}`] = [...(values[`${section}.${key}`] ?? []), rest.join("=")];
    }
  }
  return values;
}

describe("examples/systemd", () => {
  let reader: Reader;
  beforeAll(() => {
    reader = new Reader();
  });
  afterAll(() => reader.close());
  const service = unit("sluice.service");
  const [command] = service["Service.ExecStart"]!;

  it("takes the exit codes as Sluice means them", () => {
    expect(service["Service.SuccessExitStatus"]).toEqual([`${exitCodes.verdict} ${exitCodes.interrupted}`]);
    expect(service["Service.RestartPreventExitStatus"]).toEqual([
      `${exitCodes.usage} ${exitCodes.badInput} ${exitCodes.capacity}`,
    ]);
    expect(service["Service.Type"]).toEqual(["oneshot"]);
    expect(service["Unit.StartLimitBurst"]).toEqual(["4"]);
  });

  it("runs commands that there are", () => {
    const commands = [...service["Service.ExecStartPre"]!, command!].map((line) => line.replace(/^\S+\//, ""));
    const [line] = textOf("crontab")
      .trim()
      .split("\n")
      .filter((text) => !text.startsWith("#"));
    const [, schedule, shell] = /^((?:\S+ ){5}) *(.*)$/.exec(line!)!;
    expect(schedule!.trim()).toBe("20 0 * * *");
    expect(spawnSync("sh", ["-n", "-c", shell!]).status).toBe(0);
    commands.push(/sluice optimize[^|]*/.exec(shell!)![0].trim());
    expect(commands.map((text) => text.split(" ")[1])).toEqual(["fetch", "optimize", "optimize"]);
    for (const text of commands) expect(reader.unknownTo(text), text).toEqual([]);
  });

  it("stops itself below the limit of the service", () => {
    const [, own] = /--max-rss (\d+)mb/.exec(command!)!;
    const [, wall] = /^(\d+)M$/.exec(service["Service.MemoryMax"]![0]!)!;
    expect(Number(own)).toBeLessThan(Number(wall));
  });

  it("may write where it works", () => {
    expect(service["Service.ReadWritePaths"]).toEqual(service["Service.WorkingDirectory"]);
    expect(service["Service.User"]).not.toEqual(["root"]);
  });

  it("is started every night, also after one that the machine was off", () => {
    const timer = unit("sluice.timer");
    expect(timer["Timer.OnCalendar"]).toEqual(["*-*-* 00:20:00 UTC"]);
    expect(timer["Timer.Persistent"]).toEqual(["true"]);
    expect(timer["Install.WantedBy"]).toEqual(["timers.target"]);
  });

  it("is what systemd itself finds no fault with (needs systemd-analyze)", (context) => {
    if (spawnSync("systemd-analyze", ["--version"]).status !== 0) {
      console.warn("skipped: no systemd-analyze here");
      context.skip();
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), "sluice-systemd-"));
    // It looks whether the program is there.
    writeFileSync(
      join(folder, "sluice.service"),
      textOf("sluice.service").replaceAll("/usr/local/bin/sluice", "/bin/sh"),
    );
    writeFileSync(join(folder, "sluice.timer"), textOf("sluice.timer"));
    const { status, stderr } = spawnSync(
      "systemd-analyze",
      ["verify", "--man=no", join(folder, "sluice.service"), join(folder, "sluice.timer")],
      { encoding: "utf8" },
    );
    rmSync(folder, { recursive: true, force: true });
    expect([status, stderr.split("\n").filter((line) => line.includes("sluice"))]).toEqual([0, []]);
  });
});
