import { capitalOf, nowRows } from "../report/brief/nowTable.ts";
import { undoCommands } from "../report/undo.ts";
import type { OptimizeResult } from "../run/results.ts";
import type { Texts } from "../words/catalogue/en.ts";
import { figure } from "../words/figures.ts";

/** A run for a phone's lock screen: a paragraph by type, then how to undo and where the report is. The result's text is printable. */
export function phoneText({ runs, warnings }: OptimizeResult, out: string | undefined, texts: Texts): string {
  const { phone, labels } = texts;
  const types = nowRows(runs, texts).map(({ label, now, proposed, decision }) =>
    phone.row(label, now, proposed, decision),
  );
  const notes = warnings.slice(0, 1).map(({ message }) => phone.labelled(phone.note, texts.sentence(message)));
  const undo = undoCommands(runs).map((command) => phone.labelled(labels.undo, command));
  const report = out === undefined ? [] : [phone.labelled(labels.report, out)];
  const capital = capitalOf(runs);
  const { portfolio, table } = texts;
  const caption = capital === undefined ? phone.caption : portfolio.caption(figure(capital), table.unseenDays);
  return [...types, caption, ...notes, ...undo, ...report].join("\n");
}

/** A line and what it goes on with; Chinese has no spaces. */
function joined(line: string, rest: string): string {
  return /[\p{Script=Han}，。；：、）]$/u.test(line) ? line + rest : `${line} ${rest}`;
}

/** Text whose lines need no columns: wrapped lines are joined again, and a label has a colon, and spaces that aligned something are two. */
export function unaligned(text: string): string {
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const isContinued = /^\s{6,}\S/.test(line) && (lines.at(-1) ?? "") !== "";
    if (isContinued) lines.push(joined(lines.pop()!, line.trim()));
    else
      lines.push(
        line
          .trim()
          .replace(/^(\w+) {2,}/, "$1: ")
          .replace(/^((?:\w )?\p{Script=Han}+) {2,}/u, "$1：")
          .replace(/ {2,}/g, "  "),
      );
  }
  return lines.join("\n");
}
