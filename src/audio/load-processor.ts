/** Brings the two processors into a context: as worklets, or else as the fallback on the page's thread. */

import { addWorklet, type ScriptPlace } from '../script.ts';
import type { CaptureOptions, PlayoutOptions } from './ports.ts';
import soundScript from './sound.worklet.ts?script';
import type { SoundNode } from './sound-node.ts';

/** Loads what it takes and holds nothing yet: the returned function makes the node. Rejects with the signal's reason. */
export async function loadCapture(
  context: AudioContext,
  place: ScriptPlace,
): Promise<(options: CaptureOptions) => SoundNode> {
  if (await loads(context, place)) {
    const shape = { channelCount: 1, channelCountMode: 'explicit' } as const;
    return (processorOptions) => worklet(context, 'indigenius-capture', { ...shape, processorOptions });
  }
  const { createCapture } = await import('./script-processor.ts');
  return (options) => createCapture(context, options);
}

/** As `loadCapture`, for what is played. */
export async function loadPlayout(
  context: AudioContext,
  place: ScriptPlace,
): Promise<(options: PlayoutOptions) => SoundNode> {
  if (await loads(context, place)) {
    const shape = { numberOfInputs: 0, outputChannelCount: [1] };
    return (processorOptions) => worklet(context, 'indigenius-playout', { ...shape, processorOptions });
  }
  const { createPlayout } = await import('./script-processor.ts');
  return (options) => createPlayout(context, options);
}

async function loads(context: AudioContext, place: ScriptPlace): Promise<boolean> {
  try {
    await addWorklet(context, soundScript, place);
    return true;
  } catch {
    // Refused on every rung, or no AudioWorklet here at all: the fallback carries the call.
    place.signal?.throwIfAborted();
    return false;
  }
}

function worklet(context: AudioContext, name: string, options: AudioWorkletNodeOptions): SoundNode {
  const node = new AudioWorkletNode(context, name, options);
  return { node, port: node.port };
}
