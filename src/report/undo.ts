import type { ConfigRun } from "../run/results.ts";
import { shellWord } from "../text.ts";

/**
 * The command that undoes a save, as it can be copied into any shell: the config by its whole path, because a mail from cron does not say in which
 * folder the run was. Backups are beside the file that was written, which is a link's target.
 */
export function undoCommand({ backup }: NonNullable<ConfigRun["saved"]>): string {
  return `sluice rollback --config ${shellWord(backup.replace(/\.bak-[^/\\]*$/, ""))}`;
}

/** Those of a run, one for each config that it saved. */
export function undoCommands(runs: readonly Pick<ConfigRun, "saved">[]): string[] {
  return runs.flatMap(({ saved }) => (saved ? [undoCommand(saved)] : []));
}
