import { fitLines } from "../fit.ts";
import { withEntities } from "../markup.ts";
import { postJson } from "../post.ts";
import { type Service, type TargetOf, webhookAddress } from "../service.ts";

/** Slack splits longer texts into several messages, which breaks a code block. */
const mostUnits = 4000;

/** Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. */
export const slack: Service<TargetOf<"slack">> = {
  title: "Slack",
  settings: { url: webhookAddress("https://hooks.slack.com/services/T000/B000/KEY") },
  deliver: async ({ url }, { headline, text }, signal) => {
    const head = `*${plain(headline).replaceAll("*", "∗")}*`;
    const fence = text === "" ? "" : "\n```\n\n```";
    const room = mostUnits - head.length - fence.length;
    const block = text === "" ? "" : `\n\`\`\`\n${fitLines(plain(text), room)}\n\`\`\``;
    // A preview of a link in the text would be larger than the message.
    await postJson({ url, json: { text: head + block, unfurl_links: false, unfurl_media: false } }, signal);
  },
};

/** Text without Slack's markup and the fence of a code block. */
function plain(text: string): string {
  return withEntities(text).replaceAll("```", "'''");
}
