import { postJson } from "../post.ts";
import { accessToken, type Service, type TargetOf, webhookAddress } from "../service.ts";

/** One JSON object for any program; see docs/notifications.md. */
export const webhook: Service<TargetOf<"webhook">> = {
  title: "a webhook",
  settings: {
    url: webhookAddress("https://example.org/sluice"),
    token: accessToken(false, "TOKEN"),
  },
  deliver: async ({ url, token }, { event, headline, text, facts }, signal) => {
    await postJson({ url, token, json: { event, headline, text, ...facts } }, signal);
  },
};
