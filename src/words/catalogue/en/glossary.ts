/** What the words of the report mean. */
export const glossary: readonly (readonly [term: string, meaning: string])[] = [
  [
    "point",
    "one percent of the money in a trade, after costs. Points are added up and never compounded: 10 points are a tenth of one stake",
  ],
  [
    "unseen days (hold-out)",
    "the last days of the data, which no search has looked at: only they tell what a set may make",
  ],
  ["searched days (training)", "the days before them, on which sets were compared; figures there flatter the winner"],
  ["one position per symbol", "a signal is passed over while a trade of its symbol is open, as a bot does"],
  [
    "objective opportunity, big move",
    "a signal after which price went far enough in its favour, whatever the exit made of it",
  ],
  ["in-sample, out-of-sample", "on the days that a set was chosen on, and on others"],
  ["walk-forward", "the search repeated over earlier days, each time traded on the days after them"],
  ["bootstrap", "days drawn again and again, with repetition, to see how much a result depends on a few of them"],
  ["permutation", "the same trades at random moments"],
  ["p", "the share of random results that are at least as good: small means that luck alone rarely does it"],
  ["deflated Sharpe", "the probability that the Sharpe ratio is real, given how many sets were tried"],
  ["overfitting odds (PBO)", "how often the best set of one half of the days is below the middle in the other half"],
  ["plateau", "what settings next to the chosen one reach, as a share of the best score"],
  ["MFE, run-up", "how far price went in a trade's favour before it ended, percent of entry"],
  ["MAE", "how far price went against it, percent of entry"],
  ["drawdown", "how far the running sum of points is below its highest so far"],
  ["capture rate", "the share of big moves that a set trades"],
  ["precision", "the share of a set's trades that were big moves"],
  ["profit factor", "points won over points lost"],
  ["SQN", "average over deviation of trades, times the square root of their number"],
  ["ambiguous", "a trade that ended in a bar which touched both stop and target: which came first is unknown"],
];
