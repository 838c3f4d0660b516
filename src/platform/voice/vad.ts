/** Tells voice from other sound, 32 ms at a time; when speech begins and ends is left to the endpointer. */

import sherpa from 'sherpa-onnx-node';
import { EARS_SAMPLE_RATE } from './engines.ts';
import { sileroModel } from './model-files.ts';

/** Silero's window at 16000 Hz. */
export const WINDOW_SAMPLES = 512;
export const WINDOW_MS = (WINDOW_SAMPLES / EARS_SAMPLE_RATE) * 1000;

/** The library keeps what it takes for speech until it is popped; more than this at a stretch makes it complain. */
const BUFFER_S = 30;

const SETTINGS = {
  // Silero's default of 0.5 misses quiet words at the start of a sentence; noise stays below 0.15.
  threshold: 0.3,
  // The library's own waits are cut to one window each: the endpointer does the waiting, and sees every window.
  minSilenceDuration: 0.001,
  minSpeechDuration: 0.03,
  maxSpeechDuration: BUFFER_S - 10,
  windowSize: WINDOW_SAMPLES,
} as const;

export class Vad {
  #detector = new sherpa.Vad(
    { sileroVad: { model: sileroModel(), ...SETTINGS }, sampleRate: EARS_SAMPLE_RATE, numThreads: 1, debug: 0 },
    BUFFER_S,
  );

  /** `window`: WINDOW_SAMPLES samples between -1 and 1. */
  voiced(window: Float32Array): boolean {
    this.#detector.acceptWaveform(window);
    while (!this.#detector.isEmpty()) this.#detector.pop();
    return this.#detector.isDetected();
  }

  reset(): void {
    this.#detector.reset();
  }
}

/** A detector takes 60 ms and 10 MB to make, so those of ended calls serve again. */
export class VadPool {
  #idle: Vad[] = [];

  constructor() {
    this.#idle.push(new Vad());
  }

  take(): Vad {
    return this.#idle.pop() ?? new Vad();
  }

  give(vad: Vad): void {
    vad.reset();
    this.#idle.push(vad);
  }
}
