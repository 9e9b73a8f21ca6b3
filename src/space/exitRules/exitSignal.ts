import { type ExitRule, switchKey } from "../exitRule.ts";

/** The bot's own signal to leave, where the user's signals bring one. */
export const exitSignal: ExitRule = {
  name: "exit signal",
  side: "target",
  keys: { use_exit_signal: switchKey("whether a trade exits at the close of its exit_time's candle", false) },
  isVariant: true,
  reasons: ["exit_signal"],
  parts: (params) => ({ usesExitSignal: params["use_exit_signal"] === true }),
};
