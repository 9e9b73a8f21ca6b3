import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { exitCodes } from "../../src/cli/exits.ts";
import { parse } from "../../src/cli/program.ts";
import { verbs } from "../../src/cli/verbs/all.ts";
import { version } from "../../src/run/version.ts";
import { searchFiles } from "../parts/jobFiles.ts";

const examples = fileURLToPath(new URL("../../examples/scale/", import.meta.url));
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const text = (path: string): string => readFileSync(join(examples, path), "utf8");

/** Exit codes after which the same part would only fail again. */
const final = [exitCodes.usage, exitCodes.badInput, exitCodes.capacity];

let folder = "";
let job = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-manifests-"));
  job = join(folder, "job");
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const put = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  put("sluice", `exec "${process.execPath}" "${main}" "$@"`);
  // What a cluster has in their place: they say how they were called, and name the job that they submitted.
  for (const name of ["sbatch", "scontrol", "aws"]) put(name, `echo "${name} $*" >>"${folder}/calls"; echo 4711`);
  const { candles, opportunities, spaceFile } = searchFiles(folder);
  const files = ["--candles", candles, "--opportunities", opportunities, "--space", spaceFile];
  const split = ran("sluice", ["split", ...files, "--min-trades", "5", "--parts", "3", "--out", job]);
  expect(split.stderr + split.stdout).toContain("Split");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ran(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env["PATH"]}`, ...env },
  });
}

const calls = (): string[] => readFileSync(join(folder, "calls"), "utf8").trimEnd().split("\n");

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: string[];
  readonly args?: string[];
}
interface KubernetesJob {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: {
    readonly completionMode?: string;
    readonly completions?: number;
    readonly backoffLimitPerIndex?: number;
    readonly podFailurePolicy: {
      readonly rules: readonly {
        readonly action: string;
        readonly onExitCodes?: { readonly containerName: string; readonly operator: string; readonly values: number[] };
      }[];
    };
    readonly template: { readonly spec: { readonly restartPolicy: string; readonly containers: Container[] } };
  };
}

describe("commands in the examples", () => {
  it("are of verbs and flags that there are", () => {
    const lines = readdirSync(examples, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.(yaml|sbatch|sh|json|md)$/.test(path) && !path.includes("node_modules"))
      .flatMap((path) => text(path).match(/sluice (split|part|merge|status|search|plan) --[^\n'&]*/g) ?? []);
    expect(lines.length).toBeGreaterThanOrEqual(8);
    for (const line of lines) {
      const argv = line
        .replace(/,? ?>.*$/, "")
        .replace(/\\?"(\$\w+)\\?"/g, "7")
        .replace(/\\?",.*$/, "")
        .split(/\s+/)
        .slice(1);
      expect(() => parse(argv, verbs, version), line).not.toThrow();
    }
  });
});

describe("the manifests for Kubernetes", () => {
  const jobOf = (path: string): KubernetesJob => parseYaml(text(path)) as KubernetesJob;

  it("give every part a pod, and end a part for good where it would only fail again", () => {
    const { apiVersion, kind, spec } = jobOf("kubernetes/job.yaml");
    expect([apiVersion, kind, spec.completionMode]).toEqual(["batch/v1", "Job", "Indexed"]);
    expect(text("kubernetes/job.yaml")).toContain(`--parts ${spec.completions} `);
    expect(spec.backoffLimitPerIndex).toBeGreaterThan(0);
    // Kubernetes takes a policy on exit codes only where pods are never restarted.
    expect(spec.template.spec.restartPolicy).toBe("Never");
    const [fail, ...others] = spec.podFailurePolicy.rules;
    expect(fail).toEqual({
      action: "FailIndex",
      onExitCodes: { containerName: spec.template.spec.containers[0]!.name, operator: "In", values: final },
    });
    expect(others.map(({ action }) => action)).toEqual(["Ignore"]);
    const merge = jobOf("kubernetes/merge.yaml").spec;
    expect(merge.podFailurePolicy.rules[0]!.onExitCodes!.values).toEqual(final);
    for (const { image } of [spec, merge].map(({ template }) => template.spec.containers[0]!))
      expect(image).toBe(`sluice:${version}`);
  });

  it("run a part and the merge", () => {
    const commandOf = (path: string): string[] => {
      const { command, args = [] } = jobOf(path).spec.template.spec.containers[0]!;
      return [...command, ...args].map((word) => word.replace("/mnt/sluice/job", job));
    };
    const [shell, ...part] = commandOf("kubernetes/job.yaml");
    expect(ran(shell!, part, { JOB_COMPLETION_INDEX: "0" }).status).toBe(0);
    expect(ran(shell!, part, { JOB_COMPLETION_INDEX: "64" }).status).toBe(exitCodes.badInput);
    const [sluice, ...merge] = commandOf("kubernetes/merge.yaml");
    rmSync(join(job, "parts", "00001.json"), { force: true });
    const refused = ran(sluice!, merge);
    expect(refused.status).toBe(exitCodes.badInput);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: "JOB_PARTS" } });
    for (const index of ["1", "2"]) ran(shell!, part, { JOB_COMPLETION_INDEX: index });
    expect(JSON.parse(ran(sluice!, merge).stdout)).toMatchObject({ sets: 108 });
  });
});

describe("the scripts for Slurm", () => {
  const run = (script: string, env: Readonly<Record<string, string>>) =>
    ran("bash", [join(examples, "slurm", script)], { SLUICE_JOB: job, SLURM_ARRAY_JOB_ID: "12", ...env });

  it("run a part and the merge, and requeue what may be tried again, three times", () => {
    for (const task of ["0", "1", "2"]) expect(run("part.sbatch", { SLURM_ARRAY_TASK_ID: task }).status).toBe(0);
    expect(run("merge.sbatch", {}).status).toBe(0);
    expect(JSON.parse(readFileSync(join(job, "result.json"), "utf8"))).toMatchObject({ sets: 108 });
    writeFileSync(join(folder, "calls"), "");
    expect(run("part.sbatch", { SLURM_ARRAY_TASK_ID: "3" }).status).toBe(exitCodes.badInput);
    expect(calls()).toEqual([""]);
    // A sluice that dies, as where the memory killer ends it.
    const dying = {
      PATH: `${join(folder, "dying")}:${join(folder, "bin")}:${process.env["PATH"]}`,
      SLURM_ARRAY_TASK_ID: "1",
    };
    mkdirSync(join(folder, "dying"));
    writeFileSync(join(folder, "dying", "sluice"), "#!/bin/sh\nkill -9 $$\n", { mode: 0o755 });
    expect(run("part.sbatch", dying).status).toBe(137);
    expect(calls()).toEqual(["scontrol requeue 12_1"]);
    expect(run("part.sbatch", { ...dying, SLURM_RESTART_COUNT: "3" }).status).toBe(137);
    expect(calls()).toHaveLength(1);
  });

  it("submit the merge for when every part has succeeded", () => {
    writeFileSync(join(folder, "calls"), "");
    expect(ran("bash", [join(examples, "slurm", "submit.sh"), job]).status).toBe(0);
    const [parts, merge] = calls();
    expect(parts).toMatch(/^sbatch --parsable .*SLUICE_JOB=\S+ .*part\.sbatch$/);
    expect(merge).toMatch(/^sbatch --dependency=afterok:4711 .*merge\.sbatch$/);
  });
});

describe("the job definitions for AWS Batch", () => {
  interface Definition {
    readonly retryStrategy: {
      readonly attempts: number;
      readonly evaluateOnExit: readonly {
        readonly onExitCode?: string;
        readonly onReason?: string;
        readonly action: string;
      }[];
    };
    readonly containerProperties: { readonly image: string; readonly command: readonly string[] };
  }
  const definition = (name: string): Definition => JSON.parse(text(`aws-batch/${name}.json`)) as Definition;

  it.each(["part-definition", "merge-definition"])("%s ends for good where it would only fail again", (name) => {
    const { retryStrategy, containerProperties } = definition(name);
    expect(retryStrategy.evaluateOnExit).toEqual([
      ...final.map((code) => ({ onExitCode: String(code), action: "EXIT" })),
      { onReason: "*", action: "RETRY" },
    ]);
    expect(retryStrategy.attempts).toBeGreaterThan(1);
    expect(containerProperties.image).toBe(`sluice:${version}`);
  });

  it("run a part and the merge", () => {
    const run = (name: string, env: Readonly<Record<string, string>>) => {
      const [shell, ...args] = definition(name).containerProperties.command.map((word) =>
        word.replace("Ref::job", job),
      );
      return ran(shell!, args, env).status;
    };
    for (const index of ["0", "1", "2"]) expect(run("part-definition", { AWS_BATCH_JOB_ARRAY_INDEX: index })).toBe(0);
    expect(run("part-definition", { AWS_BATCH_JOB_ARRAY_INDEX: "3" })).toBe(exitCodes.badInput);
    expect(run("merge-definition", {})).toBe(0);
  });

  it("are submitted as an array, and the merge for when it has ended", () => {
    writeFileSync(join(folder, "calls"), "");
    expect(ran("bash", [join(examples, "aws-batch", "submit.sh"), "queue", job, "64"]).status).toBe(0);
    const [parts, merge] = calls();
    expect(parts).toMatch(/^aws batch submit-job .* --array-properties size=64 /);
    expect(merge).toMatch(/^aws batch submit-job .* --depends-on jobId=4711$/);
  });
});
