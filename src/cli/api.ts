/** The library, loaded when a verb runs and not before: help and usage errors stay quick. */
export function loadApi(): Promise<typeof import("../index.ts")> {
  return import("../index.ts");
}
