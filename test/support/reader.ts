import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Block } from "../docs/markdown.ts";
import { writeBotFolder } from "./botFolder.ts";
import { root } from "./sources.ts";

/** What a command ended with. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A rehearsal of 60 days and one night more needs 67. */
const days = 70;
const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  lib: ["es2023", "dom"],
  types: ["node"],
  strict: true,
  skipLibCheck: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noEmitOnError: false,
  rootDir: ".",
};

/** Somebody who has installed the package and follows the pages: each page in a folder of its own, with a bot's data in it. */
export class Reader {
  private readonly folder = mkdtempSync(join(tmpdir(), "sluice-docs-"));
  private readonly folders = new Map<string, string>();

  constructor() {
    const at = (name: string): string => join(this.folder, name);
    for (const name of ["bin", "bot", "blocks", "node_modules"]) mkdirSync(at(name));
    writeFileSync(at("package.json"), '{ "type": "module" }');
    writeFileSync(at("bin/sluice"), `#!/bin/sh\nexec "${process.execPath}" "${root}dist/cli/main.js" "$@"\n`);
    chmodSync(at("bin/sluice"), 0o755);
    symlinkSync(root, at("node_modules/sluice"));
    symlinkSync(`${root}node_modules/@types`, at("node_modules/@types"));
    writeBotFolder(at("bot"), days);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A page's folder, as the commands before have left it. */
  folderOf(page: string): string {
    const known = this.folders.get(page);
    if (known) return known;
    const folder = join(this.folder, `page${this.folders.size}`);
    cpSync(join(this.folder, "bot"), folder, { recursive: true });
    this.folders.set(page, folder);
    return folder;
  }

  /** Runs lines of a shell in a page's folder, up to the first that fails. */
  runs(page: string, lines: readonly string[]): Ended {
    const { HOME, TMPDIR } = process.env;
    const PATH = [join(this.folder, "bin"), dirname(process.execPath), process.env["PATH"]].join(delimiter);
    const env = { HOME, TMPDIR, PATH, NO_COLOR: "1", LANG: "C.UTF-8" };
    const script = ["set -eu", ...lines].join("\n");
    return spawnSync("sh", ["-c", script], { cwd: this.folderOf(page), encoding: "utf8", env: env as never });
  }

  /** What the compiler says against the blocks, all at once, by page and line; they are then ready to run. */
  compiles(blocks: readonly Block[]): string {
    const folder = join(this.folder, "blocks");
    for (const block of blocks) writeFileSync(join(folder, `${nameOf(block)}.ts`), `${block.text}\nexport {};\n`);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    const compiler = `${root}node_modules/typescript/bin/tsc`;
    return spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" }).stdout;
  }

  /** Flags of a `sluice` command that its verb does not have, or the verb itself. */
  unknownTo(command: string): string[] {
    const [, verb = "", rest = ""] = /^sluice (\w+)(.*)$/.exec(command) ?? [];
    const { status, stdout } = this.runs("help", [`sluice ${verb} --help`]);
    if (verb === "" || status !== 0) return [verb];
    const flags = new Set([...stdout.matchAll(/--[a-z0-9-]+/g)].map(([flag]) => flag));
    return [...rest.matchAll(/ (--[a-z0-9-]+)/g)].flatMap(([, flag]) => (flags.has(flag!) ? [] : [flag!]));
  }

  /** Runs a block that was compiled, in its page's folder. */
  runsBlock(block: Block): Ended {
    return this.runs(block.page, [`node "${join(this.folder, "blocks", `${nameOf(block)}.js`)}"`]);
  }

  /** The name of the one run in `runs/history`. */
  pastRun(page: string): string {
    return readdirSync(join(this.folderOf(page), "runs/history"))[0]!;
  }
}

const nameOf = ({ page, line }: Block): string => `${page.replaceAll(/[/.]/g, "_")}_${line}`;
