import { errorBlock } from "../../report/errorBlock.ts";
import { plainPaint } from "../../report/paint.ts";
import { AbortedError } from "../../run/session.ts";
import { languages } from "../../words/catalogue/languages.ts";
import { requestFrom } from "../request.ts";
import type { ProgressEvent, Session } from "../verb.ts";
import { boundedJson, boundedText } from "./bounded.ts";
import { callOf, type Tool } from "./tools.ts";

/** What a tool answers: a summary to read, and the result as JSON; or why there is none. */
export interface ToolAnswer {
  readonly content: { readonly type: "text"; readonly text: string }[];
  readonly isError?: true;
}

/** What all tools of a server share. */
export type ToolHost = Pick<Session, "env" | "defaults"> & Pick<Session["options"], "thread">;

/** How a tool is called. */
export interface ToolCalling {
  readonly signal: AbortSignal;
  readonly onProgress: (event: ProgressEvent) => void;
  /** Characters that the summary of an answer may have, and its JSON. */
  readonly mostCharacters: number;
}

const width = 100;

/** Calls a tool, as the command line calls its verb; an error is an answer, too. Throws only if the call was cancelled. */
export async function callTool(
  tool: Tool,
  given: unknown,
  host: ToolHost,
  { signal, onProgress, mostCharacters }: ToolCalling,
): Promise<ToolAnswer> {
  const { verb } = tool;
  let content: ToolAnswer["content"] = [];
  const session: Session = {
    options: { signal, onProgress, thread: host.thread, command: `sluice ${verb.name}`, language: "en" },
    env: host.env,
    defaults: host.defaults,
    answer: (result, render) => {
      const screen = { width, verbose: false, isTerminal: false, texts: languages.en };
      content = [
        { type: "text", text: boundedText(render(result, plainPaint, screen), mostCharacters) },
        { type: "text", text: boundedJson(result, mostCharacters) },
      ];
    },
  };
  try {
    const { given: texts, positionals } = callOf(tool, given);
    const flags = verb.groups.flatMap(({ rows }) => rows.flatMap((row) => row.flags));
    // Defaults of the folder count as on the command line, but for those that write a file.
    const own = flags.filter(({ long }) => long in tool.inputSchema.properties);
    await verb.run(requestFrom(own, texts, host.defaults), session, positionals);
    return { content };
  } catch (error) {
    if (error instanceof AbortedError) throw error;
    const text = boundedText(errorBlock(error, { paint: plainPaint, stack: false }), mostCharacters);
    return { content: [{ type: "text", text }], isError: true };
  }
}
