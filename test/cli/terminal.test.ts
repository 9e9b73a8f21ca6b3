import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const eraseLine = "\r\u001b[2K";
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const python = spawnSync("python3", ["-c", "import pty"]).status === 0;
/** Runs a command on a pseudo-terminal of 80 columns for stderr, its stdout being a file; prints what the terminal got. */
const onTerminal = `
import os, pty, struct, fcntl, sys, termios
leader, follower = pty.openpty()
fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
pid = os.fork()
if pid == 0:
    os.close(leader)
    os.setsid()
    os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT), 1)
    os.dup2(follower, 2)
    os.execvp(sys.argv[2], sys.argv[2:])
os.close(follower)
while True:
    try:
        block = os.read(leader, 65536)
    except OSError:
        break
    if not block:
        break
    sys.stdout.buffer.write(block)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

describe.skipIf(!python)("progress of the built command on a pseudo-terminal (needs python3)", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sluice-progress-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function demo(...flags: string[]): { terminal: string; json: string; status: number | null } {
    const out = join(folder, "stdout");
    rmSync(out, { force: true });
    const command = [process.execPath, main, "demo", "--json", "--out", join(folder, `demo${flags.length}`), ...flags];
    const { CI: _, ...env } = process.env;
    const { stdout, status } = spawnSync("python3", ["-c", onTerminal, out, ...command], {
      env: { ...env, TERM: "xterm" },
      encoding: "utf8",
    });
    return { terminal: stdout, json: readFileSync(out, "utf8"), status };
  }

  it("is drawn again and again, grows, stays within the width, and leaves neither a trace there nor on stdout", () => {
    const { terminal, json, status } = demo();
    expect(status).toBe(0);
    const drawn = terminal.split(eraseLine);
    expect(drawn.at(-1)).toBe("");
    expect(drawn.length).toBeGreaterThan(10);
    for (const line of drawn) expect(line.length).toBeLessThan(80);
    const shares = drawn.slice(1, -1).map((line) => Number.parseInt(line, 10));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(new Set(shares).size).toBeGreaterThan(10);
    expect(shares.at(-1)).toBeGreaterThan(80);
    expect(json).not.toContain("\u001b");
    expect(Object.keys(JSON.parse(json))).toContain("fingerprint");
  });

  it("is not there with --quiet", () => {
    expect(demo("--quiet").terminal).toBe("");
  });
});
