import { InputError } from "../errors.ts";
import type { ShownRun } from "../run/answers.ts";
import { version } from "../run/version.ts";
import { optimizeReport } from "./brief/report.ts";
import type { Screen } from "./brief/screen.ts";
import type { Paint } from "./paint.ts";

/** A past run as its own terminal showed it. Throws InputError if this version cannot: another one may have written other figures. */
export function showRunSummary({ result, folder }: ShownRun, paint: Paint, screen: Screen): string {
  try {
    return optimizeReport(result, paint, { ...screen, out: folder });
  } catch (cause) {
    throw new InputError(
      "RUN_OTHER_VERSION",
      "this version cannot show the run",
      {
        where: folder,
        found: `a result of version ${result.version}`,
        expected: `one of version ${version}`,
        remedy: "read report.txt in that folder, or use --json",
      },
      { cause },
    );
  }
}
