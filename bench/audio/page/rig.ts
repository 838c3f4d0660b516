/**
 * What stands around a player in its page, before any of its code runs: a recorder in front of every way out of every
 * sound graph, a microphone that says its own positions, a clock, and a main thread that can be made busy.
 */

import microphoneScript from './microphone.worklet.ts?script';
import recorderScript from './recorder.worklet.ts?script';

/** A player of the bench: opens its line and resolves when it would play. */
export type OpenPlayer = (url: string, options: PlayerOptions) => Promise<void>;

export interface PlayerOptions {
  /** Samples a second that the server sends. */
  readonly rate: number;
  /** Hume only: whether its worklet can be had, which is no part of its package. */
  readonly worklet: boolean;
}

export interface Bench {
  player: OpenPlayer | null;
  open(url: string, options: PlayerOptions): Promise<void>;
  jank(busyMs: number, everyMs: number): void;
  /** When the main thread is next kept busy: epoch ms by the page's own clock. */
  nextBusyMs(): number;
  /** How long nothing was to be heard, in ms. */
  quietMs(): Promise<number>;
  /** Sends all recordings to this address. */
  send(url: string): Promise<void>;
  /** Server's epoch ms less the page's, and less `Date.now()`'s, by this address. */
  clock(url: string): Promise<{ page: number; date: number }>;
}

declare global {
  var bench: Bench;
}

interface Tape {
  readonly kind: 'played' | 'heard';
  readonly node: AudioWorkletNode;
}

const RealContext = globalThis.AudioContext;
const connect = AudioNode.prototype.connect as (this: AudioNode, ...args: unknown[]) => unknown;
const disconnect = AudioNode.prototype.disconnect as (this: AudioNode, ...args: unknown[]) => unknown;
const createSource = RealContext.prototype.createMediaStreamSource;

const addModule = async (context: BaseAudioContext, source: () => Promise<string>): Promise<void> => {
  const url = URL.createObjectURL(new Blob([await source()], { type: 'text/javascript' }));
  await context.audioWorklet.addModule(url);
};

const tapes: Tape[] = [];
const loading = new Map<BaseAudioContext, Promise<void>>();
/** Of each way out, what players are connected to in its place. */
const hubs = new WeakMap<AudioNode, GainNode>();
const ownDestinations = new WeakSet<AudioNode>();

globalThis.AudioContext = new Proxy(RealContext, {
  construct(target, args: unknown[], newTarget) {
    const context = Reflect.construct(target, args, newTarget) as AudioContext;
    loading.set(context, addModule(context, recorderScript.source));
    // Not on the first connection: some players connect with their first sample.
    hubOf(context.destination);
    return context;
  },
});

function record(context: BaseAudioContext, kind: Tape['kind'], outputs: number): AudioWorkletNode {
  const node = new AudioWorkletNode(context, 'bench-recorder', { numberOfOutputs: outputs });
  tapes.push({ kind, node });
  return node;
}

function hubOf(out: AudioNode): GainNode {
  const known = hubs.get(out);
  if (known) return known;
  const hub = out.context.createGain();
  hubs.set(out, hub);
  // Heard at once, recorded as soon as the recorder is there, which is long before the first frame comes.
  connect.call(hub, out);
  void loading.get(out.context)?.then(() => {
    const recorder = record(out.context, 'played', 1);
    disconnect.call(hub);
    connect.call(hub, recorder);
    connect.call(recorder, out);
  });
  return hub;
}

function isWayOut(node: unknown): node is AudioNode {
  if (node instanceof AudioDestinationNode) return loading.has(node.context);
  return node instanceof MediaStreamAudioDestinationNode && !ownDestinations.has(node);
}

AudioNode.prototype.connect = function (this: AudioNode, out: unknown, ...rest: unknown[]): never {
  if (!isWayOut(out)) return connect.call(this, out, ...rest) as never;
  connect.call(this, hubOf(out), ...rest);
  return out as never;
} as typeof AudioNode.prototype.connect;

AudioNode.prototype.disconnect = function (this: AudioNode, ...args: unknown[]): void {
  const [out, ...rest] = args;
  disconnect.call(this, ...(isWayOut(out) ? [hubOf(out), ...rest] : args));
} as typeof AudioNode.prototype.disconnect;

RealContext.prototype.createMediaStreamSource = function (stream: MediaStream): MediaStreamAudioSourceNode {
  const source = createSource.call(this, stream);
  void loading.get(this)?.then(() => connect.call(source, record(this, 'heard', 0)));
  return source;
};

let room: Promise<{ context: AudioContext; voice: AudioNode }> | null = null;

async function openRoom(): Promise<{ context: AudioContext; voice: AudioNode }> {
  const context = new RealContext();
  await addModule(context, microphoneScript.source);
  await context.resume();
  return { context, voice: new AudioWorkletNode(context, 'bench-microphone', { numberOfInputs: 0 }) };
}

navigator.mediaDevices.getUserMedia = async () => {
  const { context, voice } = await (room ??= openRoom());
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  ownDestinations.add(destination);
  connect.call(voice, destination);
  return destination.stream;
};

const ask = <T>(node: AudioWorkletNode, question: string): Promise<T> =>
  new Promise((resolve) => {
    node.port.onmessage = ({ data }) => resolve(data as T);
    node.port.postMessage(question);
  });

let busyAt = -Infinity;
let busyEveryMs = 0;

const epochMs = (): number => performance.timeOrigin + performance.now();

/** `epochMs` less `Date.now()`, which a worklet has to live with. */
function dateOffsetMs(): number {
  const offsets = Array.from({ length: 15 }, () => {
    const before = Date.now();
    let now = Date.now();
    while (now === before) now = Date.now();
    return epochMs() - now;
  });
  return offsets.sort((a, b) => a - b)[offsets.length >> 1]!;
}

globalThis.bench = {
  player: null,

  async open(url, options) {
    while (!globalThis.bench.player) await new Promise((resolve) => setTimeout(resolve, 5));
    await globalThis.bench.player(url, options);
    await Promise.all(loading.values());
  },

  jank(busyMs, everyMs) {
    busyEveryMs = everyMs;
    setInterval(() => {
      busyAt = epochMs();
      const until = performance.now() + busyMs;
      while (performance.now() < until);
    }, everyMs);
  },

  nextBusyMs: () => busyAt + busyEveryMs,

  async quietMs() {
    const played = tapes.filter(({ kind }) => kind === 'played');
    return Math.min(...(await Promise.all(played.map(({ node }) => ask<number>(node, 'quiet')))));
  },

  async send(url) {
    for (const { kind, node } of tapes) {
      const tape = await ask<{ rate: number; samples: Float32Array; blocks: Float64Array }>(node, 'take');
      const body = new Blob([tape.blocks as BlobPart, tape.samples as BlobPart]);
      await fetch(`${url}&kind=${kind}&rate=${tape.rate}&blocks=${tape.blocks.length}`, { method: 'POST', body });
    }
  },

  async clock(url) {
    const socket = new WebSocket(url);
    await new Promise((resolve) => (socket.onopen = resolve));
    let best = { roundTrip: Infinity, offset: 0 };
    for (let i = 0; i < 15; i += 1) {
      const sent = epochMs();
      const told = new Promise<number>((resolve) => {
        socket.onmessage = ({ data }) => resolve(Number(data));
      });
      socket.send('');
      const server = await told;
      const back = epochMs();
      if (back - sent < best.roundTrip) best = { roundTrip: back - sent, offset: server - (sent + back) / 2 };
    }
    socket.close();
    return { page: best.offset, date: best.offset + dateOffsetMs() };
  },
};
