/** Flite, compiled to WebAssembly: text in, PCM out, synchronously; so it belongs in a worker. */

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WASI } from 'node:wasi';

/** Node has it; its types have it under the browser's library only. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => object;
};

export const FLITE_SAMPLE_RATE = 16_000;

/** Each speaks at 16000 Hz: slt is a woman; rms, awb and kal16 are men, kal16 the oldest and smallest model. */
export type FliteVoice = 'slt' | 'rms' | 'awb' | 'kal16';

/** Where the program sees the working directory. */
const MOUNT = '/out';
const FILE = 'speech.wav';
/** As Flite writes it: RIFF, fmt, data, and nothing else. */
const WAV_HEADER_BYTES = 44;

export class Flite {
  #module: object;
  #Wasi: typeof WASI;
  #directory: string;

  private constructor(module: object, Wasi: typeof WASI, directory: string) {
    this.#module = module;
    this.#Wasi = Wasi;
    this.#directory = directory;
  }

  /** `directory`: an empty one; Flite can only write its sound to a file, which is gone again once read. */
  static async load(wasmFile: string, directory: string): Promise<Flite> {
    const Wasi = await quietly(async () => (await import('node:wasi')).WASI);
    return new Flite(new WebAssembly.Module(readFileSync(wasmFile)), Wasi, directory);
  }

  /** 16000 Hz mono. Throws where the program fails. */
  say(text: string, voice: FliteVoice): Int16Array {
    const args = ['flite', '-voice', voice, '-t', text, '-o', `${MOUNT}/${FILE}`];
    const wasi = new this.#Wasi({
      version: 'preview1',
      args,
      preopens: { [MOUNT]: this.#directory },
      returnOnExit: true,
    });
    // A program is started once: each sentence has an instance of its own, of the module compiled before.
    const instance = new WebAssembly.Instance(this.#module, wasi.getImportObject());
    const code = wasi.start(instance);
    if (code !== 0) throw new Error(`flite ended with code ${code}`);
    const file = join(this.#directory, FILE);
    const wav = readFileSync(file);
    rmSync(file);
    const samples = new Int16Array(Math.max(0, wav.length - WAV_HEADER_BYTES) >> 1);
    for (let index = 0; index < samples.length; index++) samples[index] = wav.readInt16LE(WAV_HEADER_BYTES + index * 2);
    return samples;
  }
}

/** Node warns that WASI is experimental: that one warning is left out, every other is kept. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const emitWarning = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    if (!String(warning).includes('WASI')) (emitWarning as (...all: unknown[]) => void)(warning, ...rest);
  }) as typeof process.emitWarning;
  try {
    return await run();
  } finally {
    process.emitWarning = emitWarning;
  }
}
