import type { TestName } from "../../validation/finding.ts";

/** What each test asks, for somebody who has not read a book on it. */
export const asks: Readonly<Record<TestName, string>> = {
  early_late: "Within the searched days: did it earn as much later as earlier, or did it wear off?",
  bootstrap: "The unseen days drawn again 2,000 times in blocks: what else might they have made?",
  pbo: "If half of the searched days had chosen the set, where would it rank in the other half? Left of the middle, the choice was noise.",
  deflated_sharpe: "Is its Sharpe ratio above what the best of so many tries reaches by luck alone?",
  walk_forward:
    "Had the search been repeated again and again over time, what would each of its sets have made afterwards?",
  plateau: "Do settings next to it do nearly as well? A lonely peak is luck.",
  permutation: "Do its moments of entry matter, or would the same trades at random moments have made as much?",
  selection:
    "Does the whole search find something as good in outcomes that were shuffled, where nothing is to be found?",
};
