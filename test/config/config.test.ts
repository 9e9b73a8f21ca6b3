import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import lockfile from "proper-lockfile";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { diffConfig, diffFiles } from "../../src/config/diff.ts";
import { openConfig } from "../../src/config/document.ts";
import { membersOf } from "../../src/config/members.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { checkWritable } from "../../src/config/writable.ts";
import { shared } from "../support/shared.ts";

let folder = "";
let path = "";
const nowMs = Date.UTC(2026, 10, 23, 3, 5, 7);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-config-"));
  path = join(folder, "learning_config.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Spellings and orders that a parse-and-print cycle would change. */
const awkward = `{
  "version": "2.1", "last_update" : "2025-11-20 03:15:07",
  "global": {"min_risk_reward": 1.50, "max_hold_time_hours": 24, "_note": "x", "max_loss": 2e-2},
  "scalping_params": {"min_signal_score": 65.0,  "atr_tp_multiplier": 1.5, "position_size": 0.050, "trailing_stop_enabled": true},
  "per_symbol": {"BTC/USDT:USDT": {"min_risk_reward": 1.39}},
  "phase2_learning": {"latest": null, "history": []},
  "备注": "不要改动", "id": 12345678901234567890, "deep": [[1E-3, {"scalping_params": {"min_signal_score": 1}}]]
}
`;

function write(text: string): void {
  writeFileSync(path, text);
}
const read = (): string => readFileSync(path, "utf8");
const scalping = (params: Record<string, unknown>) => ({
  params: new Map([["scalping", params]]),
  phase2Learning: null,
});
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: { code?: string }) => error.code ?? error,
  );

