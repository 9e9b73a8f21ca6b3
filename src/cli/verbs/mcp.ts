import { verb } from "../verb.ts";

/** Tools for agents. */
export const mcp = verb({
  name: "mcp",
  summary:
    "Serves inspect, plan, search, simulate, validate and rehearse to an agent (Model Context Protocol, on stdin and stdout); saves nothing.",
  usage: "",
  groups: [],
  example: "sluice mcp",
  async run(_, session) {
    const { serve } = await import("../mcp/serve.ts");
    const { env, defaults, options } = session;
    await serve({ env, defaults, thread: options.thread }, options.signal);
    return 0;
  },
});
