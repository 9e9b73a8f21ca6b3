import type { Message } from "../notify/message.ts";
import type { Errand } from "../notify/news.ts";
import type { NotifyOptions } from "../notify/options.ts";
import { defaultNotifyOn } from "../notify/when.ts";
import { AbortedError } from "../run/session.ts";
import type { Language } from "../words/catalogue/languages.ts";

/** A call whose end is told. */
export interface NotifiedCall {
  readonly verb: string;
  readonly request: object;
  readonly notify: NotifyOptions;
  readonly signal: AbortSignal | undefined;
  readonly language: Language | undefined;
}

/** Does the work of a call, and tells how it ended: by its result or its error, but not where the caller aborted it. */
export async function notified<T>(
  { verb, request, notify, signal, language }: NotifiedCall,
  work: () => Promise<T>,
): Promise<T> {
  const { newsOf, newsOfFailure } = await import("../notify/news.ts");
  const sender = await import("../notify/notify.ts");
  await sender.prepareTargets(notify.to);
  const { out, report } = request as { readonly out?: unknown; readonly report?: unknown };
  const errand: Errand = {
    verb,
    out: typeof out === "string" ? out : undefined,
    report: typeof report === "string" ? report : undefined,
    beganMs: Date.now(),
    language,
  };
  const { onUndelivered, on = defaultNotifyOn } = notify;
  const to = notify.to.map((target) => ({ label: target.service, target }));
  const tell = async (message: Message): Promise<void> => {
    for (const warning of await sender.notify({ to, on }, message, { signal })) onUndelivered?.(warning);
  };
  let result: T;
  try {
    result = await work();
  } catch (error) {
    if (!(error instanceof AbortedError)) await tell(newsOfFailure(errand, error));
    throw error;
  }
  await tell(await newsOf(errand, result));
  return result;
}
