import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  ANSWERS_WITHIN_MS,
  Microphone,
  type MicrophoneOptions,
  type MicrophoneStats,
} from '../../../src/audio/microphone.ts';
import type { UplinkFrame, UplinkSpent } from '../../../src/protocol/media.ts';
import { cannot } from '../engine.ts';
import { contextForTest, signalForTest, takeAway, withoutWorklet, withWorklet } from './sounds.ts';

const realGetUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);

afterEach(() => {
  vi.restoreAllMocks();
});

/** The stream that the page is about to get. */
function watchStream(): { stream: Promise<MediaStream> } {
  const stream = new Promise<MediaStream>((resolve) => {
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async (constraints) => {
      const granted = await realGetUserMedia(constraints);
      resolve(granted);
      return granted;
    });
  });
  return { stream };
}

/** One end of an uplink, and the frames that come out of the other. */
function uplink(): { port: MessagePort; far: MessagePort; frames: UplinkFrame[] } {
  const { port1, port2 } = new MessageChannel();
  const frames: UplinkFrame[] = [];
  port2.onmessage = ({ data }: MessageEvent<UplinkFrame>) => frames.push(data);
  return { port: port1, far: port2, frames };
}

/** An open microphone, and the frames that come out of it. */
async function openMicrophone(options: Partial<MicrophoneOptions> = {}) {
  const { port, far, frames } = uplink();
  const context = options.context ?? contextForTest();
  const microphone = await Microphone.open({ context, port, signal: signalForTest(), ...options });
  return { microphone, far, frames, context };
}

/** Of its processor's own: not what was last known, which is all there is where that has no time to answer. */
async function answerOf(microphone: Microphone): Promise<MicrophoneStats> {
  for (;;) {
    const askedAt = performance.now();
    const stats = await microphone.getStats();
    if (performance.now() - askedAt < ANSWERS_WITHIN_MS) return stats;
  }
}

/** How many come in a second of the context's own time. */
async function framesInASecond(frames: readonly UplinkFrame[], context: AudioContext): Promise<number> {
  const [beforeFrames, beforeTime] = [frames.length, context.currentTime];
  await vi.waitFor(() => expect(context.currentTime - beforeTime).toBeGreaterThan(1), { timeout: 5000 });
  return (frames.length - beforeFrames) / (context.currentTime - beforeTime);
}

/** Without a worklet a busy machine costs frames: one second in which it is not busy tells. */
const ONE_GOOD_SECOND = { timeout: 14_000, interval: 0 };

const isLive = (stream: MediaStream): boolean => stream.getTracks().some((track) => track.readyState === 'live');

