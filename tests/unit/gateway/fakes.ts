/** A socket and a port under the test's control, and the frames of a gateway. */

import type { DownlinkMessage, HeardReport, UplinkFrame } from '../../../src/protocol/media.ts';
import type { GatewayMessage, ReadyMessage, StartMessage } from '../../../src/protocol/messages.ts';

export class FakeWebSocket {
  static readonly all: FakeWebSocket[] = [];

  static get latest(): FakeWebSocket {
    return FakeWebSocket.all.at(-1)!;
  }

  readyState = 0;
  binaryType = 'blob';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly url: string;
  readonly sent: (string | ArrayBuffer)[] = [];
  readonly closes: { code: number | undefined; reason: string | undefined }[] = [];

  constructor(url: string, ...rest: unknown[]) {
    if (rest.length > 0) throw new Error('a subprotocol was offered');
    this.url = url;
    FakeWebSocket.all.push(this);
  }

  send(data: string | ArrayBuffer): void {
    if (this.readyState !== 1) throw new Error('sent on a socket that is not open');
    this.sent.push(data);
  }

  close(code?: number, reason?: string): void {
    this.readyState = 2;
    this.closes.push({ code, reason });
  }

  // What the far side does.

  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(message: GatewayMessage | string): void {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) });
  }

  play(pcm: ArrayBuffer): void {
    this.onmessage?.({ data: pcm });
  }

  drop(code: number, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  /** Text frames sent, as objects. */
  get said(): Record<string, unknown>[] {
    return this.sent.filter((data) => typeof data === 'string').map((data) => JSON.parse(data));
  }

  get audio(): ArrayBuffer[] {
    return this.sent.filter((data) => data instanceof ArrayBuffer);
  }
}

export class FakePort {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  closed = false;
  readonly posted: DownlinkMessage[] = [];
  readonly transferred: unknown[] = [];

  postMessage(message: DownlinkMessage, transfer: readonly unknown[] = []): void {
    this.posted.push(message);
    this.transferred.push(...transfer);
  }

  close(): void {
    this.closed = true;
  }

  give(message: UplinkFrame | HeardReport): void {
    this.onmessage?.({ data: message });
  }
}

export const START: StartMessage = {
  type: 'start',
  version: 1,
  call_id: '665e4a34c65bb95f2f2d72e9',
  assistant_id: '665e4a34c65bb95f2f2d72e2',
  mode: 'voice',
  audio: {
    up: [{ encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 }],
    down: [{ encoding: 'pcm_s16le', sample_rate: 24_000, channels: 1 }],
  },
};

export const READY: ReadyMessage = {
  type: 'ready',
  version: 1,
  call_id: START.call_id,
  resume_token: 'token',
  received: 0,
  audio: { up: START.audio.up[0]!, down: START.audio.down[0]! },
  assistant: { name: 'Nora', language: 'en' },
  limits: { max_duration_s: 600, silence_s: 30 },
};

/** A frame of the visitor's voice, 20 ms long unless told otherwise, that carries a number to be known by. */
export function voice(number: number, ms = 20): UplinkFrame {
  const pcm = new Int16Array(ms * 16);
  pcm[0] = number;
  return { type: 'frame', pcm: pcm.buffer };
}

export function numberOf(pcm: ArrayBuffer): number {
  return new Int16Array(pcm)[0]!;
}

/** `ms` of the assistant's voice at 24 kHz. */
export function speech(ms: number): ArrayBuffer {
  return new ArrayBuffer(ms * 48);
}
