import type { Message } from "./message.ts";
import type { NotifyTarget, ServiceName } from "./target.ts";

/** One setting of a service. */
export interface Setting {
  readonly isRequired: boolean;
  /** Never shown to anybody. */
  readonly isSecret: boolean;
  /** What a right value is, with an example. */
  readonly expected: string;
  readonly isRight: (value: string) => boolean;
}

export type TargetOf<Name extends ServiceName> = Extract<NotifyTarget, { readonly service: Name }>;

/** Everything about one service. */
export interface Service<Target extends NotifyTarget> {
  /** As a sentence names it. */
  readonly title: string;
  readonly settings: Readonly<Record<Exclude<keyof Target, "service">, Setting>>;
  /** Loads what it needs; throws InputError if that is not installed. */
  readonly prepare?: () => Promise<void>;
  /** Sends it, or throws; whatever it has opened is closed when the signal aborts. */
  readonly deliver: (target: Target, message: Message, signal: AbortSignal) => Promise<void>;
}

/** An address of a web server. One with a user and password in it cannot be posted to. */
export function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[^/]/.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username + password === "";
}

/** The address that a webhook is posted to. */
export function webhookAddress(example: string): Setting {
  return {
    isRequired: true,
    isSecret: true,
    expected: `an address such as ${example}, without a user or password in it`,
    isRight: isWebAddress,
  };
}

/** A token that proves who may send. */
export function accessToken(isRequired: boolean, example: string): Setting {
  return {
    isRequired,
    isSecret: true,
    expected: `a token without spaces, such as ${example}`,
    isRight: (value) => /^[\x21-\x7e]+$/.test(value),
  };
}
