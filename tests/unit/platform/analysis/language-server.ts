/** A server that answers chat completions as a test likes, on a loopback port. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly [field: string]: unknown;
  };
}

export interface LanguageServer {
  /** What a chat server is configured with. */
  readonly url: string;
  readonly asked: Asked[];
}

type Answer = (response: ServerResponse, asked: Asked) => void;

export const saying =
  (content: unknown): Answer =>
  (response) =>
    response.end(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content } }] }));

/** Closed when the test is over. */
export async function languageServer(answer: Answer): Promise<LanguageServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked['body'];
      asked.push({ path: request.url!, headers: request.headers, body });
      answer(response, asked.at(-1)!);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked };
}

/** Nobody listens there. One that was free just now may be another test's by the time it is asked. */
export const DEAF_URL = 'http://127.0.0.1:2/v1';
