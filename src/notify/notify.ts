import type { Warning } from "../errors.ts";
import { type Addressee, type DeliverOptions, type Delivery, deliverAll } from "./deliver.ts";
import type { Message } from "./message.ts";
import { serviceOf } from "./services.ts";
import type { NotifyTarget } from "./target.ts";
import type { NotifyOn } from "./when.ts";

/** Everything that a target needs is there, so that a missing package is found before a run and not after it. Throws InputError. */
export async function prepareTargets(targets: readonly NotifyTarget[]): Promise<void> {
  for (const target of targets) await serviceOf(target).prepare?.();
}

/** Whether news of this kind is sent. */
export function isWanted({ event }: Message, on: NotifyOn): boolean {
  switch (on) {
    case "always":
      return true;
    case "failed":
      return event === "failed";
    case "changed":
      return event !== "unchanged";
  }
}

/** Sends news to every target, if it is wanted. Resolves to a warning for each target that it did not reach; never throws. */
export async function notify(
  { to, on }: { readonly to: readonly Addressee[]; readonly on: NotifyOn },
  message: Message,
  options: DeliverOptions = {},
): Promise<Warning[]> {
  if (!isWanted(message, on)) return [];
  const deliveries = await deliverAll(to, message, options);
  return deliveries.flatMap((delivery) => (delivery.failure === null ? [] : [undeliveredWarning(delivery)]));
}

function undeliveredWarning({ to, failure }: Delivery): Warning {
  return {
    code: "NOTIFICATION_NOT_DELIVERED",
    message: `the notification to ${to.label} was not delivered: ${failure}`,
  };
}
