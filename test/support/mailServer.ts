import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { cert, key } from "./certificate.ts";

/** A mail that arrived: its envelope and its bytes as text. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

export interface MailServer {
  readonly port: number;
  readonly mails: Mail[];
  /** User names and passwords that were offered. */
  readonly logins: string[];
  readonly close: () => Promise<void>;
}

export const user = "bot@example.org";
export const password = "correct horse/battery";

/** A real SMTP server on loopback that lets one user in. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: Mail[] = [];
  const logins: string[] = [];
  const server = new SMTPServer({
    key,
    cert,
    authOptional: true,
    // On loopback a client may do without encryption.
    allowInsecureAuth: true,
    onAuth: (auth, _, callback) => {
      logins.push(`${auth.username}:${auth.password}`);
      if (auth.username === user && auth.password === password) callback(null, { user });
      else callback(new Error("Invalid username or password"));
    },
    onData: (stream, session, callback) => {
      let source = "";
      stream.on("data", (block: Buffer) => {
        source += block.toString("latin1");
      });
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({ from: mailFrom ? mailFrom.address : "", to: rcptTo.map(({ address }) => address), source });
        callback();
      });
    },
    ...options,
  });
  // A client that refuses the certificate is an error of the server's, too.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, logins, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
