import { afterEach, describe, expect, it, vi } from 'vitest';
import { Microphone, type MicrophoneOptions } from '../../../src/audio/microphone.ts';
import type { UplinkFrame } from '../../../src/protocol/media.ts';
import { cannot } from '../engine.ts';
import { contextForTest, signalForTest, withoutWorklet, withWorklet } from './sounds.ts';

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

/** An open microphone, and the frames that come out of it. */
async function openMicrophone(options: Partial<MicrophoneOptions> = {}) {
  const { port1, port2 } = new MessageChannel();
  const frames: UplinkFrame[] = [];
  port2.onmessage = ({ data }: MessageEvent<UplinkFrame>) => frames.push(data);
  const context = options.context ?? contextForTest();
  const microphone = await Microphone.open({ context, port: port1, signal: signalForTest(), ...options });
  return { microphone, frames, context };
}

const isLive = (stream: MediaStream): boolean => stream.getTracks().some((track) => track.readyState === 'live');

describe.each([
  ['with AudioWorklet', (): AudioContext => withWorklet(contextForTest())],
  ['without AudioWorklet', (): AudioContext => withoutWorklet(contextForTest())],
])('Microphone %s', (_, makeContext) => {
  it('gives frames of 640 bytes, 50 for every second of its context', async () => {
    const { microphone, frames, context } = await openMicrophone({ context: makeContext() });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(5), { timeout: 5000 });
    const [beforeFrames, beforeTime] = [frames.length, context.currentTime];
    await vi.waitFor(() => expect(context.currentTime - beforeTime).toBeGreaterThan(1), { timeout: 5000 });
    const perSecond = (frames.length - beforeFrames) / (context.currentTime - beforeTime);
    expect(perSecond).toBeGreaterThan(45);
    expect(perSecond).toBeLessThan(55);
    expect(new Set(frames.map(({ type, pcm }) => `${type} ${pcm.byteLength}`))).toEqual(new Set(['frame 640']));
    await microphone.close();
  });

  it('hears the visitor', async () => {
    const { microphone, frames } = await openMicrophone({ context: makeContext() });
    // The browser's fake microphone beeps once a second.
    await vi.waitFor(() => expect(microphone.level).toBeGreaterThan(0.3), { timeout: 5000, interval: 10 });
    await vi.waitFor(() => {
      const loudest = Math.max(...frames.flatMap(({ pcm }) => [...new Int16Array(pcm)]));
      expect(loudest).toBeGreaterThan(1000);
    });
    await microphone.close();
    expect(microphone.level).toBe(0);
  });

  it('gives no frame while muted', async () => {
    const { stream } = watchStream();
    const { microphone, frames, context } = await openMicrophone({ context: makeContext() });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0), { timeout: 5000 });
    microphone.muted = true;
    expect((await stream).getAudioTracks()[0]!.enabled).toBe(false);
    const mutedAt = context.currentTime;
    await vi.waitFor(() => expect(context.currentTime - mutedAt).toBeGreaterThan(0.1));
    const before = frames.length;
    await vi.waitFor(() => expect(context.currentTime - mutedAt).toBeGreaterThan(0.4));
    expect(frames.length).toBe(before);
    expect(microphone.level).toBe(0);
    microphone.muted = false;
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(before));
    await microphone.close();
  });

  it('gives everything back when closed, and may be closed twice', async () => {
    const { stream } = watchStream();
    const { microphone, frames, context } = await openMicrophone({ context: makeContext() });
    await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0), { timeout: 5000 });
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
    frame.srcdoc = `<script type="module">
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
