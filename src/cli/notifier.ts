import type { Addressee } from "../notify/deliver.ts";
import type { Message } from "../notify/message.ts";
import type { Errand } from "../notify/news.ts";
import { defaultNotifyOn, type NotifyOn } from "../notify/when.ts";
import { escaped, shellWord } from "../text.ts";
import type { Language } from "../words/catalogue/languages.ts";
import type { Defaults } from "./configFile.ts";
import type { Flag } from "./flag.ts";
import { notifyGroup } from "./groups.ts";
import type { Host } from "./host.ts";
import { type Given, requestFrom } from "./request.ts";
import type { Verb } from "./verb.ts";

/** The part of a run that the notifier needs. */
export interface Asking {
  readonly verb: Verb;
  readonly given: Given;
  readonly defaults: Defaults;
  readonly language: Language;
}

/** Tells the places that `--notify` names how a run ended. What cannot be delivered is a warning on stderr, and changes nothing else. */
export class Notifier {
  private constructor(
    readonly to: readonly Addressee[],
    readonly on: NotifyOn,
    private readonly errand: Errand,
    private readonly host: Host,
  ) {}

  /**
   * The notifier of a run; null without `--notify`. Throws InputError if a setting is missing or wrong, before anything is run; the other places are told.
   */
  static async open({ verb, given, defaults, language }: Asking, host: Host): Promise<Notifier | null> {
    if (!verb.notifies) return null;
    const wanted = requestFrom(
      notifyGroup.rows.flatMap((row): readonly Flag[] => row.flags),
      given,
      defaults,
    );
    const words = (wanted["notify"] as readonly string[] | undefined) ?? [];
    if (words.length === 0) return null;
    const { to, problem } = await addressees(words, host);
    const path = (flag: string): string | undefined => (given.get(flag) ?? defaults.get(flag))?.at(-1);
    const errand = {
      verb: verb.name,
      out: path("out"),
      report: path("report"),
      command: commandOf(host.argv),
      beganMs: Date.now(),
      language,
    };
    const notifier = new Notifier(to, (wanted["notifyOn"] as NotifyOn | undefined) ?? defaultNotifyOn, errand, host);
    if (problem === null) return notifier;
    await notifier.failed(problem);
    throw problem;
  }

  /** The run ended with a result. */
  async ended(result: unknown): Promise<void> {
    const { newsOf } = await import("../notify/news.ts");
    await this.send(await newsOf(this.errand, result));
  }

  /** The run ended with an error. */
  async failed(error: unknown): Promise<void> {
    const { newsOfFailure } = await import("../notify/news.ts");
    await this.send(newsOfFailure(this.errand, error));
  }

  private async send(message: Message): Promise<void> {
    const { notify } = await import("../notify/notify.ts");
    const { signal, stderr } = this.host;
    for (const warning of await notify(this, message, { signal }))
      stderr.write(`warning: ${escaped(warning.message)}\n`);
  }
}

/** Who is meant by the words of `--notify`, and the first problem with them. */
export async function addressees(
  words: readonly string[],
  { env }: Pick<Host, "env">,
): Promise<{ readonly to: readonly Addressee[]; readonly problem: Error | null }> {
  const { targetFrom } = await import("../notify/environment.ts");
  const { prepareTargets } = await import("../notify/notify.ts");
  const to: Addressee[] = [];
  let problem: Error | null = null;
  for (const word of words)
    try {
      const target = targetFrom(word, env);
      await prepareTargets([target]);
      to.push({ label: word, target });
    } catch (error) {
      problem ??= error as Error;
    }
  return { to, problem };
}

/** The command line as a shell takes it. An address behind `--notify` is refused, and hidden here: it may be a secret. */
function commandOf(argv: readonly string[]): string {
  const shown = argv.map((word, at) => {
    if (word.startsWith("--notify=") && word.includes("//")) return "--notify=[hidden]";
    return argv[at - 1] === "--notify" && word.includes("//") ? "[hidden]" : shellWord(word);
  });
  return ["sluice", ...shown].join(" ");
}
