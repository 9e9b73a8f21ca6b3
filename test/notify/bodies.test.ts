import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deliverAll } from "../../src/notify/deliver.ts";
import type { Message } from "../../src/notify/message.ts";
import type { NotifyTarget } from "../../src/notify/target.ts";
import { type MailServer, password, startMailServer, user } from "../support/mailServer.ts";
import { startWebServer, type WebServer } from "../support/webServer.ts";
import { sampleNews } from "./news.ts";

/** `SLUICE_WRITE_BODIES=1 npx vitest run test/notify/bodies.test.ts` writes the files anew. */
const isWriting = process.env["SLUICE_WRITE_BODIES"] === "1";

let web: WebServer;
let mail: MailServer;
let folder: string;
let news: Awaited<ReturnType<typeof sampleNews>>;
beforeAll(async () => {
  web = await startWebServer((response) => void response.end('{"ok":true,"code":200}'));
  mail = await startMailServer();
  folder = mkdtempSync(join(tmpdir(), "sluice-bodies-"));
  news = await sampleNews();
});
afterAll(async () => {
  await web.close();
  await mail.close();
  rmSync(folder, { recursive: true });
});

async function send(target: NotifyTarget, message: Message): Promise<void> {
  const [delivery] = await deliverAll([{ label: target.service, target }], message);
  expect(delivery!.failure).toBe(null);
}

function expectBody(name: string, text: string): void {
  const file = new URL(`bodies/${name}`, import.meta.url);
  if (isWriting) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}

/** A request as a person reads it: where it went, and its JSON with real line breaks. */
function readable({ arrived }: WebServer): string {
  const { method, path, headers, body } = arrived.at(-1)!;
  const secret = headers["authorization"] === undefined ? "" : `\nauthorization: ${headers["authorization"]}`;
  const json = JSON.stringify(JSON.parse(body), null, 2).replaceAll("\\n", "\n").replaceAll('\\"', '"');
  return `${method} ${path}\ncontent-type: ${headers["content-type"]}${secret}\n\n${json}\n`;
}

const events = ["changed", "failed", "test"] as const;

describe("what arrives", () => {
  const targets = (): NotifyTarget[] => [
    { service: "slack", url: `${web.url}/services/T000/B000/KEY` },
    { service: "discord", url: `${web.url}/api/webhooks/000/KEY` },
    { service: "telegram", url: web.url, token: "123456:ABC-DEF", chat: "-100123456" },
    { service: "ntfy", url: `${web.url}/my-topic`, token: "tk_TOKEN" },
    { service: "bark", url: `${web.url}/device-key` },
    { service: "webhook", url: `${web.url}/sluice`, token: "TOKEN" },
  ];

  it.each(events)("by every webhook: %s", async (event) => {
    for (const target of targets()) {
      await send(target, news[event]);
      expectBody(`${target.service}-${event}.txt`, readable(web));
    }
  });

  it.each(events)("by e-mail: %s", async (event) => {
    const attachment = { name: "report.html", path: join(folder, "report.html") };
    writeFileSync(attachment.path, "<!doctype html><title>Report</title>\n");
    const url = `smtp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${mail.port}`;
    await send(
      { service: "email", url, to: "me@example.org, you@example.org" },
      { ...news[event], attachment: event === "changed" ? attachment : null },
    );
    const { from, to, source } = mail.mails.at(-1)!;
    expect({ from, to }).toEqual({ from: user, to: ["me@example.org", "you@example.org"] });
    const text = source
      .replaceAll("\r\n", "\n")
      .replace(/^Message-ID: .*$/m, "Message-ID: <id@example.org>")
      .replace(/^Date: .*$/m, "Date: now")
      .replaceAll(/--_NmP-[\w-]+/g, (boundary) => boundary.replace(/NmP-.*(-Part_\d)/, "NmP-x$1"));
    expectBody(`email-${event}.txt`, text);
  });
});
