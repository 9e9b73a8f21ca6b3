import type { Message } from "./message.ts";
import { withoutSecrets } from "./secrets.ts";
import { serviceOf } from "./services.ts";
import type { NotifyTarget } from "./target.ts";
import { Undelivered } from "./undelivered.ts";

/** How long a run may be delayed by all notifications together, milliseconds. */
export const mostDelayMs = 10_000;

/** A target, and what it is called in messages. */
export interface Addressee {
  readonly label: string;
  readonly target: NotifyTarget;
}

/** The outcome for one target. */
export interface Delivery {
  readonly to: Addressee;
  /** Why it did not arrive, in a few words without any secret; null if it did. */
  readonly failure: string | null;
  readonly milliseconds: number;
}

export interface DeliverOptions {
  /** Default `mostDelayMs`. */
  readonly withinMs?: number;
  /** Gives up at once. */
  readonly signal?: AbortSignal | undefined;
}

/** Sends a message to every target at the same time, within ten seconds in total. Never throws. */
export function deliverAll(
  to: readonly Addressee[],
  message: Message,
  { withinMs = mostDelayMs, signal }: DeliverOptions = {},
): Promise<Delivery[]> {
  return Promise.all(to.map((each) => delivered(each, message, withinMs, signal)));
}

async function delivered(
  to: Addressee,
  message: Message,
  withinMs: number,
  stop: AbortSignal | undefined,
): Promise<Delivery> {
  const { target } = to;
  const beganMs = performance.now();
  const limit = new AbortController();
  let giveUp: (why: Error) => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const end = (why: string): void => {
    giveUp(new Undelivered(why));
    limit.abort();
  };
  const timer = setTimeout(() => end(`no answer within ${withinMs / 1000} s`), withinMs);
  const stopped = (): void => end("interrupted");
  stop?.addEventListener("abort", stopped, { once: true });
  if (stop?.aborted) stopped();
  const outcome = (failure: string | null): Delivery => ({ to, failure, milliseconds: performance.now() - beganMs });
  try {
    await Promise.race([serviceOf(target).deliver(target, message, limit.signal), over]);
    return outcome(null);
  } catch (error) {
    return outcome(shortened(withoutSecrets(error instanceof Error ? error.message : String(error), target)));
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener("abort", stopped);
  }
}

const mostShown = 200;

/** A reason of moderate length, cut only now: half a secret is not recognised as one. */
function shortened(reason: string): string {
  const characters = [...reason];
  return characters.length > mostShown ? `${characters.slice(0, mostShown).join("")}...` : reason;
}
