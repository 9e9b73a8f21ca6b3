import { errorBlock, errorFacts } from "../report/errorBlock.ts";
import { jsonText } from "../report/json.ts";
import { paintFor } from "../report/paint.ts";
import { AbortedError, savedText } from "../run/session.ts";
import { shellWord } from "../text.ts";
import { type Language, languageOf, languages } from "../words/catalogue/languages.ts";
import { type Defaults, readDefaults } from "./configFile.ts";
import { exitCodeOf, exitCodes } from "./exits.ts";
import type { Flag } from "./flag.ts";
import { outputGroup } from "./groups.ts";
import { beginning } from "./help.ts";
import { type Host, isUnattended, proseWidth, screenOf, takesColor } from "./host.ts";
import { Notifier } from "./notifier.ts";
import { type Asked, flagsOf, parse } from "./program.ts";
import { interval, Progress } from "./progress.ts";
import { requestFrom } from "./request.ts";
import type { Session, Verb } from "./verb.ts";
import { verbs } from "./verbs/all.ts";

/** How a run reports. */
interface Manner {
  json?: true;
  quiet?: true;
  verbose?: true;
  noColor?: true;
  lang?: Language;
  logLevel?: "error" | "info" | "debug";
}

/** Runs one command line and resolves to its exit code. Every error ends here, as one block on stderr. */
export async function run(host: Host, version: string): Promise<number> {
  let notifier: Notifier | null = null;
  let manner: Manner = host.argv.includes("--no-color") ? { noColor: true } : {};
  try {
    if (host.argv.length === 0) {
      host.stdout.write(beginning);
      return exitCodes.done;
    }
    const asked = parse(host.argv, verbs, version, proseWidth(host.stdout));
    if ("text" in asked) {
      host.stdout.write(asked.text);
      return exitCodes.done;
    }
    const defaults = await readDefaults(host.folder, verbs.flatMap(flagsOf));
    manner = requestFrom(flagsIn(outputGroup.rows), asked.given, defaults);
    notifier = await Notifier.open({ ...asked, defaults, language: manner.lang ?? languageOf(host.env) }, host);
    return await runVerb({ ...asked, defaults, notifier }, manner, host);
  } catch (error) {
    const paint = paintFor(takesColor(host.stderr, host.env, manner.noColor === true));
    if (host.signal.aborted) {
      const saved = error instanceof AbortedError ? error.saved : [];
      host.stderr.write(
        `interrupted; no file was left half-written${saved.length > 0 ? `; ${savedText(saved)}` : ""}\n`,
      );
      return exitCodes.interrupted;
    }
    // Also a command line that could not be read may ask for JSON.
    if (manner.json || host.argv.includes("--json")) host.stdout.write(jsonText({ error: errorFacts(error) }));
    host.stderr.write(errorBlock(error, { paint, stack: manner.logLevel === "debug", width: proseWidth(host.stderr) }));
    await notifier?.failed(error);
    return exitCodeOf(error);
  }
}

/** A verb to run, and who is told how it ended. */
type Running = Extract<Asked, { verb: Verb }> & { readonly defaults: Defaults; readonly notifier: Notifier | null };

async function runVerb(
  { verb, given, positionals, defaults, notifier }: Running,
  manner: Manner,
  host: Host,
): Promise<number> {
  const request = requestFrom(flagsIn(verb.groups.flatMap((group) => group.rows)), given, defaults);
  const silent = manner.quiet === true || manner.logLevel === "error";
  const progress = new Progress({
    write: host.stderr.write,
    inPlace: host.stderr.isTerminal && !isUnattended(host.env) && host.env["TERM"] !== "dumb",
    // A terminal may be resized.
    get columns() {
      return host.stderr.columns;
    },
    now: host.now,
    every: silent ? () => () => undefined : interval,
  });
  const language = manner.lang ?? languageOf(host.env);
  let answer = "";
  let answered: unknown = null;
  const session: Session = {
    options: {
      signal: host.signal,
      onProgress: silent ? () => undefined : (event) => progress.show(event),
      thread: host.thread ?? "own",
      command: ["sluice", ...host.argv].map(shellWord).join(" "),
      language,
    },
    env: host.env,
    defaults,
    answer: (result, render) => {
      answered = result;
      answer = manner.json
        ? jsonText(result)
        : render(
            result,
            paintFor(takesColor(host.stdout, host.env, manner.noColor === true)),
            screenOf(host.stdout, manner.verbose === true, languages[language]),
          );
    },
  };
  let code: number | undefined;
  try {
    code = await verb.run(request, session, positionals);
  } finally {
    if (!silent) progress.end();
  }
  // A finished result is printed even if a stop was requested meanwhile: a config may have been saved.
  if (answer === "") host.signal.throwIfAborted();
  host.stdout.write(answer);
  await notifier?.ended(answered);
  return code ?? exitCodes.done;
}

function flagsIn(rows: readonly { readonly flags: readonly Flag[] }[]): readonly Flag[] {
  return rows.flatMap((row) => row.flags);
}
