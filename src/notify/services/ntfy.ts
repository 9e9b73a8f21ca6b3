import { byteLength, fitLine, fitLines } from "../fit.ts";
import { isUrgent } from "../message.ts";
import { postJson } from "../post.ts";
import { accessToken, isWebAddress, type Service, type TargetOf } from "../service.ts";

/** ntfy makes a file of what is longer, which a phone does not show. */
const mostBytes = 4096;
const mostTitleBytes = 250;
const highPriority = 4;

/** ntfy, published as JSON: https://docs.ntfy.sh/publish/#publish-as-json. */
export const ntfy: Service<TargetOf<"ntfy">> = {
  title: "ntfy",
  settings: {
    url: {
      isRequired: true,
      isSecret: true,
      expected: "the address of a topic, such as https://ntfy.sh/my-topic, without a user or password in it",
      isRight: (value) => isWebAddress(value) && /^\/(.+\/)?[\w-]{1,64}$/.test(new URL(value).pathname),
    },
    token: accessToken(false, "tk_TOKEN"),
  },
  deliver: async ({ url, token }, message, signal) => {
    // JSON goes to the server's root, and names the topic.
    const address = new URL(url);
    const topic = address.pathname.slice(address.pathname.lastIndexOf("/") + 1);
    address.pathname = address.pathname.slice(0, -topic.length);
    const json = {
      topic,
      title: fitLine(message.headline, mostTitleBytes, byteLength),
      // An empty message would be shown as "triggered".
      message: fitLines(message.phoneText || message.headline, mostBytes, byteLength),
      ...(isUrgent(message) && { priority: highPriority, tags: ["warning"] }),
    };
    await postJson({ url: address.href, json, token }, signal);
  },
};
