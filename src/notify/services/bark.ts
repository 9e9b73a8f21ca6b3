import { byteLength, fitLine, fitLines } from "../fit.ts";
import { isUrgent } from "../message.ts";
import { postJson } from "../post.ts";
import { isWebAddress, type Service, type TargetOf } from "../service.ts";
import { shortText, Undelivered } from "../undelivered.ts";

/** Apple's push service takes 4096 bytes of JSON, of which Bark's own fields need some. */
const mostBytes = 3000;
const mostTitleBytes = 250;

/** Bark for iPhones: https://github.com/Finb/Bark/blob/master/docs/en-us/tutorial.md. */
export const bark: Service<TargetOf<"bark">> = {
  title: "Bark",
  settings: {
    url: {
      isRequired: true,
      isSecret: true,
      expected: "an address with a device key, such as https://api.day.app/KEY, without a user or password in it",
      isRight: (value) => isWebAddress(value) && /^\/(.+\/)?[^/]+\/?$/.test(new URL(value).pathname),
    },
  },
  deliver: async ({ url }, message, signal) => {
    const json = {
      title: fitLine(message.headline, mostTitleBytes, byteLength),
      body: fitLines(message.phoneText || message.headline, mostBytes, escapedLength),
      group: "sluice",
      // Urgent news is also shown while the phone's owner has notifications silenced by a focus.
      ...(isUrgent(message) && { level: "timeSensitive" }),
    };
    const { text } = await postJson({ url, json }, signal);
    if (/"code"\s*:\s*(?!200\b)\d/.test(text)) throw new Undelivered(`the server answered ${shortText(text)}`);
  },
};

/** As it stands in JSON. */
const escapedLength = (text: string): number => byteLength(JSON.stringify(text)) - 2;
