import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { quoted } from "../text.ts";
import type { Setting } from "./service.ts";
import { serviceNames, services } from "./services.ts";
import type { NotifyTarget, ServiceName } from "./target.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The target that a word names: a service, `slack`, or one of several of its kind, `slack:ops`. Its settings are in environment variables, `SLUICE_SLACK_URL` or `SLUICE_SLACK_OPS_URL`, so
 * that no secret is in a command line, where every user of the machine sees it. `mailto:ADDRESS` is e-mail to that address. Throws InputError, which shows no setting.
 */
export function targetFrom(word: string, env: Environment): NotifyTarget {
  if (/^mailto:/i.test(word)) return read("email", "", env, { to: word.slice("mailto:".length) });
  // Whatever looks like an address is probably a secret, and is not repeated.
  if (word.includes("//")) throw addressGiven(word);
  const [service = "", name, ...rest] = word.split(":");
  if (!isService(service) || rest.length > 0 || (name !== undefined && !/^\w+$/.test(name)))
    throw new InputError("NOTIFY_SERVICE", "unknown notification service", {
      where: "--notify",
      found: quoted(word),
      expected: `one of ${serviceNames.join(", ")}, or mailto:ADDRESS; with :NAME behind it for one of several`,
      remedy: didYouMean(service, serviceNames, "docs/notifications.md has each of them"),
    });
  return read(service, name === undefined ? "" : `${name.toUpperCase()}_`, env);
}

const isService = (word: string): word is ServiceName => Object.hasOwn(services, word);

/** The environment variable of a setting. */
export function variableOf(service: ServiceName, name: string, key: string): string {
  return `SLUICE_${service.toUpperCase()}_${name}${key.toUpperCase()}`;
}

function read(
  service: ServiceName,
  name: string,
  env: Environment,
  given: Readonly<Record<string, string>> = {},
): NotifyTarget {
  const target: Record<string, string> = { service };
  for (const [key, setting] of Object.entries(services[service].settings) as [string, Setting][]) {
    const variable = variableOf(service, name, key);
    const value = given[key] ?? (env[variable]?.trim() || undefined);
    if (value !== undefined && setting.isRight(value)) target[key] = value;
    else if (value !== undefined) throw wrongVariable(given[key] === undefined ? variable : "--notify", setting, value);
    else if (setting.isRequired) throw missingVariable(variable, service, setting);
  }
  return target as unknown as NotifyTarget;
}

function missingVariable(variable: string, service: ServiceName, { expected }: Setting): InputError {
  return new InputError("NOTIFY_SETTING", `--notify ${service} needs the environment variable ${variable}`, {
    where: variable,
    found: "nothing",
    expected,
    remedy: "set it where the run is started: docs/notifications.md shows how for cron and systemd",
  });
}

function wrongVariable(where: string, { expected, isSecret }: Setting, value: string): InputError {
  return new InputError("NOTIFY_SETTING", `invalid notification setting: ${where}`, {
    where,
    found: isSecret ? `${value.length} characters, not shown because they may be a secret` : quoted(value),
    expected,
  });
}

const hosts: readonly (readonly [RegExp, ServiceName])[] = [
  [/hooks\.slack\.com/, "slack"],
  [/discord(app)?\.com/, "discord"],
  [/api\.telegram\.org/, "telegram"],
  [/ntfy/, "ntfy"],
  [/api\.day\.app|bark/, "bark"],
  [/^smtps?:/, "email"],
];

function addressGiven(word: string): InputError {
  const service = hosts.find(([host]) => host.test(word))?.[1] ?? "webhook";
  const variable = variableOf(service, "", service === "telegram" ? "token" : "url");
  return new InputError("NOTIFY_ADDRESS", "--notify takes the name of a service, not an address", {
    where: "--notify",
    found: "an address, not shown because it may hold a secret",
    expected: `one of ${serviceNames.join(", ")}, or mailto:ADDRESS`,
    remedy: `put what is secret into the environment variable ${variable} and write --notify ${service}: command lines are visible to every user of the machine`,
  });
}
