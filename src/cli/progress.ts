import { shorten } from "../report/lines.ts";
import { escaped } from "../text.ts";
import { duration } from "../words/figures.ts";
import type { ProgressEvent } from "./verb.ts";

/** Where progress is shown. */
export interface ProgressOutput {
  readonly write: (text: string) => void;
  /** One line rewritten in place; otherwise one plain line per phase, so that a cron mail stays short. */
  readonly inPlace: boolean;
  readonly columns: number;
  readonly now: () => number;
}

/** Shows a run's steps as they happen. `end` leaves the terminal clean, even after an error. */
export class Progress {
  readonly #output: ProgressOutput;
  #phase: { readonly name: string; readonly beganMs: number; message: string } | null = null;

  constructor(output: ProgressOutput) {
    this.#output = output;
  }

  show({ phase, message, fraction }: ProgressEvent): void {
    if (this.#phase?.name !== phase) {
      this.#finishPhase();
      this.#phase = { name: phase, beganMs: this.#output.now(), message };
    }
    this.#phase!.message = message;
    if (!this.#output.inPlace) return;
    const done = fraction === undefined ? "" : ` ${Math.floor(100 * Math.min(1, Math.max(0, fraction)))}%`;
    const line = escaped(`${phase}${done}  ${message}`);
    this.#output.write(`\r\u001b[2K${shorten(line, this.#output.columns - 1)}`);
  }

  end(): void {
    this.#finishPhase();
    this.#phase = null;
    if (this.#output.inPlace) this.#output.write("\r\u001b[2K");
  }

  #finishPhase(): void {
    if (this.#phase === null || this.#output.inPlace) return;
    const { name, beganMs, message } = this.#phase;
    const took = duration(this.#output.now() - beganMs);
    this.#output.write(`${shorten(escaped(`${name}  ${took}  ${message}`), 100)}\n`);
  }
}
