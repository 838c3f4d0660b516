/** The visitor's voice on its way to the ears: metered, decoded, and at the rate that ears hear. */

import type { AudioFormat } from '../../protocol/messages.ts';
import { samplesOf } from './audio-format.ts';
import { EARS_SAMPLE_RATE, type Ears, type EarsEvent, type Listener } from './engines.ts';
import { RateConverter } from './rate-converter.ts';
import { UplinkMeter } from './uplink-meter.ts';

export type UplinkVerdict = 'taken' | 'torn' | 'too_fast';

export class Uplink {
  #format: AudioFormat;
  #meter: UplinkMeter;
  #converter: RateConverter;
  #listener: Listener;

  /** Throws what the ears throw. */
  constructor(ears: Ears, format: AudioFormat, readyAtMs: number, onevent: (event: EarsEvent) => void) {
    this.#format = format;
    this.#meter = new UplinkMeter(readyAtMs);
    this.#converter = new RateConverter(format.sample_rate, EARS_SAMPLE_RATE);
    this.#listener = ears.listen();
    this.#listener.onevent = onevent;
  }

  /** Throws what the ears throw. */
  push(frame: Uint8Array, nowMs: number): UplinkVerdict {
    const samples = samplesOf(frame, this.#format);
    if (samples === null) return 'torn';
    if (!this.#meter.take((samples.length * 1000) / this.#format.sample_rate, nowMs)) return 'too_fast';
    if (samples.length > 0) this.#listener.push(this.#converter.push(samples));
    return 'taken';
  }

  /** The visitor muted, or types from now on. */
  flush(): void {
    this.#listener.flush();
  }

  close(): void {
    this.#listener.onevent = null;
    this.#listener.close();
  }
}
