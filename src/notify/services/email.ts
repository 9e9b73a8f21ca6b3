import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { SendMailOptions } from "nodemailer";
import { InputError } from "../../errors.ts";
import { withEntities } from "../markup.ts";
import type { Message } from "../message.ts";
import type { Service, TargetOf } from "../service.ts";
import { networkReason, shortText, Undelivered } from "../undelivered.ts";

type EmailTarget = TargetOf<"email">;

const address = /^[^\s@,<>]+@[^\s@,<>]+$/;
const addresses = (value: string): string[] => value.split(",").map((each) => each.trim());

/** A mail, by an SMTP server. */
export const email: Service<EmailTarget> = {
  title: "e-mail",
  settings: {
    url: {
      isRequired: true,
      isSecret: true,
      expected:
        "smtps://user:password@host:465, or smtp://user:password@host:587 for STARTTLS, with special characters of the password as %XX",
      isRight: (value) => /^smtps?:\/\/[^/]/.test(value) && URL.canParse(value) && isDecodable(value),
    },
    to: {
      isRequired: true,
      isSecret: false,
      expected: "mail addresses separated by commas, such as me@example.org",
      isRight: (value) => addresses(value).every((each) => address.test(each)),
    },
    from: {
      isRequired: false,
      isSecret: false,
      expected: "one mail address, such as sluice@example.org",
      isRight: (value) => address.test(value),
    },
  },
  prepare: async () => void (await mailer()),
  deliver: async (target, message, signal) => {
    const { createTransport } = await mailer();
    const server = serverOf(target);
    const opened: Socket[] = [];
    const close = (): void => {
      for (const socket of opened) socket.destroy();
    };
    signal.addEventListener("abort", close, { once: true });
    try {
      const transport = createTransport({
        ...server.options,
        getSocket: (_, callback) => {
          const socket = socketOf(server, callback);
          opened.push(socket);
        },
      });
      await transport.sendMail(mailOf(target, message, server.user));
    } catch (error) {
      throw new Undelivered(smtpReason(error));
    } finally {
      signal.removeEventListener("abort", close);
      // The server may be slow to say goodbye.
      close();
    }
  },
};

/** Where mail is handed in. */
interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly user: string;
  readonly options: object;
}

/**
 * The server of an address. Without TLS from the start, STARTTLS is required, so that no password is ever sent in plain text; not on this machine itself, or where `?tls=off`
 * says so.
 */
function serverOf({ url }: EmailTarget): SmtpServer {
  const parsed = new URL(url);
  const host = parsed.hostname.replace(/^\[|\]$/g, "");
  const secure = parsed.protocol === "smtps:";
  const tls = parsed.searchParams.get("tls") ?? (/^(localhost|127\..*|::1)$/.test(host) ? "off" : "required");
  const user = decodeURIComponent(parsed.username);
  const pass = decodeURIComponent(parsed.password);
  const port = parsed.port === "" ? (secure ? 465 : 587) : Number(parsed.port);
  return {
    host,
    port,
    secure,
    user,
    options: {
      host,
      port,
      // A socket that is given is already secured.
      secured: secure,
      secure,
      ...(!secure && (tls === "off" ? { ignoreTLS: true } : { requireTLS: true })),
      ...(user !== "" && { auth: { user, pass } }),
    },
  };
}

type SocketCallback = (error: Error | null, details?: { connection: Socket } | false) => void;

/** A connection of our own, so that it can be cut at any moment. */
function socketOf({ host, port, secure }: SmtpServer, callback: SocketCallback): Socket {
  const socket: Socket = secure
    ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }) })
    : connect({ host, port });
  const failed = (error: Error): void => callback(error);
  socket.once("error", failed);
  socket.once(secure ? "secureConnect" : "connect", () => {
    socket.off("error", failed);
    callback(null, { connection: socket });
  });
  return socket;
}

function mailOf({ to, from }: EmailTarget, { headline, text, attachment }: Message, user: string): SendMailOptions {
  const whole = text === "" ? headline : `${headline}\n\n${text}`;
  return {
    from: { name: "Sluice", address: from ?? (address.test(user) ? user : addresses(to)[0]!) },
    to: addresses(to),
    subject: headline,
    text: `${whole}\n`,
    // Many programs show plain text in a proportional font, where columns do not line up.
    html: `<pre style="font: 14px/1.4 monospace; white-space: pre-wrap">${withEntities(whole)}</pre>`,
    // Tells vacation responders not to answer.
    headers: { "Auto-Submitted": "auto-generated" },
    ...(attachment && { attachments: [{ filename: attachment.name, path: attachment.path }] }),
  };
}

function smtpReason(error: unknown): string {
  const { code, response } = Object(error) as { readonly code?: string; readonly response?: string };
  const said = response === undefined ? "" : `: ${shortText(response)}`;
  switch (code) {
    case "EAUTH":
      return `the server refuses the user name or the password${said}`;
    case "ETLS":
      return /certificate|self.signed/i.test(String(error))
        ? networkReason(error)
        : `the server offers no encryption (STARTTLS), so nothing was sent${said}`;
    default:
      return said === "" ? networkReason(error) : `the server refuses the mail${said}`;
  }
}

function isDecodable(url: string): boolean {
  try {
    const { username, password } = new URL(url);
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** Loads nodemailer. Throws InputError if it is not installed. */
async function mailer(): Promise<typeof import("nodemailer")> {
  try {
    return await import("nodemailer");
  } catch (cause) {
    throw new InputError(
      "NOTIFY_NEEDS_NODEMAILER",
      "sending mail needs the package nodemailer, which is not installed",
      {
        found: "no package nodemailer beside Sluice",
        expected: "nodemailer 7 or newer",
        remedy: "npm i nodemailer (npm i -g nodemailer if Sluice is installed globally)",
      },
      { cause },
    );
  }
}
