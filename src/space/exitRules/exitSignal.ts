import { type ExitRule, switchKey } from "../exitRule.ts";

/** The bot's own exit signal, if the user's signals have one. */
export const exitSignal: ExitRule = {
  name: "exit signal",
  side: "target",
  keys: { use_exit_signal: switchKey("whether a trade exits at the close of its exit_time's candle", false) },
  isVariant: true,
  reasons: ["exit_signal"],
  parts: (params) => ({ usesExitSignal: params["use_exit_signal"] === true }),
};
