import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { audioOutputs } from '../../../src/audio/audio-outputs.ts';
import { Output } from '../../../src/audio/output.ts';
import { cannot } from '../engine.ts';
import { amplitude, contextForTest, TONE_HZ } from './sounds.ts';

let speakers: string[] = [];
/** Chromium makes them up. */
const noSpeakers = 'has no two speakers on a machine without sound';

beforeEach(async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  onTestFinished(() => stream.getTracks().forEach((track) => track.stop()));
  speakers = (await audioOutputs()).map(({ deviceId }) => deviceId).filter(Boolean);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'mediaDevices');
});

function outputForTest(context: AudioContext): Output {
  const output = new Output(context);
  onTestFinished(() => output.close());
  return output;
}

/** A context that can't choose its speaker, as all but Chromium's. */
function withoutSink(): AudioContext {
  const context = contextForTest();
  Object.defineProperty(context, 'setSinkId', { value: undefined });
  return context;
}

/** Every `<audio>` made from now on. */
function watchElements(): HTMLAudioElement[] {
  const elements: HTMLAudioElement[] = [];
  const RealAudio = Audio;
  vi.stubGlobal('Audio', function () {
    const element = new RealAudio();
    elements.push(element);
    return element;
  });
  return elements;
}

function playTone(context: AudioContext): AudioNode {
  const tone = new OscillatorNode(context, { frequency: TONE_HZ });
  tone.start();
  return tone;
}

/** Strength of the tone at the context's own destination, or in a stream. */
function listen(context: AudioContext, stream?: MediaStream): () => number {
  const ear = new AnalyserNode(context, { fftSize: 4096 });
  if (stream) context.createMediaStreamSource(stream).connect(ear);
  else Object.defineProperty(context, 'destination', { value: ear });
  const samples = new Float32Array(ear.fftSize);
  return () => {
    ear.getFloatTimeDomainData(samples);
    return amplitude(samples, context.sampleRate);
  };
}

const sinkOf = (context: AudioContext): unknown => (context as { sinkId?: unknown }).sinkId;
const refuse = (name: string) => () => Promise.reject(new DOMException('no', name));

describe('audioOutputs', () => {
  it('lists the default and every speaker, and no microphone', async (test) => {
    cannot(test, { firefox: noSpeakers, webkit: noSpeakers });
    const outputs = await audioOutputs();
    const real = await navigator.mediaDevices.enumerateDevices();
    expect(outputs).toHaveLength(real.filter(({ kind }) => kind === 'audiooutput').length);
    expect(outputs[0]).toEqual({ deviceId: '', label: expect.stringContaining('Default') });
    expect(speakers.length).toBeGreaterThan(1);
  });

  it('lists nothing that nobody could choose', async () => {
    const nameless = { kind: 'audiooutput', deviceId: '', label: '' } as MediaDeviceInfo;
    vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockResolvedValue([nameless]);
    expect(await audioOutputs()).toEqual([]);
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
    expect(await audioOutputs()).toEqual([]);
  });
});

