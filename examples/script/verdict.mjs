// node verdict.mjs CANDLES SIGNALS SPACE: the best set of a space on the first days, and whether it can be believed on the last ones.
import { isSluiceError, recommend } from "sluice";

const [candles, signals, spaceFile] = process.argv.slice(2);

try {
  const { types, result } = await recommend({ candles, signals, spaceFile });
  const { phase3 } = result.runs[0];
  const answers = Object.entries(types).map(([type, { verdict, gate, reasons }]) => ({
    type,
    verdict,
    // Searched on the days before the hold-out; an empty space or too few trades leave none.
    best: phase3[type]?.params ?? null,
    // What it made on the days that the search did not see, percent per trade after costs.
    unseen: gate?.candidate_metrics?.avg_return ?? null,
    trades: gate?.candidate_metrics?.n ?? 0,
    reasons: reasons.map(({ code }) => code),
  }));
  console.log(JSON.stringify(answers, null, 2));
  if (!answers.every(({ verdict }) => verdict === "PASSED" || verdict === "WARNING")) process.exitCode = 5;
} catch (error) {
  if (!isSluiceError(error)) throw error;
  // What is wrong, where, what was found, and what to do about it.
  console.error(error.code, error.message, error.details ?? "");
  process.exitCode = 3;
}
