import { type EarlyLate, type Half, rated, relative } from "../../src/validation/earlyLate.ts";

/** The older system's rule, which takes |late - early| and so punishes improvement. */
export function legacyEarlyLate(early: Half, late: Half, fullAverage: number): EarlyLate {
  const change = Math.abs(late.avgReturn - early.avgReturn);
  return rated(relative(change, early.avgReturn), early, late, fullAverage);
}

/** The older system's status of one type from its rule and a baseline avg_return (points; counts only above 0). */
export function legacyStatus(
  early: Half,
  late: Half,
  fullAverage: number,
  baseline: number,
): "FAILED" | "OVERFITTED" | "UNSTABLE" | "WARNING" | "PASSED" {
  const { points, stability } = legacyEarlyLate(early, late, fullAverage);
  const drop = baseline > 0 ? (baseline - fullAverage) / baseline : 0;
  if (fullAverage < 0 || drop > 0.2) return "FAILED";
  if (points >= 2) return "OVERFITTED";
  if (stability < 50) return "UNSTABLE";
  if (stability < 70 || drop > 0.1) return "WARNING";
  return "PASSED";
}