describe('Output of a context that can choose its speaker', () => {
  it('plays to the default at first, to the chosen one then, and back, with nothing in between', async (test) => {
    cannot(test, { firefox: noSpeakers, webkit: noSpeakers });
    const context = contextForTest();
    const elements = watchElements();
    const heard = listen(context);
    const output = outputForTest(context);
    output.connect(playTone(context));
    await vi.waitFor(() => expect(heard()).toBeGreaterThan(0.8));
    for (const deviceId of [...speakers, '']) {
      await output.setDevice(deviceId);
      expect(sinkOf(context)).toBe(deviceId);
      expect(output.deviceId).toBe(deviceId);
      await vi.waitFor(() => expect(heard()).toBeGreaterThan(0.8));
    }
    expect(output.latencyMs).toBe(0);
    expect(elements).toEqual([]);
  });

  it('stays where it is when a speaker is unknown', async (test) => {
    cannot(test, { firefox: noSpeakers, webkit: noSpeakers });
    const context = contextForTest();
    const output = outputForTest(context);
    await output.setDevice(speakers[0]!);
    const setting = output.setDevice('nobody');
    await expect(setting).rejects.toMatchObject({ name: 'OutputError', reason: 'speaker-missing' });
    expect(sinkOf(context)).toBe(speakers[0]);
    expect(output.deviceId).toBe(speakers[0]);
    await output.setDevice(speakers[1]!);
    expect(output.deviceId).toBe(speakers[1]);
  });

  it.each([
    ['NotFoundError', 'speaker-missing'],
    ['NotAllowedError', 'speaker-denied'],
    ['SecurityError', 'speaker-denied'],
    ['NotSupportedError', 'unsupported'],
    ['InvalidStateError', 'speaker-busy'],
    ['AbortError', 'speaker-busy'],
  ])('says what a %s means: %s', async (name, reason) => {
    const context = contextForTest();
    Object.defineProperty(context, 'setSinkId', { value: refuse(name) });
    const setting = outputForTest(context).setDevice('any');
    await expect(setting).rejects.toMatchObject({ name: 'OutputError', reason, cause: { name } });
  });
});

