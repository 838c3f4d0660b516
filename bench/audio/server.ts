/** The one server of the bench: pages, a clock, the players' lines, and the tapes that come back. One visit at a time. */

import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Recording, SentTurn } from './analysis.ts';
import type { Dialect, Player } from './players.ts';
import { turnPcm } from './signal.ts';
import { afterTrace, FRAME_MS, type Trace } from './traces.ts';
import type { UplinkFrame } from './uplink.ts';

/** What is queued only to be dropped. */
const QUEUED_S = 12;
const QUEUED_FRAME_MS = 100;

export interface Tape extends Recording {
  readonly kind: 'played' | 'heard';
}

export const epochMs = (): number => performance.timeOrigin + performance.now();

export const until = (atMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, atMs - epochMs())));

/** One player in one page: its line, and what came of it. */
export class Visit {
  readonly player: Player;
  /** Server's epoch ms less the page's `Date.now()`. */
  clockOffsetMs = 0;
  readonly tapes: Tape[] = [];
  readonly uplink: UplinkFrame[] = [];
  /** By how much the latest frame was late. */
  latestMs = 0;
  readonly #dialect: Dialect;
  #socket: WebSocket | null = null;

  constructor(player: Player) {
    this.player = player;
    this.#dialect = player.answer();
  }

  take(socket: WebSocket): void {
    this.#socket = socket;
    this.#dialect.open(this.#say);
    socket.on('message', (data, isBinary) => {
      const atMs = epochMs();
      const pcm = this.#dialect.receive(data, isBinary, this.#say);
      if (pcm && pcm.length > 0) this.uplink.push({ atMs, pcm });
    });
  }

  /** Sends every frame when it is due; resolves when the sound would be over, were none of it late. */
  async replay(trace: Trace): Promise<SentTurn[]> {
    const { rate } = this.player;
    const began = epochMs() + 30;
    const sent: SentTurn[] = [];
    for (const [index, { fromS, toS, arrivalsMs }] of trace.turns.entries()) {
      const pcm = turnPcm(fromS, toS, rate);
      const length = (rate * FRAME_MS) / 1000;
      for (const [i, arrivesMs] of arrivalsMs.entries()) {
        if (began + arrivesMs > epochMs()) await until(began + arrivesMs);
        this.latestMs = Math.max(this.latestMs, epochMs() - began - arrivesMs);
        if (i === 0) {
          sent.push({ fromS, toS, arrivedMs: epochMs() });
          this.#dialect.turnStart(index, this.#say);
        }
        this.#dialect.frame(index, i, pcm.slice(i * length, (i + 1) * length), this.#say);
      }
      this.#dialect.turnEnd(index, this.#say);
    }
    await until(began + trace.lengthMs);
    return sent;
  }

  /** One more turn, far longer than it will be heard, all at once. */
  queue(trace: Trace): void {
    const { rate } = this.player;
    const fromS = afterTrace(trace);
    const pcm = turnPcm(fromS, fromS + QUEUED_S, rate);
    const length = (rate * QUEUED_FRAME_MS) / 1000;
    const turn = trace.turns.length;
    this.#dialect.turnStart(turn, this.#say);
    for (let i = 0; i * length < pcm.length; i += 1) {
      this.#dialect.frame(turn, i, pcm.slice(i * length, (i + 1) * length), this.#say);
    }
  }

  /** The command to be silent; gives when it went. */
  flush(trace: Trace): number {
    const atMs = epochMs();
    this.#dialect.flush(trace.turns.length, this.#say);
    return atMs;
  }

  readonly #say = (message: string | Uint8Array): void => this.#socket?.send(message);
}

export class BenchServer {
  visit: Visit | null = null;
  readonly #folder: string;
  readonly #http = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  readonly #lines = new WebSocketServer({ server: this.#http });

  /** @param folder the built pages */
  constructor(folder: string) {
    this.#folder = folder;
    this.#lines.on('connection', (socket, { url }) => {
      if (url === '/clock') socket.on('message', () => socket.send(String(epochMs())));
      else this.visit?.take(socket);
    });
  }

  /** Gives the origin without its scheme. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#lines.clients) socket.terminate();
    this.#http.closeAllConnections();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://bench');
    if (request.method === 'POST') {
      this.visit?.tapes.push(await tapeOf(request, url.searchParams, this.visit.clockOffsetMs));
      response.writeHead(204).end();
    } else if (url.pathname.endsWith('.js')) {
      const text = await readFile(join(this.#folder, url.pathname));
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(text);
    } else {
      const scripts = ['rig', url.pathname.slice(1)].map((name) => `<script type="module" src="/${name}.js"></script>`);
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><body>${scripts.join('')}`);
    }
  }
}

async function tapeOf(request: IncomingMessage, query: URLSearchParams, clockOffsetMs: number): Promise<Tape> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const whole = Buffer.concat(chunks);
  const body = whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.byteLength) as ArrayBuffer;
  const blocks = Number(query.get('blocks'));
  return {
    kind: query.get('kind') as Tape['kind'],
    rate: Number(query.get('rate')),
    // `Date.now()` is cut to whole milliseconds: on average half of one is missing.
    blocksMs: new Float64Array(body, 0, blocks).map((ms) => ms + 0.5 + clockOffsetMs),
    samples: new Float32Array(body, blocks * 8),
  };
}
