/**
 * Words out of a stretch of sound: Moonshine Tiny (English), one decode at a time. It runs on libuv's thread pool, so
 * the event loop stays free; where an utterance begins and ends is for the ears.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sherpa from 'sherpa-onnx-node';
import type { OfflineRecognizer } from 'sherpa-onnx-node';
import { EARS_SAMPLE_RATE } from './engines.ts';
import { moonshineModels, moonshineTokens } from './model-files.ts';
import { withoutLoops } from './repetition.ts';

/** The model's convolutions fail on less, and what it makes of anything near is invented. */
const SHORTEST_S = 0.3;

/** The peak that a voice is brought to. */
const LOUDEST = 0.9;
/** Silence is not to become a voice. */
const MOST_GAIN = 20;

export class SpeechToText {
  #recognizer: OfflineRecognizer;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  private constructor(recognizer: OfflineRecognizer) {
    this.#recognizer = recognizer;
  }

  /** Loads the model and decodes once, for the first decode is slow. Throws where a package is missing. */
  static async load(): Promise<SpeechToText> {
    const directory = await mkdtemp(join(tmpdir(), 'indigenius-ears-'));
    try {
      const tokens = join(directory, 'tokens.txt');
      await writeFile(tokens, await moonshineTokens());
      const recognizer = await sherpa.OfflineRecognizer.createAsync({
        featConfig: { sampleRate: EARS_SAMPLE_RATE, featureDim: 80 },
        modelConfig: { moonshine: moonshineModels(), tokens, numThreads: 1, provider: 'cpu', debug: 0 },
      });
      const speechToText = new SpeechToText(recognizer);
      await speechToText.decode(new Float32Array(EARS_SAMPLE_RATE));
      return speechToText;
    } finally {
      // The table is read on loading only.
      await rm(directory, { recursive: true, force: true });
    }
  }

  /** False while a decode is running or waiting: a good moment to leave out one that can be missed. */
  get idle(): boolean {
    return this.#waiting === 0;
  }

  /** Decodes after those asked for earlier. `samples`: 16000 Hz mono, between -1 and 1, at most about 20 s. */
  decode(samples: Float32Array): Promise<string> {
    if (samples.length < SHORTEST_S * EARS_SAMPLE_RATE) return Promise.resolve('');
    this.#waiting++;
    const words = this.#last.then(() => this.#run(samples)).finally(() => this.#waiting--);
    this.#last = words.catch(() => undefined);
    return words;
  }

  async #run(samples: Float32Array): Promise<string> {
    const stream = this.#recognizer.createStream();
    stream.acceptWaveform({ samples: levelled(samples), sampleRate: EARS_SAMPLE_RATE });
    const { text } = await this.#recognizer.decodeAsync(stream);
    return withoutLoops(text);
  }
}

/** Brings a quiet voice up: at a third of its loudness the same recording has nine times the errors. */
function levelled(samples: Float32Array): Float32Array {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  const gain = Math.min(LOUDEST / peak, MOST_GAIN);
  return samples.map((sample) => sample * gain);
}
