import { fitLines } from "../fit.ts";
import { withEntities } from "../markup.ts";
import { postJson } from "../post.ts";
import { accessToken, isWebAddress, type Service, type TargetOf } from "../service.ts";

/** Telegram refuses longer texts; markup does not count. */
const mostUnits = 4096;

/** Telegram's Bot API: https://core.telegram.org/bots/api#sendmessage. */
export const telegram: Service<TargetOf<"telegram">> = {
  title: "Telegram",
  settings: {
    token: {
      ...accessToken(true, "123456:ABC-DEF"),
      expected: "a bot's token from @BotFather, such as 123456:ABC-DEF",
      isRight: (value) => /^\d+:[\w-]+$/.test(value),
    },
    chat: {
      isRequired: true,
      isSecret: false,
      expected: "the number of a chat, such as 123456 or -100123456, or @channel",
      isRight: (value) => /^(-?\d+|@\w+)$/.test(value),
    },
    url: {
      isRequired: false,
      // A server of one's own may have a secret path.
      isSecret: true,
      expected: "the address of a Bot API server, such as https://api.telegram.org, without a user or password in it",
      isRight: isWebAddress,
    },
  },
  deliver: async ({ token, chat, url = "https://api.telegram.org" }, { headline, text }, signal) => {
    const block = text === "" ? "" : `\n<pre>${withEntities(fitLines(text, mostUnits - headline.length - 1))}</pre>`;
    await postJson(
      {
        url: `${url.replace(/\/+$/, "")}/bot${token}/sendMessage`,
        json: {
          chat_id: chat,
          text: `<b>${withEntities(headline)}</b>${block}`,
          parse_mode: "HTML",
          link_preview_options: { is_disabled: true },
        },
      },
      signal,
    );
  },
};
