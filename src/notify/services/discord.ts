import { fitLine, fitLines } from "../fit.ts";
import { postJson } from "../post.ts";
import { type Service, type TargetOf, webhookAddress } from "../service.ts";

/** Discord refuses longer contents. */
const mostUnits = 2000;
const mostHeadline = 300;

/** Discord's webhooks: https://docs.discord.com/developers/resources/webhook#execute-webhook. */
export const discord: Service<TargetOf<"discord">> = {
  title: "Discord",
  settings: { url: webhookAddress("https://discord.com/api/webhooks/000/KEY") },
  deliver: async ({ url }, { headline, text }, signal) => {
    const head = `**${unmarked(fitLine(headline, mostHeadline))}**`;
    const room = mostUnits - head.length - "\n```\n\n```".length;
    const block = text === "" ? "" : `\n\`\`\`\n${fitLines(text.replaceAll("```", "'''"), room)}\n\`\`\``;
    // A name such as @everyone in a path alerts nobody.
    await postJson({ url, json: { content: head + block, allowed_mentions: { parse: [] } } }, signal);
  },
};

/** Text without Discord's markup: names with underscores stay what they are. */
function unmarked(text: string): string {
  return text.replace(/[\\*_~`|[\]]/g, "\\$&");
}
