/** A gateway on a loopback port whose desk, engines and clock a test holds in its hands. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { CallDesk, CallFile, TranscriptLine } from '../../../../src/platform/voice/call-desk.ts';
import type { Clock } from '../../../../src/platform/voice/clock.ts';
import {
  EARS_SAMPLE_RATE,
  type Ears,
  type EarsEvent,
  type Listener,
  type Message,
  type Mind,
  type Mouth,
} from '../../../../src/platform/voice/engines.ts';
import { type Gateway, type GatewayOptions, createGateway } from '../../../../src/platform/voice/gateway.ts';

export class FakeClock implements Clock {
  #nowMs = 1_700_000_000_000;
  #tasks = new Set<{ readonly atMs: number; readonly task: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, task: () => void): () => void {
    const entry = { atMs: this.#nowMs + ms, task };
    this.#tasks.add(entry);
    return () => this.#tasks.delete(entry);
  }

  /** Runs what falls due, in order, what comes up meanwhile included. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const due = [...this.#tasks].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#tasks.delete(due);
      this.#nowMs = due.atMs;
      due.task();
    }
    this.#nowMs = untilMs;
  }
}

export class MemoryDesk implements CallDesk {
  readonly files = new Map<string, CallFile>();
  readonly lines = new Map<string, TranscriptLine>();
  readonly ratings: { rating: number; comment: string | null }[] = [];
  readonly outcomes: { callId: string; reason: string; durationMs: number }[] = [];
  readonly live: string[] = [];

  async find(callId: string): Promise<CallFile | null> {
    return this.files.get(callId) ?? null;
  }
  async wentLive(callId: string): Promise<boolean> {
    const first = !this.live.includes(callId);
    if (first) this.live.push(callId);
    return first;
  }
  async said(_callId: string, line: TranscriptLine): Promise<void> {
    this.lines.set(line.id, line);
  }
  async rated(_callId: string, feedback: { rating: number; comment: string | null }): Promise<void> {
    this.ratings.push(feedback);
  }
  async ended(callId: string, outcome: { reason: string; durationMs: number }): Promise<void> {
    this.outcomes.push({ callId, ...outcome });
    this.files.set(callId, { ...this.files.get(callId)!, over: true });
  }
}

/** Hears what the test says it hears; keeps what was really pushed. */
export class ScriptedEars implements Ears {
  readonly listeners: ScriptedListener[] = [];
  /** Thrown at the next push. */
  failure: Error | null = null;

  listen(): Listener {
    const listener = new ScriptedListener(this);
    this.listeners.push(listener);
    return listener;
  }

  get last(): ScriptedListener {
    return this.listeners.at(-1)!;
  }
}

export class ScriptedListener implements Listener {
  onevent: ((event: EarsEvent) => void) | null = null;
  pushed: number[] = [];
  flushes = 0;
  closed = false;
  #ears: ScriptedEars;

