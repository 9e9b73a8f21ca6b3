import { serviceOf } from "./services.ts";
import { type NotifyTarget, settingsOf } from "./target.ts";

/** Shorter parts of an address, such as `api` or `v2`, are no secrets, and blotting them out would make texts unreadable. */
const shortestSecret = 6;

/** Every text that must not be shown: the secret settings, and each part of an address that may be one. */
function secretsOf(target: NotifyTarget): string[] {
  const { settings } = serviceOf(target);
  return Object.entries(settingsOf(target)).flatMap(([key, value]) =>
    settings[key as keyof typeof settings]?.isSecret ? [value, ...partsOf(value)] : [],
  );
}

function partsOf(value: string): string[] {
  if (!URL.canParse(value)) return [];
  const { username, password, pathname, search } = new URL(value);
  const parts = [username, ...pathname.split("/"), ...search.split(/[?&=]/)].filter(
    (part) => part.length >= shortestSecret,
  );
  return [...parts, ...(password === "" ? [] : [password])].flatMap((part) => [part, decoded(part)]);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A text without the secrets of a target, such as what its server answered. */
export function withoutSecrets(text: string, target: NotifyTarget): string {
  const longestFirst = secretsOf(target).sort((one, other) => other.length - one.length);
  return longestFirst.reduce((shown, secret) => shown.replaceAll(secret, "[hidden]"), text);
}
