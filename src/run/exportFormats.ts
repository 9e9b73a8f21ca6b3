/** Formats that a parameter set is exported in, and what each is. */
export const exportFormats = {
  freqtrade: "parameter file of a freqtrade strategy, new or updated",
  json: "one object of names and values, as --params reads it",
  env: "KEY=VALUE lines for a shell",
  csv: "two columns: parameter, value",
} as const;

export const exportFormatNames = Object.keys(exportFormats) as (keyof typeof exportFormats)[];
