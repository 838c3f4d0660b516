/**
 * Runs in a page before its own scripts (Playwright's `addInitScript`): a microphone that says what a test wants said,
 * and a recorder of everything that any context sends to its destination.
 */

export interface SoundBench {
  /**
   * Says 16-bit mono PCM into the microphone, once somebody listens to it; resolves when the last sample has been said,
   * with the epoch ms of the first.
   */
  say(base64: string, sampleRate: number): Promise<number>;
  /** From now on `getUserMedia` rejects with a DOMException of this name. */
  refuse(name: string): void;
  /** Says it in the very moment that `getUserMedia` resolves. */
  sayOnOpen(base64: string, sampleRate: number): void;
  /** All that was played so far: base64 PCM16 at 16 kHz, and the epoch ms of its first sample. */
  recording(): Promise<{ pcm: string; startedAt: number }>;
  /** Takes the microphone away, as pulling its plug does. */
  unplug(left: 'another' | 'none'): void;
  /** Closes every context that plays, as a browser does that loses its device. */
  loseDevice(): Promise<unknown>;
  /** Live tracks and open contexts, of all that the page ever got. */
  held(): { tracks: number; contexts: number };
}

declare global {
  var soundBench: SoundBench;
}

export function installSoundBench(): void {
  const RATE = 16_000;
  // What has ended is forgotten, or this bench itself would keep it from being collected.
  const tracks = new Set<MediaStreamTrack>();
  const contexts = new Set<BaseAudioContext>();
  const chunks: Float32Array[] = [];
  let recordedRate = 0;
  let startedAt = Infinity;
  let refusal: string | null = null;
  let missingOnce = false;
  let onOpen: { base64: string; sampleRate: number } | null = null;
  let microphone: { context: AudioContext; destination: MediaStreamAudioDestinationNode } | null = null;
  // Who waits for a microphone that goes before anybody has listened to it, waits for the next.
  let waiting: (() => void)[] = [];
  let listening = false;
  const listenedTo = (): Promise<void> =>
    new Promise((resolve) => {
      if (listening) resolve();
      else waiting.push(resolve);
    });

  const connect = AudioNode.prototype.connect as (...args: unknown[]) => unknown;
  const taps = new WeakMap<BaseAudioContext, ScriptProcessorNode>();
  const isTap = (node: AudioNode): boolean => taps.get(node.context) === node;

  const tapOf = (context: BaseAudioContext): ScriptProcessorNode => {
    const known = taps.get(context);
    if (known) return known;
    const tap = context.createScriptProcessor(4096, 1, 1);
    taps.set(context, tap);
    recordedRate = context.sampleRate;
    tap.onaudioprocess = (event) => {
      const samples = event.inputBuffer.getChannelData(0).slice();
      chunks.push(samples);
      // A busy page is told late of what was played, never too soon: the chunk that was told of soonest is to be believed.
      const ms = ((chunks.length + 1) * samples.length * 1000) / context.sampleRate;
      startedAt = Math.min(startedAt, Date.now() - ms);
    };
    connect.call(tap, context.destination);
    return tap;
  };

  AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]): never {
    const result = connect.apply(this, args);
    if (this instanceof MediaStreamAudioSourceNode && this.mediaStream === microphone?.destination.stream) {
      listening = true;
      for (const resolve of waiting) resolve();
      waiting = [];
    }
    if (args[0] instanceof AudioDestinationNode && !isTap(this)) {
      contexts.add(this.context);
      connect.call(this, tapOf(this.context));
    }
    return result as never;
  };

  const pcm = (base64: string): Int16Array =>
    new Int16Array(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer);

  const say = (base64: string, sampleRate: number): Promise<number> => {
    const { context, destination } = microphone!;
    const samples = pcm(base64);
    const buffer = context.createBuffer(1, samples.length, sampleRate);
    buffer.copyToChannel(
      Float32Array.from(samples, (sample) => sample / 0x8000),
      0,
    );
    const source = context.createBufferSource();
    source.buffer = buffer;
    connect.call(source, destination);
    source.start();
    const saidAt = Date.now();
    return new Promise((resolve) => {
      source.onended = () => resolve(saidAt);
    });
  };

  navigator.mediaDevices.getUserMedia = async () => {
    if (refusal) throw new DOMException('refused by the test', refusal);
    if (missingOnce) {
      missingOnce = false;
      throw new DOMException('unplugged by the test', 'NotFoundError');
    }
    // The room around the microphone: not the widget's, and gone with the microphone.
    const context = new AudioContext();
    await context.resume();
    const destination = context.createMediaStreamDestination();
    const [track] = destination.stream.getTracks() as [MediaStreamTrack];
    const stop = track.stop.bind(track);
    track.stop = () => {
      stop();
      if (context.state !== 'closed') void context.close();
      if (microphone?.context !== context) return;
      microphone = null;
      listening = false;
    };
    microphone = { context, destination };
    tracks.add(track);
    if (onOpen) void say(onOpen.base64, onOpen.sampleRate);
    return destination.stream;
  };

  globalThis.soundBench = {
    say: (base64, sampleRate) => listenedTo().then(() => say(base64, sampleRate)),
    refuse: (name) => {
      refusal = name;
    },
    sayOnOpen: (base64, sampleRate) => {
      onOpen = { base64, sampleRate };
    },
    recording: async () => {
      const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      if (total === 0) return { pcm: '', startedAt: 0 };
      const offline = new OfflineAudioContext(1, Math.ceil((total * RATE) / recordedRate), RATE);
      const buffer = offline.createBuffer(1, total, recordedRate);
      let at = 0;
      for (const chunk of chunks) {
        buffer.copyToChannel(chunk as Float32Array<ArrayBuffer>, 0, at);
        at += chunk.length;
      }
      const source = offline.createBufferSource();
      source.buffer = buffer;
      connect.call(source, offline.destination);
      source.start();
      const rendered = (await offline.startRendering()).getChannelData(0);
      const samples = Int16Array.from(rendered, (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff);
      const bytes = new Uint8Array(samples.buffer);
      let binary = '';
      for (let index = 0; index < bytes.length; index += 8192) {
        binary += String.fromCharCode(...bytes.subarray(index, index + 8192));
      }
      return { pcm: btoa(binary), startedAt };
    },
    loseDevice: () => Promise.all([...contexts].map((context) => (context as AudioContext).close())),
    unplug: (left) => {
      missingOnce = left === 'none';
      for (const track of tracks) {
        if (track.readyState !== 'live') continue;
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    },
    held: () => {
      for (const track of tracks) if (track.readyState === 'ended') tracks.delete(track);
      for (const context of contexts) if (context.state === 'closed') contexts.delete(context);
      return { tracks: tracks.size, contexts: contexts.size };
    },
  };
}
