import * as v from "valibot";
import { engineOptions, outputOptions, sourceOptions } from "./options.ts";
import { path, value, whole } from "./values.ts";

/** Into how many parts a search is cut. */
export const partsOption = whole("parts, a whole number up to 99999", 1, 99_999);

/** How a search is cut, and where to. */
export const splitOptions = {
  ...outputOptions,
  /** Parts to cut the search into. */
  parts: partsOption,
  /** Folder of the job, made if it is missing. */
  out: path,
};

/** The options of the calls on a job in parts. */
export const jobCalls = {
  runPart: v.strictObject({
    /** Folder of a job that `splitSearch` made. */
    job: path,
    /** Number of the part, from 0. */
    part: whole("a part's number, from 0"),
    /** Ordering key below which no set is wanted, as `jobStatus` gives it; default: none. */
    floor: v.optional(value(v.pipe(v.number(), v.finite()), "a number, the floor of the job's status")),
    ...engineOptions,
    /** Peak RSS of the whole process, bytes: a part that would need more is refused, or stopped once it exceeds it. */
    maxRssBytes: sourceOptions.maxRssBytes,
  }),
  mergeParts: v.strictObject({
    /** Folder of a job that `splitSearch` made. */
    job: path,
    ...outputOptions,
    /** The parameter file to write with the best set. */
    bestFile: v.optional(path),
  }),
  jobStatus: v.strictObject({
    /** Folder of a job that `splitSearch` made. */
    job: path,
  }),
};
