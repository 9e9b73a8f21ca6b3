import type { Service, TargetOf } from "./service.ts";
import { bark } from "./services/bark.ts";
import { discord } from "./services/discord.ts";
import { email } from "./services/email.ts";
import { ntfy } from "./services/ntfy.ts";
import { slack } from "./services/slack.ts";
import { telegram } from "./services/telegram.ts";
import { webhook } from "./services/webhook.ts";
import type { NotifyTarget, ServiceName } from "./target.ts";

/** Every service, by the word that picks it. */
export const services: { readonly [Name in ServiceName]: Service<TargetOf<Name>> } = {
  email,
  slack,
  discord,
  telegram,
  ntfy,
  bark,
  webhook,
};

export const serviceNames = Object.keys(services) as readonly ServiceName[];

/** The service of a target. */
export function serviceOf(target: NotifyTarget): Service<NotifyTarget> {
  return services[target.service] as Service<NotifyTarget>;
}
