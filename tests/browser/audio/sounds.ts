/** Contexts and tones for the tests of the sound graph. */

import { onTestFinished, vi } from 'vitest';
import { server } from 'vitest/browser';
import { closeContext, openContext } from '../../../src/audio/sound-context.ts';
import type { DownlinkMessage } from '../../../src/protocol/media.ts';

export const TURN = 'turn_1';
export const TONE_HZ = 1000;

/** A context that runs, and is closed after the test. */
export function contextForTest(): AudioContext {
  const context = openContext();
  onTestFinished(() => closeContext(context));
  return context;
}

/**
 * Closes a context while worklets of it run, as a browser does that loses its device. WebKit may crash when a page does
 * that: there the context stands still first, and says from then on that it is closed.
 */
export async function takeAway(context: AudioContext): Promise<void> {
  if (server.browser === 'webkit') {
    Object.defineProperty(context, 'state', { value: 'closed' });
    await context.suspend();
    onTestFinished(() => context.close());
  } else {
    await context.close();
  }
}

/** Makes sure that this context is not fallen back from. */
export function withWorklet(context: AudioContext): AudioContext {
  vi.spyOn(context, 'createScriptProcessor').mockImplementation(() => {
    throw new Error('fell back from AudioWorklet');
  });
  return context;
}

/** Makes this context one without AudioWorklet. */
export function withoutWorklet(context: AudioContext): AudioContext {
  Object.defineProperty(context, 'audioWorklet', { value: undefined });
  return context;
}

export function signalForTest(): AbortSignal {
  return new AbortController().signal;
}

/** A turn of a tone of half the full scale in frames of 20 ms at 24 kHz. */
export function say(port: MessagePort, ms: number, { turnId = TURN, end = true } = {}): void {
  const post = (message: DownlinkMessage): void => port.postMessage(message);
  post({ type: 'format', sampleRate: 24_000 });
  post({ type: 'turn_start', turnId });
  for (let at = 0; at < ms * 24; at += 480) {
    const pcm = Int16Array.from({ length: 480 }, (_, i) => {
      return 0x4000 * Math.sin((2 * Math.PI * TONE_HZ * (at + i)) / 24_000);
    });
    post({ type: 'frame', turnId, pcm: pcm.buffer });
  }
  if (end) post({ type: 'turn_end', turnId });
}

/** Amplitude of the tone in these samples. */
export function amplitude(samples: Float32Array, sampleRate: number): number {
  let re = 0;
  let im = 0;
  samples.forEach((sample, i) => {
    re += sample * Math.cos((2 * Math.PI * TONE_HZ * i) / sampleRate);
    im += sample * Math.sin((2 * Math.PI * TONE_HZ * i) / sampleRate);
  });
  return (2 * Math.hypot(re, im)) / samples.length;
}
