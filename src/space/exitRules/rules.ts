import type { ExitRule } from "../exitRule.ts";
import { breakEven, partialExit } from "./breakEven.ts";
import { exitSignal } from "./exitSignal.ts";
import { holding } from "./holding.ts";
import { stopLoss } from "./stopLoss.ts";
import { target } from "./target.ts";
import { trailing } from "./trailing.ts";

/** Every exit rule, in the order of their loops: of equal stops the earlier one counts. */
export const exitRules: ExitRule[] = [target, holding, exitSignal, stopLoss, trailing, breakEven, partialExit];
