export { accumulate, suffixSum } from "./cells";
export { describeOutcomes } from "./outcomes";
export { passages } from "./passages";
export { drawdown, exitOutcomes, sortByExit } from "./replay";
export { rescore } from "./rescore";
export { summaryPassages } from "./summary";
export { listCandidates, offerTile } from "./tiles";
