/** The visitor's voice on its way to the ears: metered, decoded, and at the rate that ears hear. */

import type { AudioFormat } from '../../protocol/messages.ts';
import { samplesOf } from './audio-format.ts';
import type { Clock } from './clock.ts';
import { EARS_SAMPLE_RATE, type Ears, type EarsEvent, type Listener } from './engines.ts';
import { RateConverter } from './rate-converter.ts';
import { SpokenAt } from './spoken-at.ts';
import { UplinkMeter } from './uplink-meter.ts';

export type UplinkVerdict = 'taken' | 'torn' | 'too_fast';

/** `spokenAtMs`: where the voice began or ended, by the clock; for words, when they came. */
export type Heard = (event: EarsEvent, spokenAtMs: number) => void;

export class Uplink {
  #clock: Clock;
  #format: AudioFormat;
  #meter: UplinkMeter;
  #converter: RateConverter;
  #listener: Listener;
  #spokenAt = new SpokenAt();
  /** What the listener was given. */
  #pushedMs = 0;

  /** Throws what the ears throw. */
  constructor(ears: Ears, format: AudioFormat, readyAtMs: number, clock: Clock, onevent: Heard) {
    this.#clock = clock;
    this.#format = format;
    this.#meter = new UplinkMeter(readyAtMs);
    this.#converter = new RateConverter(format.sample_rate, EARS_SAMPLE_RATE);
    this.#listener = ears.listen();
    this.#listener.onevent = (event) => {
      const nowMs = clock.now();
      const spoken = event.type !== 'words';
      onevent(event, spoken ? this.#spokenAt.of(event.voiceMs ?? event.atMs, nowMs) : nowMs);
    };
  }

  /** Throws what the ears throw. */
  push(frame: Uint8Array): UplinkVerdict {
    const nowMs = this.#clock.now();
    const samples = samplesOf(frame, this.#format);
    if (samples === null) return 'torn';
    if (!this.#meter.take((samples.length * 1000) / this.#format.sample_rate, nowMs)) {
      this.#spokenAt.paused();
      return 'too_fast';
    }
    if (samples.length === 0) return 'taken';
    const heard = this.#converter.push(samples);
    this.#pushedMs += (heard.length * 1000) / EARS_SAMPLE_RATE;
    this.#spokenAt.came(this.#pushedMs, nowMs);
    this.#listener.push(heard);
    return 'taken';
  }

  /** The visitor muted, or types from now on. */
  flush(): void {
    this.#listener.flush();
    this.#spokenAt.paused();
  }

  close(): void {
    this.#listener.onevent = null;
    this.#listener.close();
  }
}
