/** A socket and a port under the test's control, and the frames of a gateway. */

import type { Closed } from '../../../src/gateway/ports.ts';
import { Socket } from '../../../src/gateway/socket.ts';
import type {
  DownlinkFrame,
  DownlinkMessage,
  HeardReport,
  UplinkFrame,
  UplinkSpent,
} from '../../../src/protocol/media.ts';
import type {
  AudioFormat,
  AudioPair,
  GatewayMessage,
  ReadyMessage,
  StartMessage,
} from '../../../src/protocol/messages.ts';

export class FakeWebSocket {
  static readonly all: FakeWebSocket[] = [];

  static get latest(): FakeWebSocket {
    return FakeWebSocket.all.at(-1)!;
  }

  readyState = 0;
  binaryType = 'blob';
  bufferedAmount = 0;
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

  /** Copies at once, as browsers do. */
  send(data: string | ArrayBuffer | Uint8Array<ArrayBuffer>): void {
    if (this.readyState !== 1) throw new Error('sent on a socket that is not open');
    if (data instanceof ArrayBuffer && data.byteLength === 0) throw new Error('sent what was given away');
    this.sent.push(typeof data === 'string' ? data : new Uint8Array(data).slice().buffer);
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
  /** As the far side gets it. */
  readonly posted: (DownlinkMessage | UplinkSpent)[] = [];

  postMessage(message: DownlinkMessage | UplinkSpent, transfer: ArrayBuffer[] = []): void {
    if (this.closed) return;
    this.posted.push(structuredClone(message, { transfer }));
  }

  close(): void {
    this.closed = true;
  }

  give(message: UplinkFrame | HeardReport): void {
    this.onmessage?.({ data: message });
  }
}

export const PCM_16: AudioFormat = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };
export const PCM_24: AudioFormat = { encoding: 'pcm_s16le', sample_rate: 24_000, channels: 1 };
export const MU_LAW: AudioFormat = { encoding: 'pcm_mulaw', sample_rate: 8_000, channels: 1 };

export const START: StartMessage = {
  type: 'start',
  version: 1,
  call_id: '665e4a34c65bb95f2f2d72e9',
  assistant_id: '665e4a34c65bb95f2f2d72e2',
  mode: 'voice',
  audio: { up: [PCM_16], down: [PCM_24] },
};

export const READY: ReadyMessage = {
  type: 'ready',
  version: 1,
  call_id: START.call_id,
  resume_token: 'token',
  received: 0,
  audio: { up: PCM_16, down: PCM_24 },
  assistant: { name: 'Nora', language: 'en' },
  limits: { max_duration_s: 600, silence_s: 30 },
};

interface LiveCallOptions {
  readonly offers?: StartMessage['audio'];
  /** What `ready` chooses. */
  readonly audio?: AudioPair | null;
  readonly downlink?: null;
  readonly ready?: false;
  /** Said before `ready`. */
  readonly early?: readonly ArrayBuffer[];
}

/** A socket on which the call is live. `WebSocket` must be the fake. */
export function liveCall({ offers = START.audio, audio = READY.audio, early = [], ...ports }: LiveCallOptions = {}) {
  const uplink = new FakePort();
  const downlink = new FakePort();
  const closes: Closed[] = [];
  const socket = new Socket(
    {
      url: 'wss://gateway.example/connection',
      start: { ...START, audio: offers },
      uplink: asPort(uplink),
      downlink: asPort(ports.downlink === null ? null : downlink),
    },
    { onmessage() {}, onclose: (closed) => closes.push(closed) },
  );
  const wire = FakeWebSocket.latest;
  wire.accept();
  for (const pcm of early) uplink.give({ type: 'frame', pcm });
  if (ports.ready !== false) wire.say({ ...READY, audio });
  return { socket, wire, uplink, downlink, closes };
}

export const asPort = <T extends FakePort | null>(port: T) => port as unknown as T extends null ? null : MessagePort;

export const turnStart = (turn_id: string): GatewayMessage => ({ type: 'turn_start', turn_id, at_ms: 0 });
export const turnEnd = (turn_id: string): GatewayMessage => ({ type: 'turn_end', turn_id });
export const clear = (turn_id: string): GatewayMessage => ({ type: 'clear', turn_id, reason: 'interrupt' });

export const acks = ({ said }: FakeWebSocket) => said.filter(({ type }) => type === 'ack');
export const pings = ({ said }: FakeWebSocket) => said.filter(({ type }) => type === 'ping');

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

/** `ms` of the assistant's voice at 24 kHz, of which each millisecond has a number: the next, from `first` on. */
export function numbered(first: number, ms: number): ArrayBuffer {
  return Int16Array.from({ length: ms * 24 }, (_, i) => first + Math.floor(i / 24)).buffer;
}

/** All that a player was given of a turn. */
export function given(port: FakePort, turnId: string): Int16Array {
  const frames = port.posted.filter((message) => message.type === 'frame' && message.turnId === turnId);
  return Int16Array.from(frames.flatMap((frame) => [...new Int16Array((frame as DownlinkFrame).pcm)]));
}
