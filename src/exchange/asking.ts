import { setTimeout as pause } from "node:timers/promises";
import { InputError } from "../errors.ts";
import type { Exchange } from "./connection.ts";

/** How often a request is made before it is given up. */
export const mostTries = 6;
/** The wait before the second try; each further one is twice as long, 31 s in all. */
const firstWaitMs = 1_000;
/** An exchange that asks to wait for longer has banned the address: better to stop than to seem stuck. */
const longestWaitMs = 600_000;

/** An answer that has begun may stall; no page of candles takes this long. */
const mostAnswerMs = 60_000;

/** How requests are made. */
export interface AskOptions {
  /** Ends the wait for an answer, or for the next try. */
  readonly signal?: AbortSignal;
  /** Called before each wait, with a sentence for the user. */
  readonly onWait?: (why: string) => void;
  /** The wait before the second try, milliseconds; default 1 s. */
  readonly firstWaitMs?: number;
  /** How long a whole answer may take, milliseconds; default 60 s. */
  readonly answerMs?: number;
}

/**
 * Makes a request until it is answered, at most 6 times: again after network errors, timeouts, cut connections, and answers 418, 429 and 5xx, with
 * longer and longer waits, or as long as the exchange's Retry-After asks for. Throws InputError if the exchange refuses the request or is not
 * reached, and the signal's reason if it is aborted.
 */
export async function ask<T>(
  exchange: Exchange,
  what: string,
  request: () => Promise<T>,
  options: AskOptions = {},
): Promise<T> {
  const { signal, onWait } = options;
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    exchange.last_response_headers = undefined;
    try {
      return await inTime(request(), options);
    } catch (error) {
      signal?.throwIfAborted();
      if (!mayPass(error)) throw refused(exchange, what, error);
      const askedMs = retryAfterMs(exchange.last_response_headers);
      if (askedMs > longestWaitMs) throw banned(exchange, what, askedMs);
      if (tries === mostTries) throw unreachable(exchange, what, error);
      const waitMs = Math.max(askedMs, (options.firstWaitMs ?? firstWaitMs) * 2 ** (tries - 1));
      onWait?.(`${reasonOf(error)}; trying again in ${Math.ceil(waitMs / 1000)} s (try ${tries + 1} of ${mostTries})`);
      await pause(waitMs, undefined, signal && { signal });
    }
  }
}

/** A promise that is given up once the signal fires or the time is over: a dead connection may keep it for minutes. */
async function inTime<T>(work: Promise<T>, { signal, answerMs = mostAnswerMs }: AskOptions): Promise<T> {
  let stop: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<never>((_, reject) => {
    stop = () => reject(signal!.reason);
    signal?.addEventListener("abort", stop, { once: true });
    const late = Object.assign(new Error("the answer does not end"), { code: "ETIMEDOUT" });
    timer = setTimeout(() => reject(late), answerMs);
  });
  try {
    return await Promise.race([work, givenUp]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop!);
  }
}

/** Answers that will be the same the next time: not allowed, not there, not from this country. */
const finalStatus = /\b(401|403|404|405|410|451)\b/;

/** Whether another try may be answered. ccxt's classes are told by name, because each way of loading it has its own. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const kinds = kindsOf(error);
  if (kinds.includes("OperationFailed")) return kinds.includes("DDoSProtection") || !finalStatus.test(statusIn(error));
  if (kinds.includes("BaseError")) return false;
  // A connection that is cut in the middle of an answer is an error of the socket, not of ccxt.
  const { code } = error as NodeJS.ErrnoException;
  return (typeof code === "string" && /^(E[A-Z]+|UND_ERR_\w+|Z_\w+)$/.test(code)) || error.message === "terminated";
}

/** Names of an error's class and of those above it. */
function kindsOf(error: object): string[] {
  const names: string[] = [];
  for (let at = Object.getPrototypeOf(error); at !== null; at = Object.getPrototypeOf(at))
    names.push(String(at.constructor?.name));
  return names;
}

/** The part of ccxt's message with the status: `binance GET https://... 503 Service Unavailable ...`. */
function statusIn({ message }: Error): string {
  return /https?:\S+ (\d{3}) /.exec(message)?.[1] ?? "";
}

/** What an answer's Retry-After asks for, milliseconds: a number of seconds, or a date (RFC 9110, 10.2.3). 0 without one. */
function retryAfterMs(headers: Exchange["last_response_headers"]): number {
  const [, value] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "retry-after") ?? [];
  const text = String(value ?? "").trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now());
}

/** An error's message in one short line. */
function reasonOf(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

const toContinue = "run the same command again later: it continues where it stopped";

function refused(exchange: Exchange, what: string, cause: unknown): InputError {
  return new InputError(
    "EXCHANGE_REFUSED",
    "the exchange refused the request",
    {
      where: `${exchange.id}: ${what}`,
      found: reasonOf(cause),
      expected: "an answer with candles",
      remedy: toContinue,
    },
    { cause },
  );
}

function unreachable(exchange: Exchange, what: string, cause: unknown): InputError {
  return new InputError(
    "EXCHANGE_UNREACHABLE",
    `the exchange did not answer in ${mostTries} tries`,
    {
      where: `${exchange.id}: ${what}`,
      found: reasonOf(cause),
      expected: "an answer with candles",
      remedy: `check the connection; ${toContinue}`,
    },
    { cause },
  );
}

function banned(exchange: Exchange, what: string, askedMs: number): InputError {
  return new InputError("EXCHANGE_WAIT", "the exchange asks for a longer wait than fetch would take", {
    where: `${exchange.id}: ${what}`,
    found: `Retry-After of ${Math.ceil(askedMs / 60_000)} minutes`,
    expected: `at most ${longestWaitMs / 60_000} minutes`,
    remedy: toContinue,
  });
}
