/**
 * Where a notification goes: a service, and its settings. Addresses of webhooks, tokens and an SMTP server's address with its password are secrets: they are
 * never part of an error, a result or a report.
 */
export type NotifyTarget =
  | {
      readonly service: "email";
      /** `smtps://user:password@host:465`, or `smtp://...:587` for STARTTLS. */
      readonly url: string;
      /** Addresses, separated by commas. */
      readonly to: string;
      /** Default: the user of `url` if that is an address, else the first of `to`. */
      readonly from?: string | undefined;
    }
  | { readonly service: "slack"; readonly url: string }
  | { readonly service: "discord"; readonly url: string }
  | {
      readonly service: "telegram";
      /** The bot's token. */
      readonly token: string;
      /** A chat's number, or `@channel`. */
      readonly chat: string;
      /** A Bot API server of one's own; default https://api.telegram.org. */
      readonly url?: string | undefined;
    }
  | {
      readonly service: "ntfy";
      /** The topic's address, such as https://ntfy.sh/my-topic. */
      readonly url: string;
      /** An access token, for protected topics. */
      readonly token?: string | undefined;
    }
  | {
      readonly service: "bark";
      /** `https://api.day.app/KEY`, as the app shows it. */
      readonly url: string;
    }
  | {
      readonly service: "webhook";
      /** Takes one JSON object by POST. */
      readonly url: string;
      /** Sent as `Authorization: Bearer TOKEN`. */
      readonly token?: string | undefined;
    };

export type ServiceName = NotifyTarget["service"];

/** Every setting that this target has. */
export function settingsOf(target: NotifyTarget): Readonly<Record<string, string>> {
  const { service: _, ...settings } = target;
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}