describe.each([
  ['with AudioWorklet', (): AudioContext => withWorklet(contextForTest())],
  ['without AudioWorklet', (): AudioContext => withoutWorklet(contextForTest())],
])('Microphone %s', (_, makeContext) => {
  it('gives frames of 640 bytes, 50 for every second of its context', { timeout: 15_000 }, async () => {
    const { microphone, frames, context } = await openMicrophone({ context: makeContext() });
    await expect.poll(() => framesInASecond(frames, context), ONE_GOOD_SECOND).toBeCloseTo(50, -1);
    expect(new Set(frames.map(({ type, pcm }) => `${type} ${pcm.byteLength}`))).toEqual(new Set(['frame 640']));
    await microphone.close();
  });

  it('gives frames of 10 ms where asked', { timeout: 15_000 }, async () => {
    const { microphone, frames, context } = await openMicrophone({ context: makeContext(), frameMs: 10 });
    await expect.poll(() => framesInASecond(frames, context), ONE_GOOD_SECOND).toBeCloseTo(100, -1);
    expect(new Set(frames.map(({ pcm }) => pcm.byteLength))).toEqual(new Set([320]));
    await microphone.close();
  });

  it('fills the buffers that come back', async () => {
    const { microphone, far, frames } = await openMicrophone({ context: makeContext() });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(20));
    expect((await microphone.getStats()).pooledBuffers).toBe(0);
    await vi.waitFor(async () => {
      // Also those that are filled again before anybody is asked.
      for (const { pcm } of frames.splice(0)) far.postMessage({ type: 'spent', pcm } satisfies UplinkSpent, [pcm]);
      expect((await microphone.getStats()).pooledBuffers).toBeGreaterThan(10);
    });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(5));
    expect(new Set(frames.map(({ pcm }) => pcm.byteLength))).toEqual(new Set([640]));
    await microphone.close();
  });

  it('keeps what is said while it has no uplink, for the next', async () => {
    const { microphone, frames } = await openMicrophone({ context: makeContext() });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    microphone.uplink = null;
    const { frames: before } = await answerOf(microphone);
    await vi.waitFor(async () => expect((await microphone.getStats()).frames).toBeGreaterThan(before + 10));
    expect(frames.length).toBeLessThanOrEqual(before);
    const next = uplink();
    microphone.uplink = next.port;
    const { frames: after } = await answerOf(microphone);
    await vi.waitFor(() => expect(frames.length + next.frames.length).toBeGreaterThanOrEqual(after));
    await microphone.close();
  });

  it('tells what it does', async () => {
    const { stream } = watchStream();
    const { microphone, frames, context } = await openMicrophone({ context: makeContext() });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    const { frames: made, latencyMs, settings, ...rest } = await answerOf(microphone);
    expect(rest).toMatchObject({ sampleRate: context.sampleRate, frameMs: 20 });
    expect(made).toBeGreaterThanOrEqual(1);
    const real: MediaTrackSettings & { latency?: number } = (await stream).getAudioTracks()[0]!.getSettings();
    expect(settings).toEqual(real);
    expect(latencyMs === null).toBe(real.latency === undefined);
    expect(latencyMs ?? 35).toBeGreaterThan(20 + (real.latency ?? 0) * 1000);
    expect(latencyMs ?? 35).toBeLessThan(50 + (real.latency ?? 0) * 1000);
    await microphone.close();
    expect((await microphone.getStats()).frames).toBe(made);
  });

  it('leaves the graph with its stream live, and goes on in another', async () => {
    const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const { microphone, frames } = await openMicrophone({ context: makeContext() });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    const stream = await microphone.detach();
    await microphone.close();
    expect(isLive(stream)).toBe(true);
    const second = await openMicrophone({ context: makeContext(), stream });
    const before = frames.length;
    await vi.waitFor(() => expect(second.frames.length).toBeGreaterThan(3));
    expect(frames).toHaveLength(before);
    expect(ask).toHaveBeenCalledTimes(1);
    await second.microphone.close();
    expect(isLive(stream)).toBe(false);
  });

  it('is muted from the start with a stream that was', async () => {
    const first = await openMicrophone({ context: makeContext() });
    first.microphone.muted = true;
    const stream = await first.microphone.detach();
    const { microphone, frames, context } = await openMicrophone({ context: makeContext(), stream });
    expect(microphone.muted).toBe(true);
    const openedAt = context.currentTime;
    await vi.waitFor(() => expect(context.currentTime - openedAt).toBeGreaterThan(0.3));
    expect((await microphone.getStats()).frames).toBe(0);
    microphone.muted = false;
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    await microphone.close();
  });

  it('hears the visitor', async () => {
    const { microphone, frames } = await openMicrophone({ context: makeContext() });
    // The browser's fake microphone beeps once a second.
    await vi.waitFor(() => expect(microphone.level).toBeGreaterThan(0.3), { interval: 10 });
    await vi.waitFor(() => {
      // Frame by frame: no engine takes the samples of many seconds as arguments of one call.
      const loudest = Math.max(...frames.map(({ pcm }) => Math.max(...new Int16Array(pcm))));
      expect(loudest).toBeGreaterThan(1000);
    });
    await microphone.close();
    expect(microphone.level).toBe(0);
  });

  it('gives no frame while muted', async () => {
    const { stream } = watchStream();
    const { microphone, frames, context } = await openMicrophone({ context: makeContext() });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    microphone.muted = true;
    expect((await stream).getAudioTracks()[0]!.enabled).toBe(false);
    const { frames: before } = await answerOf(microphone);
    await vi.waitFor(() => expect(frames).toHaveLength(before)); // those that were on their way have come
    const mutedAt = context.currentTime;
    await vi.waitFor(() => expect(context.currentTime - mutedAt).toBeGreaterThan(0.3));
    expect(frames.length).toBe(before);
    expect(microphone.level).toBe(0);
    microphone.muted = false;
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(before));
    await microphone.close();
  });

  it('gives everything back when closed, and may be closed twice', async () => {
    const { stream } = watchStream();
    const { microphone, frames, context } = await openMicrophone({ context: makeContext() });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    expect(isLive(await stream)).toBe(true);
    await microphone.close();
    await microphone.close();
    microphone.muted = true;
    expect(isLive(await stream)).toBe(false);
    const closedAt = context.currentTime;
    await vi.waitFor(() => expect(context.currentTime - closedAt).toBeGreaterThan(0.1));
    const before = frames.length;
    await vi.waitFor(() => expect(context.currentTime - closedAt).toBeGreaterThan(0.4));
    expect(frames.length).toBe(before);
  });
});

