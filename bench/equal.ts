import type { SearchOutcome } from "./engine.ts";

interface Leader {
  readonly index: number;
  readonly score: number;
}

/** Throws unless both leaderboards name the same sets in the same order, scores equal to 1e-9. */
export function requireSameLeaders(what: string, ours: readonly Leader[], theirs: readonly Leader[]): void {
  const differs = (k: number): boolean => {
    const [a, b] = [ours[k], theirs[k]];
    if (!a || !b) return true;
    return a.index !== b.index || Math.abs(a.score - b.score) > 1e-9 * Math.max(1, Math.abs(a.score));
  };
  for (let k = 0; k < Math.max(ours.length, theirs.length); k++)
    if (differs(k))
      throw new Error(
        `${what}: place ${k + 1} differs, ${JSON.stringify(brief(ours[k]))} and ${JSON.stringify(brief(theirs[k]))}`,
      );
}

const brief = (leader: Leader | undefined): Leader | null =>
  leader ? { index: leader.index, score: leader.score } : null;

/** Throws unless two searches have the same leaderboard to the last bit. */
export function requireSameBytes(what: string, a: SearchOutcome, b: SearchOutcome): void {
  if (JSON.stringify(a.top) !== JSON.stringify(b.top)) throw new Error(`${what}: the leaderboards differ`);
}
