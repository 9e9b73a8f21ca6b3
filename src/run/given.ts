import type { Given } from "../space/files.ts";

/** Options that hold a file's path or what the file would hold, and the older name of each, which takes a path alone. */
export const givenAs = { space: "spaceFile", params: "paramsFile", current: "currentFile", suggestions: "suggestFile" };

type Options = Readonly<Partial<Record<"space" | "params" | "current" | "suggestions", Given | undefined>>>;
type Files = Readonly<Partial<Record<"spaceFile" | "paramsFile" | "currentFile" | "suggestFile", string | undefined>>>;

/** The space of a request, as a path or as a value; undefined if it names none. */
export function spaceGiven({ space, spaceFile }: Pick<Options, "space"> & Pick<Files, "spaceFile">): Given | undefined {
  return space ?? spaceFile;
}

/** The space of a request for messages. */
export function spaceWords(request: Parameters<typeof spaceGiven>[0]): string {
  const given = spaceGiven(request);
  if (given === undefined) return "the built-in space";
  return typeof given === "string" ? `--space ${given}` : "space";
}

/** The parameter set of a request that must name one. */
export function paramsGiven({ params, paramsFile }: Pick<Options, "params"> & Pick<Files, "paramsFile">): Given {
  return (params ?? paramsFile)!;
}

/** The current parameters of a request; undefined if it names none. */
export function currentGiven({
  current,
  currentFile,
}: Pick<Options, "current"> & Pick<Files, "currentFile">): Given | undefined {
  return current ?? currentFile;
}

/** The suggested sets of a request; undefined if it names none. */
export function suggestionsGiven({
  suggestions,
  suggestFile,
}: Pick<Options, "suggestions"> & Pick<Files, "suggestFile">): Given | undefined {
  return suggestions ?? suggestFile;
}
