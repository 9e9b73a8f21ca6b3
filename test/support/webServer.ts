import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";

/** One request that arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server on loopback that keeps what arrives. */
export interface WebServer {
  readonly url: string;
  readonly arrived: Arrived[];
  readonly close: () => Promise<void>;
}

export type Answering = (response: ServerResponse, arrived: Arrived, count: number) => void;

const fine: Answering = (response) => void response.end("ok");

/** Starts a server; with a key and a certificate it speaks TLS. */
export async function startWebServer(
  answer: Answering = fine,
  tls?: { readonly key: string; readonly cert: string },
): Promise<WebServer> {
  const arrived: Arrived[] = [];
  const sockets = new Set<Socket>();
  const listener: RequestListener = async (request, response) => {
    let body = "";
    for await (const block of request) body += block;
    const one = { method: request.method!, path: request.url!, headers: request.headers, body };
    arrived.push(one);
    answer(response, one, arrived.length);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http${tls ? "s" : ""}://127.0.0.1:${port}`,
    arrived,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
