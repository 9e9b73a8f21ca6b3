import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AbortedError, type InputError, optimize } from "../../src/index.ts";
import { serviceNames } from "../../src/notify/services.ts";
import { type EdgeMarket, edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";
import { type MailServer, startMailServer } from "../support/mailServer.ts";
import { startWebServer, type WebServer } from "../support/webServer.ts";
import { type Ran, ran } from "./host.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const secret = "s3cr3t-hook-path";
let folder = "";
let market: EdgeMarket;
let web: WebServer;
let dead: WebServer;
let mail: MailServer;
let env: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-notify-"));
  market = writeEdgeMarket(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  web = await startWebServer();
  // It accepts, and says that it knows no such address.
  dead = await startWebServer((response, { path }) => void response.writeHead(404).end(path));
  mail = await startMailServer();
  env = {
    SLUICE_WEBHOOK_URL: `${web.url}/${secret}`,
    SLUICE_WEBHOOK_TOKEN: "t0ken-of-mine",
    SLUICE_SLACK_URL: `${dead.url}/${secret}`,
    SLUICE_EMAIL_URL: `smtp://127.0.0.1:${mail.port}`,
  };
  writeFileSync(at("a.json"), edgeConfig);
});
afterEach(async () => {
  for (const server of [web, dead, mail]) await server.close();
});
const at = (name: string): string => join(folder, name);
const told = (): { event: string; headline: string; text: string; error?: { code: string } }[] =>
  web.arrived.map(({ body }) => JSON.parse(body));

/** `optimize` on the edge market, in this process. */
function optimized(...flags: string[]): Promise<Ran> {
  const files = ["--candles", market.candles, "--signals", market.signals, "--space", market.spaceFile];
  const labels = ["--timeframe", "1h", "--lookahead", "6", "--min-profit", "1", "--quiet"];
  return ran(["optimize", ...files, ...labels, "--config", at("a.json"), ...flags], { env });
}

describe("a run with --notify", () => {
  it("tells what its first lines say, and a place that cannot be reached is one warning that shows no secret", async () => {
    const out = at("out");
    const { code, stdout, stderr } = await optimized(
      ...[
        "--allow-stale",
        "--out",
        out,
        "--notify",
        "webhook",
        "--notify",
        "slack",
        "--notify",
        "mailto:me@example.org",
      ],
    );
    expect(code).toBe(0);
    const [news] = told();
    expect(news!.event).toBe("changed");
    expect(stdout.startsWith(`${news!.headline}\n`)).toBe(true);
    expect(stdout).toBe(`${news!.headline}\n${news!.text}\n`);
    expect(web.arrived[0]!.headers["authorization"]).toBe("Bearer t0ken-of-mine");
    expect(stderr).toBe("warning: the notification to slack was not delivered: the server answered 404: /[hidden]\n");
    expect(mail.mails[0]!.source).toContain("filename=report.html");
    for (const text of [
      stdout,
      stderr,
      readFileSync(join(out, "result.json"), "utf8"),
      web.arrived[0]!.body,
      mail.mails[0]!.source,
    ])
      expect(text).not.toMatch(new RegExp(`${secret}|t0ken-of-mine`));
  });

  it("leaves its JSON alone", async () => {
    const { stdout } = await optimized("--dry-run", "--json", "--notify", "webhook", "--notify", "slack");
    expect(Object.keys(JSON.parse(stdout))).toContain("fingerprint");
    expect(stdout).not.toContain(secret);
    expect(told().map(({ event }) => event)).toEqual(["attention"]);
  });

  it("tells a failure with the error block, and ends with its exit code", async () => {
    const { code, stderr } = await optimized(
      "--candles",
      at("no-such-folder"),
      "--notify",
      "webhook",
      "--notify",
      "slack",
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: /);
    const [news] = told();
    expect(news).toMatchObject({ event: "failed", headline: expect.stringMatching(/^FAILED optimize: /) });
    expect(news!.text).toContain("no-such-folder");
    expect(news!.text).toContain("command   sluice optimize --candles");
  });

  it("tells a refusal for want of memory, and a wrong value of a flag", async () => {
    expect((await optimized("--max-rss", "1mb", "--notify", "webhook", "--notify-on", "failed")).code).toBe(4);
    expect((await optimized("--fee", "much", "--notify", "webhook")).code).toBe(2);
    expect(told().map(({ event, error }) => `${event} ${error!.code}`)).toEqual(["failed MAX_RSS", "failed USAGE"]);
  });

  it("is silent where --notify-on says so", async () => {
    await optimized("--dry-run", "--notify", "webhook", "--notify-on", "failed");
    expect(told()).toEqual([]);
  });

  it("does not begin where a setting is missing: the other places are told", async () => {
    const { code, stderr } = await optimized("--notify", "webhook", "--notify", "telegram");
    expect(code).toBe(3);
    expect(stderr).toContain("needs the environment variable SLUICE_TELEGRAM_TOKEN");
    expect(told()[0]!.headline).toContain("SLUICE_TELEGRAM_TOKEN");
  });

  it("refuses an address, and repeats it nowhere", async () => {
    const address = `https://hooks.slack.com/services/${secret}`;
    for (const flags of [["--notify", address], [`--notify=${address}`]]) {
      const { code, stderr } = await optimized("--notify", "webhook", ...flags);
      expect(code).toBe(3);
      expect(stderr).toContain("SLUICE_SLACK_URL");
      expect(stderr).not.toContain(secret);
    }
    expect(web.arrived).toHaveLength(2);
    for (const { body } of web.arrived) {
      expect(body).toContain("[hidden]");
      expect(body).not.toContain(secret);
    }
  });
});

