import { exactTo } from "../../run/drawing/exactTo.ts";
import { testLimits } from "../../validation/finding.ts";
import type { Histogram, TestPicture } from "../../validation/histogram.ts";
import type { TestResult } from "../../validation/result.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import type { CardPicture, Mark } from "../data/trust.ts";
import type { Subject } from "../source.ts";

/** The picture of a test that ran; null if the run kept nothing to draw. */
export function pictureOf(
  test: TestResult,
  { drawn, verdict }: Subject,
  words: Texts["page"]["trust"],
): CardPicture | null {
  const kept = drawn?.pictures[test.name] ?? {};
  const { figures } = test;
  switch (test.name) {
    case "early_late":
      return bars([
        { label: words.earlier, value: figures["early_avg_return"] ?? 0 },
        { label: words.later, value: figures["late_avg_return"] ?? 0 },
      ]);
    case "bootstrap":
      return histogram(kept, {
        limit: { value: testLimits.bootstrap.above, label: "0" },
        wrong: "below",
        mark: words.thisSet,
      });
    case "pbo":
      return histogram(kept, {
        limit: { value: 0, label: words.middleRank },
        wrong: "below",
        mark: words.median,
        unit: "",
      });
    case "permutation":
      return histogram(kept, { limit: null, wrong: "above", mark: words.thisSet });
    case "deflated_sharpe":
      return bars(
        [
          { label: words.thisSet, value: figures["sharpe"] ?? 0 },
          { label: words.bestByLuck, value: figures["expected_best"] ?? 0, faint: true },
        ],
        "",
      );
    case "walk_forward":
      return bars(
        (verdict?.walk_forward?.windows ?? []).map(({ from, metrics }) => ({
          label: new Date(from).toISOString().slice(5, 10),
          value: metrics.avg_return,
        })),
      );
    case "plateau":
      return strip(kept, figures, words);
    case "selection":
      return { kind: "dots", total: figures["runs"] ?? 0, hits: figures["at_least_as_good"] ?? 0 };
    default:
      return null;
  }
}

interface Limited {
  readonly limit: Mark | null;
  readonly wrong: "below" | "above";
  /** What the set's own value is. */
  readonly mark: string;
  readonly unit?: string;
}

function histogram(
  { histogram: found, mark }: TestPicture,
  { limit, wrong, mark: label, unit = "%" }: Limited,
): CardPicture | null {
  if (!found) return null;
  const own = mark === undefined ? [] : [{ value: exactTo(mark, 4), label }];
  return { kind: "histogram", histogram: short(found), marks: own, limit, wrong, unit };
}

const short = ({ from, to, counts }: Histogram): Histogram => ({ from: exactTo(from, 5), to: exactTo(to, 5), counts });

type Bar = { readonly label: string; readonly value: number; readonly faint?: boolean };

function bars(given: readonly Bar[], unit = "%"): CardPicture | null {
  if (given.length === 0) return null;
  return { kind: "bars", bars: given.map((bar) => ({ ...bar, value: exactTo(bar.value, 4) })), limit: null, unit };
}

/** Scores of the neighbours as shares of the best score. */
function strip(
  { values }: TestPicture,
  { best_score: best = 0, plateau: mean = 0 }: TestResult["figures"],
  words: Texts["page"]["trust"],
): CardPicture | null {
  if (!values || values.length === 0 || best <= 0) return null;
  const { leastShare } = testLimits.plateau;
  return {
    kind: "strip",
    values: values.map((score) => exactTo(score / best, 3)),
    marks: [{ value: exactTo(mean, 3), label: words.mean }],
    limit: { value: leastShare, label: words.needs },
  };
}
