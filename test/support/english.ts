/** What is never translated and means nothing in English: units, names of programs, formats and figures, codes in lower case. */
const international = new Set(
  [
    "Sluice sluice freqtrade parquet CSV JSON csv json MiB KB MB GB ms min vs x K RSS UTC ATR MFE MAE SQN ROI PBO RSI API Binance",
    "deflated Sharpe bootstrap hold out log library",
    // Values of flags and of cells, and codes that results have in lower case.
    "next open shadow null",
    "objective evidence total expectancy sqn sortino calmar capture balanced phase load search scan",
  ]
    .join(" ")
    .split(" "),
);

/**
 * Words of English that a text in another language still has: what is left once commands, flags, paths, files, codes, names with underscores, figures with
 * units, what is cut short and the given names (symbols, types, parameters) are taken out.
 */
export function englishIn(text: string, names: readonly string[] = []): string[] {
  const bare = names
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, name) => rest.replaceAll(name, " "), text)
    .replace(/`[^`]*`/g, " ")
    .replace(/\S*…\S*/g, " ")
    .replace(/\bsluice [^\p{Script=Han}\n]*/gu, " ")
    .replace(/--[\w-]+(=\S+)?/g, " ")
    .replace(/[^\s\p{Script=Han}（）：；，、。]*[/\\][^\s\p{Script=Han}（）：；，、。]*/gu, " ")
    .replace(/[\w-]+\.(json|html|txt|csv|py|sluice)\b/g, " ")
    .replace(/\b\w*_\w+\b|\b[a-z]+[A-Z]\w*/g, " ")
    .replace(/\b[A-Z][A-Z0-9]+\b/g, " ")
    .replace(/\b[0-9a-f]{8,}\b/g, " ");
  return [...bare.matchAll(/[A-Za-z]{2,}/g)].map(([word]) => word).filter((word) => !international.has(word));
}
