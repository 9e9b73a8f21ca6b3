import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { listFundingFiles, readFundingFile } from "../../src/candles/funding.ts";
import { describeReference } from "../support/referenceData.ts";
import { refusal, start, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const hours = (count: number): number => start + count * 3_600_000;
const write = (rows: readonly (readonly unknown[])[]): string =>
  folder.write("XRP_USDT_USDT-8h-funding_rate.json", JSON.stringify(rows));
const refused = async (rows: readonly (readonly unknown[])[]) => refusal(readFundingFile(write(rows)));

describe("funding rates", () => {
  it("stand in the open of freqtrade's files, some milliseconds after they were due", async () => {
    const path = write([
      [hours(0) + 17, 0.0001, 0, 0, 0, 0],
      [hours(8), -0.00025, 0, 0, 0, 0],
      [hours(16) - 3, 0, 0, 0, 0, 0],
    ]);
    const { timeMs, rate } = await readFundingFile(path);
    expect([...timeMs]).toEqual([hours(0), hours(8), hours(16)]);
    expect([...rate]).toEqual([0.0001, -0.00025, 0]);
  });

  it("are read under the names that Binance gives them", async () => {
    const text = `calc_time,funding_interval_hours,last_funding_rate\n${hours(0)},8,0.0001\n${hours(8)},8,1e-5\n`;
    const path = folder.path("BTCUSDT-8h-funding_rate.csv.gz");
    writeFileSync(path, gzipSync(text));
    expect([...(await readFundingFile(path)).rate]).toEqual([0.0001, 0.00001]);
  });

  it("count once where a row comes twice, and are refused where it differs", async () => {
    const row = [hours(0), 0.0001, 0, 0, 0, 0];
    expect((await readFundingFile(write([row, row]))).rate).toHaveLength(1);
    expect((await refused([row, [hours(0) + 4, 0.0002, 0, 0, 0, 0]])).code).toBe("FUNDING_ORDER");
    expect((await refused([[hours(8), 0.0001], row])).message).toBe("funding rates must be in ascending order of time");
  });

  it("are refused in percent, off the minute, without a number, and where there are none", async () => {
    expect((await refused([[hours(0), 0.35, 0, 0, 0, 0]])).code).toBe("FUNDING_RATE");
    expect((await refused([[hours(0), null, 0, 0, 0, 0]])).code).toBe("FUNDING_RATE");
    expect((await refused([[hours(0) + 20_000, 0.0001, 0, 0, 0, 0]])).code).toBe("FUNDING_TIME");
    expect((await refusal(readFundingFile(folder.write("a.csv", "time,mood\n1,2\n")))).code).toBe("FUNDING_HEADER");
    expect((await refusal(readFundingFile(folder.write("a.csv", "time,rate\n")))).code).toBe("FUNDING_EMPTY");
  });

  it("are found by symbol in a folder, one file each", async () => {
    write([[hours(0), 0.0001]]);
    folder.write("XRP_USDT_USDT-8h-mark.json", "[]");
    folder.write("XRP_USDT_USDT-1h-futures.json", "[]");
    expect([...(await listFundingFiles(folder.path())).keys()]).toEqual(["XRP/USDT:USDT"]);
    folder.write("XRP_USDT_USDT-1h-funding_rate.json", "[]");
    expect((await refusal(listFundingFiles(folder.path()))).code).toBe("FUNDING_TWICE");
  });
});

describeReference("a file that freqtrade wrote", (shared) => {
  it("holds 91 payments, eight hours from each other", async () => {
    const path = new URL("data/freqtrade/futures/XRP_USDT_USDT-8h-funding_rate.feather", shared);
    const { timeMs, rate } = await readFundingFile(fileURLToPath(path));
    expect([timeMs.length, timeMs[0], timeMs.at(-1)]).toEqual([91, Date.UTC(2021, 10, 18), Date.UTC(2021, 11, 18)]);
    expect(new Set(Array.from(timeMs.subarray(1), (time, k) => time - timeMs[k]!))).toEqual(new Set([8 * 3_600_000]));
    expect([rate[0], Math.max(...rate) < 0.01]).toEqual([0.0001, true]);
  });
});
