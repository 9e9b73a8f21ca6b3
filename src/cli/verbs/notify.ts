import { en, type Texts } from "../../words/catalogue/en.ts";
import { duration } from "../../words/figures.ts";
import { exitCodes } from "../exits.ts";
import { required } from "../flag.ts";
import { flags } from "../flags.ts";
import { notifyGroup } from "../groups.ts";
import { verb } from "../verb.ts";

/** How long it took to reach one place, or why it was not reached. */
interface Reached {
  readonly to: string;
  readonly failure: string | null;
  readonly milliseconds: number;
}

const [services] = notifyGroup.rows;

/** A message that tries the set-up. */
export const notifyVerb = verb({
  name: "notify",
  summary: "Sends a test message, so that notifications are known to arrive before a run needs them.",
  usage: "--notify SERVICE [--notify SERVICE]",
  groups: [{ title: "Notifications", rows: [{ ...services, flags: [required(flags.notify)] }] }],
  example: "sluice notify --notify mailto:me@example.org --notify telegram",
  async run({ notify }, session) {
    const { addressees } = await import("../notifier.ts");
    const { deliverAll } = await import("../../notify/deliver.ts");
    const { testNews } = await import("../../notify/news.ts");
    const { to, problem } = await addressees(notify, session);
    if (problem) throw problem;
    const deliveries = await deliverAll(to, testNews(Date.now(), session.options.language), {
      signal: session.options.signal,
    });
    const reached = deliveries.map(({ to, failure, milliseconds }) => ({ to: to.label, failure, milliseconds }));
    session.answer({ deliveries: reached }, (shown, _, { texts = en }) =>
      shown.deliveries.map((one) => lineOf(one, texts)).join(""),
    );
    return reached.every(({ failure }) => failure === null) ? exitCodes.done : exitCodes.badInput;
  },
});

function lineOf({ to, failure, milliseconds }: Reached, { tools }: Texts): string {
  return `${failure === null ? tools.notified(to, duration(milliseconds)) : tools.notNotified(to, failure)}\n`;
}
