/** A percentage as a share, in decimal arithmetic: 7 is 0.07, not 0.07000000000000001. */
export function shareOf(percent: number): number {
  return shifted(percent, -2);
}

/** A share as a percentage, likewise. */
export function percentOf(share: number): number {
  return shifted(share, 2);
}

/** A number with its decimal point moved: the number nearest to its shortest text so moved. */
function shifted(value: number, places: number): number {
  const [digits, exponent = "0"] = String(value).split("e");
  return Number(`${digits}e${Number(exponent) + places}`);
}
