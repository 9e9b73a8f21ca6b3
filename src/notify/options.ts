import { InputError, type Warning } from "../errors.ts";
import type { Setting } from "./service.ts";
import { serviceNames, services } from "./services.ts";
import type { NotifyTarget, ServiceName } from "./target.ts";
import { defaultNotifyOn, type NotifyOn, notifyWhen } from "./when.ts";

/** Notifications of one call. */
export interface NotifyOptions {
  /** Whom to tell. */
  readonly to: readonly NotifyTarget[];
  /** Default `changed`. */
  readonly on?: NotifyOn | undefined;
  /** Called for each target that could not be reached; the call itself succeeds or fails as it would have. */
  readonly onUndelivered?: ((warning: Warning) => void) | undefined;
}

/** Refuses invalid options; values of settings are never shown, because they may be secrets. */
export function checkNotifyOptions(given: unknown): NotifyOptions {
  const { to, on, onUndelivered, ...others } = objectFrom(given, "notify");
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) throw refused(`notify.${unknown}`, "only to, on and onUndelivered");
  if (!Array.isArray(to) || to.length === 0)
    throw refused("notify.to", 'a list of targets, such as [{ service: "slack", url }]');
  if (on !== undefined && !(typeof on === "string" && Object.hasOwn(notifyWhen, on)))
    throw refused("notify.on", Object.keys(notifyWhen).join(", "));
  if (onUndelivered !== undefined && typeof onUndelivered !== "function")
    throw refused("notify.onUndelivered", "a function");
  return {
    to: to.map((target: unknown, at) => checkedTarget(target, `notify.to[${at}]`)),
    on: (on as NotifyOn | undefined) ?? defaultNotifyOn,
    ...(onUndelivered !== undefined && { onUndelivered: onUndelivered as (warning: Warning) => void }),
  };
}

function checkedTarget(given: unknown, where: string): NotifyTarget {
  const { service, ...values } = objectFrom(given, where);
  if (typeof service !== "string" || !Object.hasOwn(services, service))
    throw refused(`${where}.service`, serviceNames.join(", "));
  const settings = services[service as ServiceName].settings as Readonly<Record<string, Setting>>;
  const unknown = Object.keys(values).find((key) => !Object.hasOwn(settings, key));
  if (unknown !== undefined) throw refused(`${where}.${unknown}`, `only ${Object.keys(settings).join(", ")}`);
  for (const [key, { isRequired, isRight, expected }] of Object.entries(settings)) {
    const value = values[key];
    if (value === undefined ? isRequired : typeof value !== "string" || !isRight(value))
      throw refused(`${where}.${key}`, expected);
  }
  return { service, ...values } as NotifyTarget;
}

/** A shallow copy of a plain object, read once. */
function objectFrom(given: unknown, where: string): Record<string, unknown> {
  try {
    if (typeof given === "object" && given !== null && !Array.isArray(given)) return { ...given };
  } catch {
    // A getter of the caller threw: not plain.
  }
  throw refused(where, "a plain object");
}

function refused(where: string, expected: string): InputError {
  return new InputError("NOTIFY_OPTION", "invalid notification option", { where, expected });
}
