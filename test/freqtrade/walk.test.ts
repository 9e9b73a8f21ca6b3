import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pythonWithPandas } from "../support/python.ts";
import { describeReference } from "../support/referenceData.ts";
import { root } from "../support/sources.ts";
import { blocksOf, madeUpUserData, realUserData, type UserData } from "./userData.ts";

const python = pythonWithPandas();

/** Every command of docs/freqtrade.md that is Sluice's, in order. */
const commands = blocksOf("sh")
  .flatMap((block) => block.trim().split("\n"))
  .filter((line) => line.startsWith("sluice "));

/** Runs a command line of the page in a shell, as it is written there. */
function runs(command: string, folder: string) {
  const line = command.replace(/^sluice /, `"${process.execPath}" "${root}dist/cli/main.js" `);
  return spawnSync("sh", ["-c", line], { cwd: folder, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
}

function describeWalk(name: string, made: () => UserData | Promise<UserData>): void {
  describe.skipIf(python === null)(`docs/freqtrade.md on ${name}`, () => {
    let data: UserData;
    const at = (file: string): string => join(data.folder, file);
    const json = (file: string) => JSON.parse(readFileSync(at(file), "utf8"));

    beforeAll(async () => {
      data = await made();
      const pairs = [...data.pairs].map(([pair, rows]) => {
        const file = at(`${pair.replace("/", "_")}.candles`);
        writeFileSync(file, JSON.stringify(rows));
        return `${pair}=${file}`;
      });
      const script = `${root}test/freqtrade/standIn.py`;
      execFileSync(python!, [script, at("signals.py"), at("signals.csv"), at("replies.json"), ...pairs]);
    });
    afterAll(() => rmSync(data.folder, { recursive: true, force: true }));

    it("works command by command, from a folder of candles to a parameter file", () => {
      expect(commands.map((command) => command.split(" ")[1])).toEqual([
        ...["inspect", "plan", "search", "export", "simulate", "validate", "export", "optimize"],
      ]);
      const said = commands.map((command) => {
        const { status, stdout, stderr } = runs(command, data.folder);
        expect(status, `${command}\n${stderr}`).toBe(0);
        return stdout;
      });
      for (const pair of data.pairs.keys()) expect(said[0]).toContain(pair);

      const { params } = json("search.json").top[0];
      const file = json("user_data/strategies/Dip.json");
      expect(file).toMatchObject({ strategy_name: "Dip", ft_stratparam_v: 1 });
      expect(file.params.stoploss.stoploss).toBe(-params.stop_loss_percent / 100);
      expect(file.params.roi[String(params.max_holding_hours * 60)]).toBe(-1);
      expect(file.params.buy).toEqual({ rsi_max: params.max_rsi, volume_ratio_min: params.min_volume_ratio });
      expect(said[6]!.trimEnd().split("\n").at(-1)).toMatch(
        /^Check +freqtrade backtesting --strategy Dip .*--fee 0\.001$/,
      );
      // What was exported is what optimize calls current.
      expect(said[7]).toMatch(/^(NOTHING CHANGED|DRY RUN).*\n.*Dip\.json\n[\s\S]*\nall +[+-]\d+\.\d\d%/);
    });

    it("finds the same with what the web server replies, as with the script's file", () => {
      const search = commands.find((command) => command.startsWith("sluice search"))!;
      const { status, stdout, stderr } = runs(
        search.replace("signals.csv", "replies.json").replace(/ > .*/, ""),
        data.folder,
      );
      expect(status, stderr).toBe(0);
      const { opportunities, top } = JSON.parse(stdout);
      expect(opportunities).toBeGreaterThan(500);
      expect({ opportunities, top }).toEqual({
        opportunities: json("search.json").opportunities,
        top: json("search.json").top,
      });
    });

    it("writes signals as the page describes them", () => {
      const [header, ...rows] = readFileSync(at("signals.csv"), "utf8").trim().split("\n");
      expect(header!.split(",").slice(0, 4)).toEqual(["symbol", "timestamp", "direction", "exit_time"]);
      expect(header).toContain(",rsi,volume_ratio,is_green");
      expect(header).not.toContain("enter_");
      for (const [k, row] of rows.entries()) {
        const [pair, time, direction, exit] = row.split(",");
        const candles = data.pairs.get(pair!)!;
        const candle = candles.findIndex(([openMs]) => openMs === Number(time));
        expect(candle, `row ${k}`).toBeGreaterThanOrEqual(20);
        expect(["long", "short"]).toContain(direction);
        if (exit !== "") expect(Number(exit), `row ${k}`).toBeGreaterThan(Number(time));
      }
    });
  });
}

describeWalk("made-up candles in JSON", madeUpUserData);
describeReference("with the reference data", (folder) => {
  describeWalk("original files in feather", () => realUserData(folder));
});
