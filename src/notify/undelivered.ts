import { escaped } from "../text.ts";

/** A notification that did not arrive, and why, in a few words. */
export class Undelivered extends Error {}

const plainReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was closed before an answer came",
  UND_ERR_SOCKET: "the connection was closed before an answer came",
  ECONNECTION: "the connection was closed before an answer came",
  ENOTFOUND: "no such host",
  EDNS: "no such host",
  EAI_AGAIN: "the name of the host cannot be resolved",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "no answer",
  UND_ERR_CONNECT_TIMEOUT: "no answer",
};

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

/** What an error of the network means. The deepest cause knows best: `fetch failed` says nothing. */
export function networkReason(error: unknown): string {
  const { code, message } = deepest(error);
  const plain = plainReasons[code];
  if (plain !== undefined) return plain;
  if (certificateCodes.test(code) || /certificate|self.signed/i.test(message))
    return `the certificate of the server is not trusted (${shortText(message)})`;
  if (/^ERR_SSL|EPROTO/.test(code) || /wrong version number|packet length too long/i.test(message))
    return "the server does not speak TLS on this port";
  return shortText(message === "" ? code : message);
}

function deepest(error: unknown): { readonly code: string; readonly message: string } {
  let inner = error;
  for (;;) {
    const { cause, errors } = Object(inner) as { readonly cause?: unknown; readonly errors?: readonly unknown[] };
    const next = errors?.[0] ?? cause;
    if (!(next instanceof Error)) break;
    inner = next;
  }
  const { code, message } = Object(inner) as { readonly code?: unknown; readonly message?: unknown };
  return { code: typeof code === "string" ? code : "", message: typeof message === "string" ? message : String(inner) };
}

/** What a server said, on one line. */
export function shortText(text: string): string {
  return escaped(text.replace(/\s+/g, " ").trim());
}