  constructor(ears: ScriptedEars) {
    this.#ears = ears;
  }
  push(samples: Int16Array): void {
    if (this.#ears.failure) throw this.#ears.failure;
    for (const sample of samples) this.pushed.push(sample);
  }
  flush(): void {
    this.flushes++;
  }
  close(): void {
    this.closed = true;
  }

  /** `voiceMs`: of the sound that was pushed. */
  begin(voiceMs = this.#atMs): void {
    this.onevent?.({ type: 'speech_start', atMs: this.#atMs, voiceMs });
  }
  words(text: string, final = false): void {
    this.onevent?.({ type: 'words', text, final, atMs: this.#atMs });
  }
  end(voiceMs = this.#atMs): void {
    this.onevent?.({ type: 'speech_end', atMs: this.#atMs, voiceMs });
  }
  /** A whole utterance. */
  hear(text: string): void {
    this.begin();
    this.end();
    this.words(text, true);
  }

  get #atMs(): number {
    return (this.pushed.length * 1000) / EARS_SAMPLE_RATE;
  }
}

export interface MindCall {
  readonly text: string;
  readonly history: readonly Message[];
  readonly signal: AbortSignal;
  readonly report?: (answered: boolean) => void;
}

export class ScriptedMind implements Mind {
  readonly calls: MindCall[] = [];
  answer: (call: MindCall) => AsyncIterable<string> = async function* ({ text }) {
    yield `You said: ${text}.`;
  };

  reply(turn: MindCall): AsyncIterable<string> {
    this.calls.push(turn);
    return this.answer(turn);
  }
}

/** A tone of 50 ms for each character. */
export class ToneMouth implements Mouth {
  static readonly msPerCharacter = 50;
  sampleRate = 16_000;
  readonly sentences: string[] = [];
  failure: Error | null = null;

  async *say(sentence: string, { signal }: { signal: AbortSignal }): AsyncIterable<Int16Array> {
    if (this.failure) throw this.failure;
    this.sentences.push(sentence);
    const chunk = (this.sampleRate * ToneMouth.msPerCharacter * 2) / 1000;
    let left = (sentence.length * ToneMouth.msPerCharacter * this.sampleRate) / 1000;
    for (let at = 0; left > 0 && !signal.aborted; at += chunk, left -= chunk) {
      const start = at;
      yield Int16Array.from({ length: Math.min(chunk, left) }, (_, index) =>
        Math.round(8000 * Math.sin((2 * Math.PI * 440 * (start + index)) / this.sampleRate)),
      );
    }
  }
}

export const CALL_ID = '665e4a34c65bb95f2f2d72e9';
export const ASSISTANT_ID = '665e4a34c65bb95f2f2d72e2';
export const WIDGET_ID = '665e4a34c65bb95f2f2d72e1';
export const GREETING = 'Hello, this is Northwind Catering.';

export interface Rig extends AsyncDisposable {
  readonly desk: MemoryDesk;
  readonly ears: ScriptedEars;
  readonly mind: ScriptedMind;
  readonly mouth: ToneMouth;
  readonly clock: FakeClock;
  readonly gateway: Gateway;
  /** Puts a call on the desk, and says where its socket is. */
  createCall(options?: FileOptions): string;
  readonly port: number;
}

export interface FileOptions {
  readonly callId?: string;
  readonly file?: Partial<CallFile>;
  readonly assistant?: Partial<CallFile['assistant']>;
  readonly widget?: Partial<NonNullable<CallFile['widget']>> | null;
}

export async function openRig(options: Partial<GatewayOptions> = {}): Promise<Rig> {
  const parts = {
    desk: new MemoryDesk(),
    ears: new ScriptedEars(),
    mind: new ScriptedMind(),
    mouth: new ToneMouth(),
    clock: new FakeClock(),
  };
  const gateway = createGateway({ ...parts, ...options });
  const { port, close } = await serve(gateway);
  return {
    ...parts,
    gateway,
    port,
    createCall({ callId = CALL_ID, file = {}, assistant = {}, widget = {} } = {}) {
      parts.desk.files.set(callId, {
        callId,
        assistantId: ASSISTANT_ID,
        createdAt: new Date(parts.clock.now()),
        over: false,
        assistant: {
          name: 'Nora',
          companyName: 'Northwind Catering',
          language: 'English',
          voice: null,
          firstMessage: GREETING,
          systemPrompt: null,
          maxDurationS: 600,
          silenceS: 60,
          ...assistant,
        },
        widget:
          widget === null
            ? null
            : { widgetId: WIDGET_ID, status: 'active', allowedOrigins: [], terms: null, ...widget },
        ...file,
      });
      return callUrl(port, callId);
    },
    async [Symbol.asyncDispose]() {
      await close();
    },
  };
}

export function callUrl(port: number, callId = CALL_ID, assistantId = ASSISTANT_ID): string {
  return `ws://127.0.0.1:${port}/new-web-call/connection?assistant_id=${assistantId}&call_id=${callId}`;
}

/** Serves a gateway on a free loopback port. */
export async function serve(gateway: Gateway): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      gateway.handle(webSocket, { url: request.url ?? '', origin: request.headers.origin ?? null });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<unknown>((resolve) => server.close(resolve));
    },
  };
}