describe('Output of a context that can not', () => {
  beforeEach((test) => cannot(test, { webkit: 'has no element that can choose its speaker' }));

  it('plays through an element where a speaker was chosen, and straight again by default', async (test) => {
    cannot(test, { firefox: noSpeakers, webkit: noSpeakers });
    const context = withoutSink();
    const elements = watchElements();
    const heard = listen(context);
    const output = outputForTest(context);
    output.connect(playTone(context));
    await vi.waitFor(() => expect(heard()).toBeGreaterThan(0.8));

    await output.setDevice(speakers[0]!);
    const [element] = elements as [HTMLAudioElement];
    const heardThere = listen(context, element.srcObject as MediaStream);
    expect(element).toMatchObject({ sinkId: speakers[0], paused: false });
    await vi.waitFor(() => expect(heardThere()).toBeGreaterThan(0.8));
    await vi.waitFor(() => expect(heard()).toBe(0));
    expect(output).toMatchObject({ deviceId: speakers[0], latencyMs: 55 });

    await output.setDevice(speakers[1]!);
    expect(element).toMatchObject({ sinkId: speakers[1], paused: false });
    expect(output.deviceId).toBe(speakers[1]);
    await vi.waitFor(() => expect(heardThere()).toBeGreaterThan(0.8));

    await output.setDevice('');
    await vi.waitFor(() => expect(heard()).toBeGreaterThan(0.8));
    await vi.waitFor(() => expect(heardThere()).toBe(0));
    expect(element).toMatchObject({ paused: true, srcObject: null });
    expect(output).toMatchObject({ deviceId: '', latencyMs: 0 });
    expect(elements).toHaveLength(1);
  });

  it('sends later players the same way, and those that left nowhere', async () => {
    const context = withoutSink();
    const elements = watchElements();
    const output = outputForTest(context);
    await output.setDevice(speakers[0]!);
    const heard = listen(context, elements[0]!.srcObject as MediaStream);
    const player = playTone(context);
    output.connect(player);
    await vi.waitFor(() => expect(heard()).toBeGreaterThan(0.8));
    output.disconnect(player);
    await vi.waitFor(() => expect(heard()).toBe(0));
    const connect = vi.spyOn(player, 'connect');
    await output.setDevice('');
    expect(connect).not.toHaveBeenCalled();
  });

  it.each([
    ['an unknown speaker', 'nobody', 'speaker-missing', () => {}],
    [
      'a refused play',
      'known',
      'speaker-denied',
      () => vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(refuse('NotAllowedError')),
    ],
  ])('stays with the default after %s', async (_, deviceId, reason, prepare) => {
    prepare();
    const context = withoutSink();
    const elements = watchElements();
    const heard = listen(context);
    const output = outputForTest(context);
    output.connect(playTone(context));
    const setting = output.setDevice(deviceId === 'known' ? speakers[0]! : deviceId);
    await expect(setting).rejects.toMatchObject({ name: 'OutputError', reason });
    expect(output).toMatchObject({ deviceId: '', latencyMs: 0 });
    expect(elements[0]).toMatchObject({ paused: true, srcObject: null });
    await vi.waitFor(() => expect(heard()).toBeGreaterThan(0.8));
  });

  it('stays with the speaker it has when another is unknown', async () => {
    const context = withoutSink();
    const elements = watchElements();
    const output = outputForTest(context);
    output.connect(playTone(context));
    await output.setDevice(speakers[0]!);
    await expect(output.setDevice('nobody')).rejects.toMatchObject({ reason: 'speaker-missing' });
    expect(output).toMatchObject({ deviceId: speakers[0], latencyMs: 55 });
    expect(elements[0]).toMatchObject({ paused: false, sinkId: speakers[0] });
    const heard = listen(context, elements[0]!.srcObject as MediaStream);
    await vi.waitFor(() => expect(heard()).toBeGreaterThan(0.8));
  });

  it('says that it is unsupported where an element can not either', async () => {
    vi.stubGlobal('Audio', function () {
      return {};
    });
    const setting = outputForTest(withoutSink()).setDevice(speakers[0]!);
    await expect(setting).rejects.toMatchObject({ name: 'OutputError', reason: 'unsupported' });
  });

  it('ends with the one that was asked for last', async (test) => {
    cannot(test, { firefox: noSpeakers, webkit: noSpeakers });
    const realSetSinkId = HTMLMediaElement.prototype.setSinkId;
    let letGo: () => void = () => {};
    const slow = new Promise<void>((resolve) => (letGo = resolve));
    const asked = vi.spyOn(HTMLMediaElement.prototype, 'setSinkId').mockImplementation(async function (
      this: HTMLMediaElement,
      deviceId,
    ) {
      if (deviceId === speakers[0]) await slow;
      return realSetSinkId.call(this, deviceId);
    });
    const elements = watchElements();
    const output = outputForTest(withoutSink());
    const settings = [output.setDevice(speakers[0]!), output.setDevice(speakers[1]!)];
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    letGo();
    await Promise.all(settings);
    expect(elements).toHaveLength(1);
    expect(elements[0]!.sinkId).toBe(speakers[1]);
    expect(output.deviceId).toBe(speakers[1]);
  });

  it.each(['setSinkId', 'play'] as const)('holds nothing once it is closed, at its %s too', async (step) => {
    let letGo: () => void = () => {};
    const slow = new Promise<void>((resolve) => (letGo = resolve));
    const asked = vi.spyOn(HTMLMediaElement.prototype, step).mockReturnValue(slow);
    const context = withoutSink();
    const elements = watchElements();
    const heard = listen(context);
    const output = new Output(context);
    output.connect(playTone(context));
    await vi.waitFor(() => expect(heard()).toBeGreaterThan(0.8));
    const settings = [output.setDevice(speakers[0]!), output.setDevice(speakers[1]!)];
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    output.close();
    output.close();
    letGo();
    for (const setting of settings) await expect(setting).rejects.toMatchObject({ reason: 'speaker-busy' });
    expect(elements).toHaveLength(1);
    expect(elements[0]).toMatchObject({ paused: true, srcObject: null });
    await vi.waitFor(() => expect(heard()).toBe(0));
  });

  it('stops its element when it is closed', async () => {
    const elements = watchElements();
    const output = new Output(withoutSink());
    await output.setDevice(speakers[0]!);
    expect(elements[0]).toMatchObject({ paused: false });
    output.close();
    expect(elements[0]).toMatchObject({ paused: true, srcObject: null });
  });
});
