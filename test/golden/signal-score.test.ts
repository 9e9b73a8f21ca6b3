import { describe, expect, it } from "vitest";
import { type LegacySnapshot, type LegacyWeights, legacyConsensus, legacySignalScore } from "../legacy/signalScore.ts";
import { heldJson } from "../support/referenceData.ts";

interface Reference {
  readonly weight_sets: Readonly<Record<string, LegacyWeights | null>>;
  readonly cases: readonly {
    readonly snapshot: LegacySnapshot;
    readonly scores: Readonly<Record<string, number>>;
    readonly consensus: number;
  }[];
}

const reference = heldJson<Reference>("older-system/signal_score.json");

describe("the older system's 300 bars", () => {
  it("keep their signal score under each of its weight sets", () => {
    const differences = reference.cases.flatMap(({ snapshot, scores }, at) =>
      Object.entries(scores).flatMap(([key, expected]) => {
        const [type, set] = key.split(":") as [string, string];
        const score = legacySignalScore(snapshot, type, reference.weight_sets[set]!);
        return score === expected ? [] : [{ at, key, expected, score }];
      }),
    );
    expect(differences).toEqual([]);
  });

  it("keep their indicator consensus", () => {
    const differences = reference.cases.flatMap(({ snapshot, consensus }, at) => {
      const found = legacyConsensus(snapshot);
      return found === consensus ? [] : [{ at, expected: consensus, found, snapshot }];
    });
    expect(differences).toEqual([]);
  });
});
