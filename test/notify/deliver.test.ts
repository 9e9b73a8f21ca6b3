import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Delivery, deliverAll } from "../../src/notify/deliver.ts";
import type { Message } from "../../src/notify/message.ts";
import type { NotifyTarget } from "../../src/notify/target.ts";
import { cert, key } from "../support/certificate.ts";
import { type MailServer, password, startMailServer, user } from "../support/mailServer.ts";
import { type Answering, startWebServer, type WebServer } from "../support/webServer.ts";

const message: Message = {
  event: "failed",
  headline: "FAILED optimize: no candles",
  text: "  where     data",
  phoneText: "where: data",
  attachment: null,
  facts: {},
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function web(answer?: Answering, tls?: { key: string; cert: string }): Promise<WebServer> {
  const server = await startWebServer(answer, tls);
  closing.push(server.close);
  return server;
}

async function mailServer(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  closing.push(server.close);
  return server;
}

/** A server that accepts connections and does as it is told with them. */
async function rawServer(treat: (socket: Socket) => void): Promise<{ port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.resume();
    treat(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  return { port: (server.address() as { port: number }).port, sockets };
}

async function sent(target: NotifyTarget, withinMs = 5000): Promise<Delivery> {
  return (await deliverAll([{ label: target.service, target }], message, { withinMs }))[0]!;
}

const slackAt = (url: string): NotifyTarget => ({ service: "slack", url: `${url}/services/T123/B456/s3cr3tpath` });
const mailAt = (port: number, login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`, more = "") => ({
  service: "email" as const,
  url: `smtp://${login}127.0.0.1:${port}${more}`,
  to: "me@example.org",
});

describe("a webhook that does not take a message", () => {
  it.each([
    [404, "no_service", "the server answered 404: no_service"],
    [400, '{"code":400,"message":"failed to push"}', "the server answered 400: failed to push"],
    [401, '{"ok":false,"error_code":401,"description":"Unauthorized"}', "the server answered 401: Unauthorized"],
    [413, "<html><body>nginx</body></html>", "the server answered 413"],
  ])("is told by its status and reason: %i", async (status, body, failure) => {
    const { url } = await web((response) => void response.writeHead(status).end(body));
    expect((await sent(slackAt(url))).failure).toBe(failure);
  });

  it.each([429, 503])("is asked once more after %i", async (status) => {
    const server = await web((response, _, count) => {
      if (count === 1) response.writeHead(status, { "retry-after": "0" });
      response.end();
    });
    expect((await sent(slackAt(server.url))).failure).toBe(null);
    expect(server.arrived).toHaveLength(2);
  });

  it("is not asked a third time, nor waited for beyond the limit", async () => {
    const often = await web((response) => void response.writeHead(429, { "retry-after": "0" }).end("rate_limited"));
    expect((await sent(slackAt(often.url))).failure).toBe("the server answered 429: rate_limited");
    expect(often.arrived).toHaveLength(2);
    const late = await web((response) => void response.writeHead(429, { "retry-after": "3600" }).end());
    const delivery = await sent(slackAt(late.url), 300);
    expect(delivery.failure).toMatch(/^no answer within 0.3 s$|^the server answered 429$/);
    expect(late.arrived).toHaveLength(1);
  });

  it("is not followed where it redirects", async () => {
    const other = await web();
    const first = await web((response) => void response.writeHead(307, { location: other.url }).end());
    expect((await sent(slackAt(first.url))).failure).toBe(
      "the server answered 307, a redirect to another address, which is not followed",
    );
    expect(other.arrived).toEqual([]);
  });

  it("is given up when it accepts and never answers, and its connection is closed", async () => {
    const { port, sockets } = await rawServer(() => undefined);
    const delivery = await sent(slackAt(`http://127.0.0.1:${port}`), 200);
    expect(delivery.failure).toBe("no answer within 0.2 s");
    expect(delivery.milliseconds).toBeLessThan(2000);
    await expect.poll(() => sockets[0]!.destroyed).toBe(true);
  });

  it("is given up when its answer never ends", async () => {
    const { url } = await web((response) => {
      response.writeHead(200);
      response.write("o");
    });
    expect((await sent(slackAt(url), 200)).failure).toBe("no answer within 0.2 s");
  });

  it("may close in the middle, be away, or not exist", async () => {
    const { port } = await rawServer((socket) => socket.once("data", () => socket.destroy()));
    expect((await sent(slackAt(`http://127.0.0.1:${port}`))).failure).toBe(
      "the connection was closed before an answer came",
    );
    const gone = await startWebServer();
    await gone.close();
    expect((await sent(slackAt(gone.url))).failure).toBe("connection refused");
    expect((await sent(slackAt("http://no-such-host.invalid"))).failure).toMatch(/no such host|cannot be resolved/);
  });

  it("is not trusted with a certificate that nobody has signed", async () => {
    const { url, arrived } = await web(undefined, { key, cert });
    expect((await sent(slackAt(url))).failure).toMatch(
      /^the certificate of the server is not trusted \(.*certificate.*\)$/,
    );
    expect(arrived).toEqual([]);
  });

  it("does not have its secrets repeated, though it repeats them itself", async () => {
    const { url } = await web((response, { path }) => void response.writeHead(404).end(`no hook at ${path}`));
    const { failure } = await sent(slackAt(url));
    expect(failure).toContain("no hook at /[hidden]");
    expect(failure).not.toMatch(/s3cr3tpath|services/);
  });
});

describe("a secret in what a server answers", () => {
  it.each([100, 125, 140, 180])(
    "is not shown, nor its beginning, where it stands behind %i other characters",
    async (before) => {
      const token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
      const { url } = await web(
        (response, { path }) => void response.writeHead(404).end(`${"x".repeat(before)} ${path}`),
      );
      const { failure } = await sent({ service: "telegram", token, chat: "1", url });
      expect(failure).toContain("xxx");
      expect(failure).not.toContain(token.slice(0, 4));
      expect(failure!.length).toBeLessThan(250);
    },
  );
});

describe("a mail server that does not take a mail", () => {
  it("names a wrong password, and does not show it", async () => {
    const server = await mailServer();
    const { failure } = await sent(mailAt(server.port, "bot%40example.org:wrong-one@"));
    expect(failure).toMatch(/^the server refuses the user name or the password: 535 /);
    expect(failure).not.toContain("wrong-one");
    expect(server.mails).toEqual([]);
  });

  it("gets no password where encryption is required and it offers none", async () => {
    const server = await mailServer({ hideSTARTTLS: true, disabledCommands: ["STARTTLS"] });
    const { failure } = await sent(mailAt(server.port, undefined, "?tls=required"));
    expect(failure).toMatch(/^the server offers no encryption \(STARTTLS\), so nothing was sent/);
    expect(server.logins).toEqual([]);
  });

  it("gets no password where its certificate is not trusted, by STARTTLS or from the start", async () => {
    const starting = await mailServer();
    const failed = [await sent(mailAt(starting.port, undefined, "?tls=required"))];
    const secure = await mailServer({ secure: true });
    failed.push(await sent({ ...mailAt(secure.port), url: `smtps://x:secret-word@127.0.0.1:${secure.port}` }));
    for (const { failure } of failed) expect(failure).toMatch(/^the certificate of the server is not trusted/);
    expect([...starting.logins, ...secure.logins]).toEqual([]);
  });

  it("may refuse the recipient", async () => {
    const server = await mailServer({
      onRcptTo: (_, __, callback) => callback(new Error("no such mailbox")),
    });
    expect((await sent(mailAt(server.port))).failure).toMatch(/^the server refuses the mail: \d+ .*no such mailbox/);
  });

  it("is given up when it accepts and never greets, and its connection is closed", async () => {
    const { port, sockets } = await rawServer(() => undefined);
    const delivery = await sent(mailAt(port), 200);
    expect(delivery.failure).toBe("no answer within 0.2 s");
    expect(delivery.milliseconds).toBeLessThan(2000);
    await expect.poll(() => sockets.every((socket) => socket.destroyed)).toBe(true);
  });

  it("may close in the middle, or be away", async () => {
    const { port } = await rawServer((socket) => {
      socket.write("220 here\r\n");
      socket.once("data", () => socket.destroy());
    });
    expect((await sent(mailAt(port))).failure).toMatch(/closed/);
    const gone = await startMailServer();
    await gone.close();
    expect((await sent(mailAt(gone.port))).failure).toBe("connection refused");
  });
});

describe("several targets", () => {
  it("are reached at the same time, each in its own way, and one that hangs keeps no other", async () => {
    const { port } = await rawServer(() => undefined);
    const good = await web();
    const targets = [mailAt(port), slackAt(`http://127.0.0.1:${port}`), slackAt(good.url)];
    const beganMs = performance.now();
    const deliveries = await deliverAll(
      targets.map((target) => ({ label: "x", target })),
      message,
      { withinMs: 400 },
    );
    expect(deliveries.map(({ failure }) => failure)).toEqual([
      "no answer within 0.4 s",
      "no answer within 0.4 s",
      null,
    ]);
    expect(performance.now() - beganMs).toBeLessThan(3000);
  });

  it("are left at once when the caller stops", async () => {
    const { port } = await rawServer(() => undefined);
    const stop = new AbortController();
    const all = deliverAll([{ label: "x", target: mailAt(port) }], message, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    expect((await all)[0]!.failure).toBe("interrupted");
  });
});
