/** What keeps a part of a job from being merged, and what to do, as the status of a job has it. */
export const partNotes = {
  partNoFile: "it has no file",
  partTruncated: "its file is truncated or changed: the sha256 does not match",
  partOfVersion: "Sluice {version} made it, not {wanted}",
  partOfJob: "it belongs to job {job}",
  partOfNumber: "it is the file of part {#number}",
  partTies: "more sets tie at its last place than a search replays, so that its order is not certain",
  partFloor: "its floor {#floor} is above the last place of the parts that are finished",
  partWithoutFloor: "{command}, without --floor",
  partSplitAgain:
    "split again with a --top or a space in which fewer sets tie: candidates that no trade tells apart are one too many",
};
