/** A telephone's ring, quietly. A browser lets a page sound only once somebody has touched it: it waits for that. */

/** Of full scale, each of the two tones. */
const LOUDNESS = 0.02;
const TONES_HZ = [440, 480];
/** One second of ringing, and two of silence. */
const SOUNDING_S = 1;
const PERIOD_S = 3;
/** So that it neither begins nor ends with a click. */
const RAMP_S = 0.02;

const GESTURES = ['pointerdown', 'keydown'] as const;

export class RingTone {
  #context: AudioContext | null = null;

  /** Safe twice. */
  start(): void {
    if (navigator.userActivation?.hasBeenActive) return this.#sound();
    for (const gesture of GESTURES) addEventListener(gesture, this.#sound, { once: true, capture: true });
  }

  /** Safe at any time. */
  stop(): void {
    for (const gesture of GESTURES) removeEventListener(gesture, this.#sound, { capture: true });
    void this.#context?.close();
    this.#context = null;
  }

  readonly #sound = (): void => {
    if (this.#context) return;
    const context = new AudioContext();
    this.#context = context;
    const source = new AudioBufferSourceNode(context, { buffer: period(context.sampleRate), loop: true });
    source.connect(context.destination);
    source.start();
    // Where the first gesture was none that counts, this is the next one's.
    void context.resume();
  };
}

function period(sampleRate: number): AudioBuffer {
  const buffer = new AudioBuffer({ length: PERIOD_S * sampleRate, sampleRate });
  const samples = buffer.getChannelData(0);
  for (let at = 0; at < SOUNDING_S * sampleRate; at += 1) {
    const s = at / sampleRate;
    const ramp = Math.min(1, s / RAMP_S, (SOUNDING_S - s) / RAMP_S);
    for (const hz of TONES_HZ) samples[at]! += LOUDNESS * ramp * Math.sin(2 * Math.PI * hz * s);
  }
  return buffer;
}
