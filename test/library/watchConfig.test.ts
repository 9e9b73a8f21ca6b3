import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type BotParameters, type ConfigDiff, type SluiceError, watchConfig } from "../../src/index.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-watch-"));
  path = join(folder, "bot.json");
  write({ min_rsi: 30 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const configText = (swing: object, more: object = {}): string => JSON.stringify({ swing_params: swing, ...more });

/** As an atomic writer does. */
function write(swing: object, more: object = {}): void {
  writeFileSync(`${path}.new`, configText(swing, more));
  renameSync(`${path}.new`, path);
}

/** A watch with what it has told so far. */
function watched(options: object = {}) {
  const changes: (readonly [BotParameters, ConfigDiff])[] = [];
  const errors: SluiceError[] = [];
  const watch = watchConfig(path, (params, diff) => void changes.push([params, diff]), {
    debounceMs: 20,
    onError: (error) => void errors.push(error),
    ...options,
  });
  return { watch, changes, errors };
}

const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 10_000, interval: 10 });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("a watched config", () => {
  it("is known at once, and anew whenever it is replaced", async () => {
    const { watch, changes, errors } = watched();
    expect(watch.current["swing"]).toEqual({ min_rsi: 30 });
    const before = watch.current;
    write({ min_rsi: 35, max_level: 2 });
    await soon(() => expect(changes).toHaveLength(1));
    const [params, diff] = changes[0]!;
    expect(params["swing"]).toEqual({ min_rsi: 35, max_level: 2 });
    expect(diff.entries).toEqual([
      { path: "swing_params.min_rsi", old: 30, new: 35 },
      { path: "swing_params.max_level", old: null, new: 2 },
    ]);
    expect(watch.current).toBe(params);
    expect(before["swing"]).toEqual({ min_rsi: 30 });
    expect(errors).toEqual([]);
    watch.close();
  });

  it("says nothing when only what the bot keeps for itself has changed", async () => {
    const { watch, changes } = watched();
    write({ min_rsi: 30 }, { counter: 1 });
    await pause(300);
    write({ min_rsi: 31 }, { counter: 2 });
    await soon(() => expect(changes).toHaveLength(1));
    expect(changes[0]![1].entries).toEqual([{ path: "swing_params.min_rsi", old: 30, new: 31 }]);
    watch.close();
  });

  it("stays as it was while the file is half written, missing or not a config, which is told once", async () => {
    const { watch, changes, errors } = watched();
    const whole = configText({ min_rsi: 40 });
    writeFileSync(path, whole.slice(0, 20));
    await soon(() => expect(errors.map(({ code }) => code)).toEqual(["CONFIG_NOT_JSON"]));
    expect(watch.current["swing"]).toEqual({ min_rsi: 30 });
    writeFileSync(path, whole);
    await soon(() => expect(changes).toHaveLength(1));
    rmSync(path);
    await soon(() => expect(errors.at(-1)!.code).toBe("CONFIG_UNREADABLE"));
    expect(watch.current["swing"]).toEqual({ min_rsi: 40 });
    write({ min_rsi: 41 });
    await soon(() => expect(changes).toHaveLength(2));
    expect(errors).toHaveLength(2);
    watch.close();
  });

  it("compares with the last config that it could read, where one in between has null for a block", async () => {
    const { watch, changes, errors } = watched();
    writeFileSync(path, '{"swing_params": {"min_rsi": 40}, "scalping_params": null}');
    await soon(() => expect(errors.map(({ code }) => code)).toEqual(["CONFIG_BLOCK"]));
    expect(watch.current["swing"]).toEqual({ min_rsi: 30 });
    write({ min_rsi: 40 });
    await soon(() => expect(watch.current["swing"]).toEqual({ min_rsi: 40 }));
    expect(changes.map(([, { entries }]) => entries)).toEqual([[{ path: "swing_params.min_rsi", old: 30, new: 40 }]]);
    watch.close();
  });

  it("is not kept waiting by a log that is written every 20 ms beside it, though it waits for 1 s of rest", async () => {
    const { watch, changes } = watched({ debounceMs: 1_000 });
    const log = setInterval(() => appendFileSync(join(folder, "bot.log"), "tick\n"), 20);
    try {
      await pause(200);
      write({ min_rsi: 31 });
      await soon(() => expect(changes).toHaveLength(1));
    } finally {
      clearInterval(log);
    }
    watch.close();
  });

  it("is read though the bot writes a counter into it every 20 ms, and 1 s of rest never comes", async () => {
    const { watch, changes, errors } = watched({ debounceMs: 1_000 });
    let counter = 0;
    const bot = setInterval(() => write({ min_rsi: 32 }, { counter: ++counter }), 20);
    try {
      await soon(() => expect(changes.map(([{ swing }]) => swing)).toEqual([{ min_rsi: 32 }]));
    } finally {
      clearInterval(bot);
    }
    expect(errors).toEqual([]);
    watch.close();
  });

  it("is followed through a link whose target is swapped", async () => {
    for (const [name, value] of [
      ["one", 1],
      ["two", 2],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "bot.json"), configText({ min_rsi: value }));
    }
    const link = (to: string): void => {
      symlinkSync(to, join(folder, "next"));
      renameSync(join(folder, "next"), join(folder, "data"));
    };
    link("one");
    const changes: BotParameters[] = [];
    const watch = watchConfig(join(folder, "data", "bot.json"), (params) => void changes.push(params), {
      debounceMs: 20,
    });
    expect(watch.current["swing"]).toEqual({ min_rsi: 1 });
    link("two");
    await soon(() => expect(changes.map(({ swing }) => swing)).toEqual([{ min_rsi: 2 }]));
    writeFileSync(join(folder, "two", "bot.json"), configText({ min_rsi: 3 }));
    await soon(() => expect(changes.map(({ swing }) => swing)).toEqual([{ min_rsi: 2 }, { min_rsi: 3 }]));
    watch.close();
  });

  it("is left alone after its end, by close or by a signal", async () => {
    const controller = new AbortController();
    const one = watched();
    const two = watched({ signal: controller.signal });
    const three = watched({ signal: AbortSignal.abort() });
    one.watch.close();
    one.watch.close();
    controller.abort();
    write({ min_rsi: 99 });
    await pause(400);
    for (const { changes, watch } of [one, two, three]) {
      expect(changes).toEqual([]);
      expect(watch.current["swing"]).toEqual({ min_rsi: 30 });
    }
  });

  it("must be readable at the beginning", () => {
    writeFileSync(path, "{");
    expect(() => watched()).toThrow(expect.objectContaining({ code: "CONFIG_NOT_JSON" }));
    rmSync(path);
    expect(() => watched()).toThrow(expect.objectContaining({ code: "CONFIG_UNREADABLE" }));
  });
});