describe("a save", () => {
  it("changes the value that differs and the time, and no other byte", async () => {
    write(awkward);
    await saveConfig(await openConfig(path), scalping({ min_signal_score: 70, atr_tp_multiplier: 1.5 }), { nowMs });
    expect(read()).toBe(
      awkward
        .replace('"min_signal_score": 65.0', '"min_signal_score": 70')
        .replace("2025-11-20 03:15:07", "2026-11-23 03:05:07"),
    );
  });

  it("leaves another spelling of the same number alone, and the time with it", async () => {
    write(awkward);
    await saveConfig(await openConfig(path), scalping({ min_signal_score: 65 }), { nowMs });
    expect(read()).toBe(awkward);
  });

  it("adds a missing key behind the last of its block, and a missing block with the derived values around it", async () => {
    write(awkward);
    const params = new Map([
      ["scalping", { max_holding_hours: 4 }],
      ["swing", { atr_tp_multiplier: 6 }],
    ]);
    await saveConfig(await openConfig(path), { params, phase2Learning: null }, { nowMs });
    const saved = JSON.parse(read());
    expect(saved.scalping_params).toEqual({
      min_signal_score: 65,
      atr_tp_multiplier: 1.5,
      position_size: 0.05,
      trailing_stop_enabled: true,
      max_holding_hours: 4,
    });
    expect(saved.swing_params).toMatchObject({
      atr_tp_multiplier: 6,
      min_risk_reward: 1.5,
      max_holding_hours: 24,
      min_signal_score: 60,
    });
    expect(read()).toContain("12345678901234567890");
  });

  it("moves the learning before it to the history, and keeps five", async () => {
    write(awkward);
    for (let k = 1; k <= 8; k++)
      await saveConfig(
        await openConfig(path),
        { params: new Map(), phase2Learning: { night: k } },
        { nowMs: nowMs + k },
      );
    const { phase2_learning, last_update } = JSON.parse(read());
    expect(phase2_learning.latest).toEqual({ night: 8 });
    expect(phase2_learning.history.map(({ night }: { night: number }) => night)).toEqual([7, 6, 5, 4, 3]);
    expect(last_update).toBe("2025-11-20 03:15:07");
  });

  it("keeps ten backups", async () => {
    write(awkward);
    for (let k = 1; k <= 12; k++)
      await saveConfig(await openConfig(path), scalping({ min_signal_score: k }), { nowMs: nowMs + k });
    expect(readdirSync(folder).filter((name) => /bak-[^.]*$/.test(name))).toHaveLength(10);
  });

  it("keeps what the bot wrote meanwhile", async () => {
    write(awkward);
    const document = await openConfig(path);
    write(read().replace('"position_size": 0.050', '"position_size": 0.070'));
    await saveConfig(document, scalping({ min_signal_score: 70 }), { nowMs });
    expect(read()).toContain('"position_size": 0.070');
    expect(read()).toContain('"min_signal_score": 70');
  });

  it("refuses a key that the bot changed meanwhile too, and writes nothing", async () => {
    write(awkward);
    const document = await openConfig(path);
    const theirs = read().replace("65.0", "55");
    write(theirs);
    expect(await codeOf(saveConfig(document, scalping({ min_signal_score: 70 }), { nowMs }))).toBe("CONFIG_CONFLICT");
    expect(read()).toBe(theirs);
    expect(readdirSync(folder)).toEqual(["learning_config.json"]);
  });

  it("waits for another run's lock, says so, and refuses when it does not end", async () => {
    write(awkward);
    const release = await lockfile.lock(path, { realpath: false });
    let waited = 0;
    const saving = saveConfig(await openConfig(path), scalping({ min_signal_score: 70 }), {
      nowMs,
      lockTimeoutMs: 300,
      onWait: () => waited++,
    });
    expect(await codeOf(saving)).toBe("CONFIG_LOCKED");
    expect(waited).toBe(1);
    expect(read()).toBe(awkward);
    await release();
  });

  it("follows a link, which stays one, and keeps the file's mode", async () => {
    mkdirSync(join(folder, "real"));
    const real = join(folder, "real", "config.json");
    writeFileSync(real, awkward, { mode: 0o640 });
    chmodSync(real, 0o640);
    symlinkSync(real, path);
    await saveConfig(await openConfig(path), scalping({ min_signal_score: 70 }), { nowMs });
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(statSync(real).mode & 0o777).toBe(0o640);
    expect(readFileSync(real, "utf8")).toContain('"min_signal_score": 70');
  });

  it("touches only the wanted values of any JSON, and rolls back to the byte", async () => {
    const space = fc.constantFrom("", " ", "\n  ", "\t", "\r\n");
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 6 }),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
        space,
        space,
        async (others, value, a, b) => {
          const entries = Object.entries(others).filter(
            ([key]) => !key.endsWith("_params") && !["global", "last_update"].includes(key),
          );
          const rest = entries
            .map(([key, other]) => `,${b}${JSON.stringify(key)}${a}:${a}${JSON.stringify(other, null, 1)}`)
            .join(a);
          const text = `{${a}"scalping_params":${b}{${a}"min_signal_score"${b}:${a}6.50E1${b}}${rest}${a}}`;
          const fresh = Object.is(value, -0) ? 0 : value;
          write(text);
          await saveConfig(await openConfig(path), scalping({ min_signal_score: fresh }), { nowMs });
          if (fresh !== 65) {
            const stamped = read().replace(/,\s*"last_update"\s*:\s*"2026-11-23 03:05:07"(?=\s*\}\s*$)/, "");
            expect(stamped).toBe(text.replace("6.50E1", JSON.stringify(fresh)));
          }
          await rollback(path);
          expect(read()).toBe(text);
        },
      ),
      { numRuns: 60, seed: 9 },
    );
  });
});

describe("a rollback", () => {
  it("goes back to the byte, then one save further", async () => {
    write(awkward);
    await saveConfig(await openConfig(path), scalping({ min_signal_score: 70 }), { nowMs });
    const first = read();
    await saveConfig(await openConfig(path), scalping({ min_signal_score: 71 }), { nowMs: nowMs + 1 });
    expect((await rollback(path)).restored).toBe("bytes");
    expect(read()).toBe(first);
    await rollback(path);
    expect(read()).toBe(awkward);
    expect(await codeOf(rollback(path))).toBe("CONFIG_NO_BACKUP");
  });

  it("puts only our keys back where the bot wrote since", async () => {
    write(awkward);
    await saveConfig(await openConfig(path), scalping({ min_signal_score: 70, max_holding_hours: 4 }), { nowMs });
    write(read().replace('"position_size": 0.050', '"position_size": 0.070'));
    expect((await rollback(path)).restored).toBe("keys");
    expect(read()).toBe(awkward.replace('"position_size": 0.050', '"position_size": 0.070'));
  });

  it("refuses a key that was changed since, unless forced", async () => {
    write(awkward);
    await saveConfig(await openConfig(path), scalping({ min_signal_score: 70 }), { nowMs });
    write(read().replace('"min_signal_score": 70', '"min_signal_score": 80'));
    expect(await codeOf(rollback(path))).toBe("CONFIG_CONFLICT");
    await rollback(path, { force: true });
    expect(read()).toBe(awkward);
  });
});

