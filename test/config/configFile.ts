import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { underLock } from "../../src/config/lock.ts";

/** 2026-11-23 03:05:07 UTC. */
export const nowMs = Date.UTC(2026, 10, 23, 3, 5, 7);

/** Spellings and orders that a parse-and-print cycle would change. */
export const awkward = `{
  "version": "2.1", "last_update" : "2025-11-20 03:15:07",
  "global": {"min_risk_reward": 1.50, "max_hold_time_hours": 24, "_note": "x", "max_loss": 2e-2},
  "scalping_params": {"min_signal_score": 65.0,  "atr_tp_multiplier": 1.5, "position_size": 0.050, "trailing_stop_enabled": true},
  "per_symbol": {"BTC/USDT:USDT": {"min_risk_reward": 1.39}},
  "phase2_learning": {"latest": null, "history": []},
  "备注": "不要改动", "id": 12345678901234567890, "deep": [[1E-3, {"scalping_params": {"min_signal_score": 1}}]]
}
`;

/** A config in a folder of its own for each test, removed after it. */
export class ConfigFile {
  folder = "";
  path = "";

  constructor() {
    beforeEach(() => {
      this.folder = mkdtempSync(join(tmpdir(), "sluice-config-"));
      this.path = join(this.folder, "learning_config.json");
    });
    afterEach(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  write(text: string | Uint8Array): void {
    writeFileSync(this.path, text);
  }

  read(): string {
    return readFileSync(this.path, "utf8");
  }

  /** Replaces text in the file, as a bot would that writes meanwhile. */
  edit(from: string, to: string): void {
    const text = this.read();
    if (!text.includes(from)) throw new Error(`nothing to edit: ${from}`);
    this.write(text.replace(from, () => to));
  }

  names(): string[] {
    return readdirSync(this.folder).sort();
  }
}

/** Changes of scalping parameters alone. */
export function scalping(params: Record<string, unknown>) {
  return { params: new Map([["scalping", params]]), phase2Learning: null };
}

/** Changes of the learning alone. */
export function learning(latest: Record<string, unknown>) {
  return { params: new Map(), phase2Learning: latest };
}

/** The stable code of a rejection. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return (await errorOf(promise)).code;
}

/** What a promise is rejected with. */
export function errorOf(
  promise: Promise<unknown>,
): Promise<{ code: string; message: string; details: Record<string, string> }> {
  return promise.then(
    () => ({ code: "no error", message: "", details: {} }),
    (error) => error,
  );
}

/** Holds a config's lock as another run does while it saves, until it is released. */
export function holdLock(path: string): Promise<{ release: () => void; ended: Promise<void> }> {
  return new Promise((resolve, reject) => {
    const ended = underLock(path, {}, () => new Promise<void>((release) => resolve({ release, ended })));
    ended.catch(reject);
  });
}