describe("the built command", () => {
  it("tells that it was stopped for its memory, and not that it was interrupted", async () => {
    const files = ["--candles", market.candles, "--signals", market.signals, "--space", market.spaceFile];
    const labels = ["--timeframe", "1h", "--lookahead", "6", "--min-profit", "1", "--dry-run", "--notify", "webhook"];
    const run = (flags: string[], stop: boolean): Promise<{ code: number | null; stderr: string }> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [main, "optimize", ...files, ...labels, ...flags], {
          env: { ...process.env, ...env },
        });
        let stderr = "";
        child.stderr.on("data", (text) => {
          stderr += text;
          if (stop) child.kill("SIGTERM");
        });
        child.on("close", (code) => resolve({ code, stderr }));
      });
    // More than is refused beforehand, and less than a process of Node takes.
    const { code, stderr } = await run(["--max-rss", "60mb"], false);
    expect(code, stderr).toBe(4);
    expect(told().map(({ event, error }) => `${event} ${error!.code}`)).toEqual(["failed MAX_RSS"]);
    expect((await run([], true)).code).toBe(130);
    expect(told()).toHaveLength(1);
  });
});

describe("sluice notify", () => {
  it("tries every place, and says which was reached", async () => {
    const { code, stdout } = await ran(["notify", "--notify", "webhook", "--notify", "slack"], { env });
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /^webhook: delivered in \d.*\nslack: NOT DELIVERED, the server answered 404: \/\[hidden\]\n$/,
    );
    expect(told()[0]).toMatchObject({ event: "test", headline: "TEST: notifications from Sluice arrive here" });
    expect((await ran(["notify", "--notify", "webhook"], { env })).code).toBe(0);
  });

  it("takes the places of the working folder's defaults", async () => {
    writeFileSync(at("sluice.config.json"), '{"notify": ["webhook"]}');
    expect((await ran(["notify"], { env, folder })).stdout).toMatch(/^webhook: delivered/);
    rmSync(at("sluice.config.json"));
  });

  it("has help that names every service", async () => {
    const { stdout } = await ran(["notify", "--help"]);
    for (const service of serviceNames) expect(stdout).toMatch(new RegExp(`^ +${service} `, "m"));
  });
});

describe("a call of the library with notify", () => {
  const request = (): Parameters<typeof optimize>[0] => ({
    ...market,
    configs: [at("a.json")],
    dryRun: true,
    threads: 1,
  });
  const to = (): { service: "webhook"; url: string }[] => [{ service: "webhook", url: env["SLUICE_WEBHOOK_URL"]! }];

  it.each(["own", "caller"] as const)("tells how it ended, thread: %s", async (thread) => {
    const { fingerprint } = await optimize(request(), { thread, notify: { to: to() } });
    expect(told()[0]).toMatchObject({ event: "attention", fingerprint });
    const failing = optimize({ ...request(), candles: at("none") }, { thread, notify: { to: to() } });
    const error = (await failing.catch((thrown: unknown) => thrown)) as InputError;
    expect(told()[1]!.error).toMatchObject({ code: error.code });
  });

  it("tells no abort, which is the caller's own wish", async () => {
    const stop = new AbortController();
    const call = optimize(request(), { signal: stop.signal, notify: { to: to() } });
    stop.abort();
    await expect(call).rejects.toBeInstanceOf(AbortedError);
    expect(told()).toEqual([]);
  });

  it("is refused with a wrong option before it begins", async () => {
    const notify = { to: [{ service: "slack", url: `ftp://${secret}` }] } as never;
    const error = await optimize(request(), { notify }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "NOTIFY_OPTION", details: { where: "notify.to[0].url" } });
    expect(JSON.stringify(error)).not.toContain(secret);
  });

  it("gives what did not arrive to onUndelivered", async () => {
    const warnings: string[] = [];
    const onUndelivered = ({ message }: { message: string }): void => void warnings.push(message);
    await optimize(request(), { notify: { to: [{ service: "slack", url: env["SLUICE_SLACK_URL"]! }], onUndelivered } });
    expect(warnings).toEqual([expect.stringMatching(/^the notification to slack was not delivered: .*404/)]);
  });
});