describe("a config that cannot be used", () => {
  it.each([
    ["not JSON", "min_signal_score = 60", "CONFIG_NOT_JSON"],
    ["truncated", awkward.slice(0, 200), "CONFIG_NOT_JSON"],
    ["followed by more", `${awkward}{}`, "CONFIG_NOT_JSON"],
    ["with a trailing comma", '{"a": 1,}', "CONFIG_NOT_JSON"],
    ["with a missing comma", '{"a": 1 "b": 2}', "CONFIG_NOT_JSON"],
    ["empty", "", "CONFIG_NOT_JSON"],
    ["a list", "[1, 2]", "CONFIG_NOT_OBJECT"],
    ["a number", "7", "CONFIG_NOT_OBJECT"],
    ["with a key twice", '{"a": 1, "a": 2}', "CONFIG_DUPLICATE_KEY"],
    ["with a parameter twice", '{"scalping_params": {"x": 1, "x": 2}}', "CONFIG_DUPLICATE_KEY"],
  ])("is refused when %s", async (_, text, code) => {
    write(text);
    expect(await codeOf(openConfig(path))).toBe(code);
    expect(read()).toBe(text);
  });

  it("is refused when it is not there, or cannot be written", async () => {
    expect(await codeOf(openConfig(path))).toBe("CONFIG_UNREADABLE");
    write(awkward);
    chmodSync(folder, 0o555);
    expect(await codeOf(checkWritable(path))).toBe("CONFIG_READ_ONLY");
    chmodSync(folder, 0o755);
    chmodSync(path, 0o444);
    expect(await codeOf(checkWritable(path))).toBe("CONFIG_READ_ONLY");
  });

  it("may be nested as deeply as it likes", async () => {
    write(`{"deep": ${"[".repeat(20_000)}${"]".repeat(20_000)}, "__proto__": {"a": 1}}`);
    expect((await openConfig(path)).currentParams("scalping")["min_signal_score"]).toBe(60);
  });
});

describe("current parameters", () => {
  it("are the type's block, else derived from global and the defaults", async () => {
    write(awkward);
    const document = await openConfig(path);
    expect(document.currentParams("scalping")["min_signal_score"]).toBe(65);
    expect(document.currentParams("swing")).toEqual({
      min_signal_score: 60,
      min_indicator_consensus: 1,
      min_risk_reward: 1.5,
      atr_tp_multiplier: 3,
      atr_stop_multiplier: 1.5,
      max_holding_hours: 24,
      trailing_stop_enabled: false,
    });
    expect(document.currentParams("breakout")).toEqual({});
    expect(document.lastUpdateMs()).toBe(Date.UTC(2025, 10, 20, 3, 15, 7));
    expect(Object.keys(document.snapshot())).toEqual(["global", "per_symbol", "scalping_params", "swing_params"]);
  });
});

describe("a difference", () => {
  it("compares numbers as numbers and passes notes over", async () => {
    write(awkward);
    const other = join(folder, "other.json");
    writeFileSync(other, awkward.replace("1.50", "1.5").replace('"_note": "x"', '"_note": "y"').replace("1.39", "2"));
    expect((await diffFiles(path, other)).entries).toEqual([
      { path: "per_symbol.BTC/USDT:USDT.min_risk_reward", old: 1.39, new: 2 },
    ]);
    const changed = diffConfig(
      await openConfig(path),
      new Map([["scalping", { min_signal_score: 65, atr_tp_multiplier: 2 }]]),
      9,
    );
    expect(changed).toEqual({
      tested: 9,
      changed: 1,
      entries: [{ path: "scalping_params.atr_tp_multiplier", old: 1.5, new: 2 }],
    });
  });
});

describe("byte ranges", () => {
  it("hold every member of a real config", () => {
    const bytes = readFileSync(new URL("config/learning_config.json", shared));
    const tree = JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
    const { members } = membersOf(bytes, 0);
    expect(members.map(({ key }) => key)).toEqual(Object.keys(tree));
    for (const { key, start, end } of members)
      expect(JSON.parse(bytes.subarray(start, end).toString("utf8"))).toEqual(tree[key]);
  });
});
