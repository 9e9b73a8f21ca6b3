import { setTimeout as sleep } from "node:timers/promises";
import { networkReason, shortText, Undelivered } from "./undelivered.ts";

/** One request. */
export interface Post {
  readonly url: string;
  readonly json: unknown;
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string | undefined;
}

/** A server's answer; its text is cut after some kilobytes. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Worth a second attempt: too many requests, and servers that are being restarted. */
const passing = new Set([429, 502, 503, 504]);
const firstWaitMs = 1000;
const mostAnswerBytes = 4096;

/**
 * Posts JSON and resolves to the answer if that is a success; tries once more where a server says that it cannot for the moment. Redirects are not followed: an address that
 * carries a secret is meant for one server. Throws Undelivered.
 */
export async function postJson(post: Post, signal: AbortSignal): Promise<Answer> {
  const first = await posted(post, signal);
  if (!passing.has(first.status)) return successOf(first);
  await sleep(first.retryAfterMs ?? firstWaitMs, undefined, { signal }).catch(() => {
    throw new Undelivered(refusal(first));
  });
  return successOf(await posted(post, signal));
}

async function posted(
  { url, json, token }: Post,
  signal: AbortSignal,
): Promise<Answer & { readonly retryAfterMs: number | null }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json; charset=utf-8",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(json),
      signal,
    });
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
    return { status: response.status, text: await beginningOf(response), retryAfterMs };
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Undelivered(networkReason(error));
  }
}

/** The beginning of an answer; the rest is not waited for. */
async function beginningOf(response: Response): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let count = 0;
  for await (const block of response.body) {
    text += decoder.decode(block, { stream: true });
    count += block.length;
    if (count >= mostAnswerBytes) break;
  }
  return text;
}

function successOf(answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new Undelivered(refusal(answer));
}

function refusal({ status, text }: Answer): string {
  if (status >= 300 && status < 400)
    return `the server answered ${status}, a redirect to another address, which is not followed`;
  const said = shortText(saidIn(text));
  return `the server answered ${status}${said === "" ? "" : `: ${said}`}`;
}

/** What a service gives as its reason: most have an object with a text in it. Pages of HTML say nothing. */
function saidIn(text: string): string {
  if (/^\s*</.test(text)) return "";
  try {
    const { description, message, error } = Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
    return [description, message, error].find((each): each is string => typeof each === "string") ?? text;
  } catch {
    return text;
  }
}
