/** What a notification says besides its summary. */
export const news = {
  finished: (verb: string) => `${verb} has finished`,
  ofVerb: (verb: string, text: string) => `${verb}: ${text}`,
  failed: (verb: string, said: string) => `FAILED ${verb}: ${said}`,
  command: "command",
  host: "host",
  test: "TEST: notifications from Sluice arrive here",
  testFrom: (version: string, host: string, time: string) => `Sluice ${version} on ${host}, ${time} UTC`,
  columns: "If these columns line up, so will those of a report:",
  nothingRun: "an example: nothing was run",
  nothingChanged: "nothing was changed",
  nothing: "Nothing was run, nothing was changed.",
};