describe('Microphone', () => {
  it('asks for echo cancellation, noise suppression and gain control', async (test) => {
    cannot(test, {
      firefox: 'its fake microphone has none of them, whatever it is asked for',
      webkit: 'it has echo cancellation only, and its settings name no other',
    });
    const { stream } = watchStream();
    const { microphone } = await openMicrophone();
    expect((await stream).getAudioTracks()[0]!.getSettings()).toMatchObject({
      echoCancellation: true,
      noiseSuppression: true,
      autoGainControl: true,
    });
    await microphone.close();
  });

  it('leaves to the browser only what is switched on', async (test) => {
    cannot(test, {
      firefox: 'the fake microphone has settings of its own',
      webkit: 'the fake microphone has settings of its own',
    });
    const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const processing = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    const { microphone } = await openMicrophone({ processing });
    expect(ask).toHaveBeenCalledWith({ audio: { channelCount: 1, ...processing } });
    expect((await microphone.getStats()).settings).toMatchObject(processing);
    await microphone.close();
    const other = await openMicrophone({ processing: { noiseSuppression: false } });
    expect((await other.microphone.getStats()).settings).toMatchObject({
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: true,
    });
    await other.microphone.close();
  });

  it('takes the device it is told, and the default one for a device that nobody knows', async (test) => {
    cannot(test, {
      firefox: 'there is one fake microphone, with an id of its own',
      webkit: 'there is one fake microphone, with an id of its own',
    });
    const devices = await navigator.mediaDevices.enumerateDevices();
    const inputs = devices.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== 'default');
    expect(inputs.length).toBeGreaterThan(1);
    for (const { deviceId } of inputs) {
      const { microphone } = await openMicrophone({ deviceId });
      expect((await microphone.getStats()).settings.deviceId).toBe(deviceId);
      await microphone.close();
    }
    const { microphone } = await openMicrophone({ deviceId: 'unplugged' });
    expect((await microphone.getStats()).settings.deviceId).toBe('default');
    await microphone.close();
  });

  it('takes the default device from a browser that refuses an unknown one', async (test) => {
    cannot(test, {
      firefox: 'there is one fake microphone, with an id of its own',
      webkit: 'there is one fake microphone, with an id of its own',
    });
    const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation((constraints) => {
      const { deviceId } = constraints!.audio as MediaTrackConstraints;
      // No DOMException in every browser.
      if (deviceId) return Promise.reject(Object.assign(new Error('no'), { name: 'OverconstrainedError' }));
      return realGetUserMedia(constraints);
    });
    const { microphone } = await openMicrophone({ deviceId: 'unplugged', processing: { echoCancellation: false } });
    expect(ask).toHaveBeenCalledTimes(2);
    expect((await microphone.getStats()).settings).toMatchObject({ deviceId: 'default', echoCancellation: false });
    await microphone.close();
  });

  it('tells when the system takes the microphone away and gives it back', async (test) => {
    cannot(test, { firefox: "a track's listeners get no event that a script made" });
    const { stream } = watchStream();
    const { microphone } = await openMicrophone();
    const onmuted = vi.fn();
    microphone.onmuted = onmuted;
    const track = (await stream).getAudioTracks()[0]!;
    track.dispatchEvent(new Event('mute'));
    expect(onmuted.mock.calls).toEqual([[true]]);
    track.dispatchEvent(new Event('unmute'));
    expect(onmuted.mock.calls).toEqual([[true], [false]]);
    await microphone.close();
    track.dispatchEvent(new Event('mute'));
    expect(onmuted).toHaveBeenCalledTimes(2);
  });

  it('tells when nothing comes from the device any more', async () => {
    const context = contextForTest();
    const connect = vi.spyOn(context, 'createMediaStreamSource');
    const { microphone, frames } = await openMicrophone({ context: withWorklet(context) });
    const onstalled = vi.fn();
    microphone.onstalled = onstalled;
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    expect(onstalled).not.toHaveBeenCalled();
    (connect.mock.results[0]!.value as AudioNode).disconnect();
    await vi.waitFor(() => expect(onstalled).toHaveBeenCalledTimes(1));
    await microphone.close();
  });

  it('tells what it last knew where its processor does not answer', async () => {
    const context = contextForTest();
    const { microphone, frames } = await openMicrophone({ context });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(5));
    const known = await microphone.getStats();
    await takeAway(context);
    expect((await microphone.getStats()).frames).toBeGreaterThanOrEqual(known.frames);
    await microphone.close();
  });

  it('stops the stream it was given when it does not open', async () => {
    const stream = await realGetUserMedia({ audio: true });
    const signal = AbortSignal.abort('left');
    const opening = Microphone.open({ context: contextForTest(), port: uplink().port, signal, stream });
    await expect(opening).rejects.toBe('left');
    expect(isLive(stream)).toBe(false);
  });

  it('asks again where the stream it was given has ended', async () => {
    const stream = await realGetUserMedia({ audio: true });
    stream.getAudioTracks()[0]!.stop();
    const { microphone, frames } = await openMicrophone({ stream });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    await microphone.close();
  });

  it('closes an uplink that comes after it was closed', async () => {
    const { microphone } = await openMicrophone();
    await microphone.close();
    const { port } = uplink();
    const closePort = vi.spyOn(port, 'close');
    microphone.uplink = port;
    expect(closePort).toHaveBeenCalled();
  });

  it('tells when its track ends by itself, and not when it is closed', async (test) => {
    cannot(test, { firefox: "a track's listeners get no event that a script made" });
    const { stream } = watchStream();
    const { microphone } = await openMicrophone();
    const onended = vi.fn();
    microphone.onended = onended;
    const track = (await stream).getAudioTracks()[0]!;
    track.dispatchEvent(new Event('ended'));
    expect(onended).toHaveBeenCalledTimes(1);
    await microphone.close();
    track.dispatchEvent(new Event('ended'));
    expect(onended).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['NotFoundError', 'microphone-missing'],
    ['OverconstrainedError', 'microphone-missing'],
    ['NotReadableError', 'microphone-busy'],
    ['AbortError', 'microphone-busy'],
    ['NotAllowedError', 'microphone-denied'],
    ['SecurityError', 'microphone-denied'],
    ['NotSupportedError', 'unsupported'],
  ])('says what a %s means: %s', async (name, reason) => {
    const cause = new DOMException('no', name);
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(cause);
    const { port1 } = new MessageChannel();
    const closePort = vi.spyOn(port1, 'close');
    const opening = Microphone.open({ context: contextForTest(), port: port1, signal: signalForTest() });
    await expect(opening).rejects.toMatchObject({ name: 'MicrophoneError', reason, cause });
    expect(closePort).toHaveBeenCalled();
  });

  it('tells a policy from a refusal: a frame without allow="microphone"', async (test) => {
    const reason = "a document tells nothing of its policy, so that only another site's frame can be told apart";
    cannot(test, { firefox: reason, webkit: reason });
    const frame = document.createElement('iframe');
    frame.allow = "microphone 'none'";
    // The runner wraps every `import()`, and is not in this frame.
    frame.srcdoc = `<script type="module">
      globalThis.__vitest_browser_runner__ = { wrapDynamicImport: (load) => load() };
      const { Microphone } = await import('${location.origin}/src/audio/microphone.ts');
      const { port1 } = new MessageChannel();
      const options = { context: new AudioContext(), port: port1, signal: new AbortController().signal };
      Microphone.open(options).catch((error) => parent.postMessage({ reason: error.reason ?? String(error) }));
    </script>`;
    const told = new Promise<MessageEvent>((resolve) => {
      window.addEventListener('message', (event) => event.source === frame.contentWindow && resolve(event));
    });
    document.body.append(frame);
    expect((await told).data).toEqual({ reason: 'microphone-policy' });
    frame.remove();
  });

  it('asks for another where the one it was given ends before its code has come', async () => {
    const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementationOnce(async (constraints) => {
      const stream = await realGetUserMedia(constraints);
      for (const track of stream.getTracks()) track.stop();
      return stream;
    });
    const { microphone, frames } = await openMicrophone();
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    expect(ask).toHaveBeenCalledTimes(2);
    await microphone.close();
  });

  it('stops what comes after it was aborted', async () => {
    let grant: (stream: MediaStream) => void = () => {};
    const granted = new Promise<MediaStream>((resolve) => (grant = resolve));
    vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockReturnValue(granted);
    const leaving = new AbortController();
    const { port1 } = new MessageChannel();
    const closePort = vi.spyOn(port1, 'close');
    const opening = Microphone.open({ context: contextForTest(), port: port1, signal: leaving.signal });
    const why = new Error('left');
    leaving.abort(why);
    await expect(opening).rejects.toBe(why);
    expect(closePort).toHaveBeenCalled();
    const stream = await realGetUserMedia({ audio: true });
    grant(stream);
    await vi.waitFor(() => expect(isLive(stream)).toBe(false));
  });

  it('does not ask at all when aborted before', async () => {
    const ask = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const { port1 } = new MessageChannel();
    const opening = Microphone.open({ context: contextForTest(), port: port1, signal: AbortSignal.abort('left') });
    await expect(opening).rejects.toBe('left');
    expect(ask).not.toHaveBeenCalled();
  });
});
