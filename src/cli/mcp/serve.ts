import type {
  CallToolResult,
  JsonSchemaValidator,
  jsonSchemaValidator,
  ServerContext,
} from "@modelcontextprotocol/server";
import { InputError } from "../../errors.ts";
import { version } from "../../run/version.ts";
import type { ProgressEvent } from "../verb.ts";
import { callTool, type ToolHost } from "./callTool.ts";
import { type Tool, tools } from "./tools.ts";

/** What an agent is told once. */
const instructions = `Sluice searches the entry filters and exits of a trading strategy exactly, and says whether a result can be believed. It takes a folder of candles and a file of signals.
Order: inspect the candles, plan a search, search, validate the best set, rehearse. A search alone is in-sample: never report its figures as what to expect. These tools save nothing; to change a bot's
config, a person runs "sluice optimize". Numbers in summaries are net of fee and slippage; "points" are percent of one stake.`;

/** Longest summary of an answer, and longest JSON, in characters. */
const mostCharacters = 24_000;

/** Serves the tools on stdin and stdout until the client leaves or the signal ends it. Throws InputError if the protocol's package is not installed. */
export async function serve(host: ToolHost, signal: AbortSignal): Promise<void> {
  const [{ fromJsonSchema, McpServer }, { serveStdio, StdioServerTransport }] = await protocol();
  const queue = new Queue();
  const transport = new StdioServerTransport();
  const server = new McpServer({ name: "sluice", version }, { instructions });
  for (const tool of tools)
    server.registerTool(
      tool.verb.name,
      {
        description: tool.description,
        inputSchema: fromJsonSchema<unknown>(
          { ...tool.inputSchema, required: [...tool.inputSchema.required] } as never,
          unchecked,
        ),
        annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
      },
      (given: unknown, context: ServerContext) => queue.add(() => answered(tool, given, host, context)),
    );
  await new Promise<void>((resolve, reject) => {
    const handle = serveStdio(() => server, { transport, onerror: () => undefined });
    const end = (): void => void handle.close().then(resolve, reject);
    // Also where the client leaves before it has said anything: until then no server is connected that could tell.
    const { onclose } = transport;
    transport.onclose = () => {
      onclose?.();
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

async function answered(
  tool: Tool,
  given: unknown,
  host: ToolHost,
  { mcpReq }: ServerContext,
): Promise<CallToolResult> {
  const progressToken = mcpReq._meta?.progressToken;
  const onProgress = ({ share = 0, message }: ProgressEvent): void => {
    if (progressToken === undefined) return;
    const params = { progressToken, progress: share, total: 1, message };
    void mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
  const answer = await callTool(tool, given, host, { signal: mcpReq.signal, onProgress, mostCharacters });
  return { ...answer };
}

/** Accepts everything: `callOf` refuses what is wrong, with an error that names the remedy. */
const unchecked: jsonSchemaValidator = {
  getValidator<T>(): JsonSchemaValidator<T> {
    return (input: unknown) => ({ valid: true, data: input as T, errorMessage: undefined });
  },
};

/** One call after another: each may use all threads and all the memory that it was given. */
class Queue {
  private last: Promise<unknown> = Promise.resolve();

  add<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work, work);
    this.last = done.catch(() => undefined);
    return done;
  }
}

async function protocol(): Promise<
  [typeof import("@modelcontextprotocol/server"), typeof import("@modelcontextprotocol/server/stdio")]
> {
  try {
    return [await import("@modelcontextprotocol/server"), await import("@modelcontextprotocol/server/stdio")];
  } catch (cause) {
    throw new InputError(
      "MCP_PACKAGE",
      "serving agents needs the package @modelcontextprotocol/server, which is not installed",
      {
        found: "no package @modelcontextprotocol/server beside Sluice",
        expected: "@modelcontextprotocol/server 2.4 or newer",
        remedy: "npm i @modelcontextprotocol/server (npm i -g if Sluice is installed globally)",
      },
      { cause },
    );
  }
}
