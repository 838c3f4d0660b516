/** A connection in WebDriver BiDi: commands and their answers. https://www.w3.org/TR/webdriver-bidi */

import { once } from 'node:events';
import { WebSocket } from 'ws';

type Answer = { id: number | null } & (
  { type: 'success'; result: unknown } | { type: 'error'; error: string; message: string }
);

export class Bidi {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #lastId = 0;

  static async connect(url: string): Promise<Bidi> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new Bidi(socket);
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as Answer));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser has gone'));
    });
  }

  send<T>(method: string, params: object): Promise<T> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.#socket.send(JSON.stringify({ id, method, params }), (error) => error && reject(error));
    });
  }

  #take(answer: Answer): void {
    const waiting = answer.id !== null && this.#waiting.get(answer.id);
    if (!waiting) return;
    this.#waiting.delete(answer.id!);
    if (answer.type === 'success') waiting.resolve(answer.result);
    else waiting.reject(new Error(`${answer.error}: ${answer.message}`));
  }
}
