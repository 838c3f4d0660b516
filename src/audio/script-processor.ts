/**
 * The two processors where there is no AudioWorklet, or none of its files may be loaded: by ScriptProcessorNode, on the
 * page's thread. It carries a call, at the mercy of whatever else the page does. Fetched only when needed.
 */

import { CaptureProcessor } from './capture-processor.ts';
import { PlayoutProcessor } from './playout-processor.ts';
import type { CaptureOptions, FromCapture, FromPlayout, PlayoutOptions } from './ports.ts';
import type { SoundNode } from './sound-node.ts';

/** 21 ms at 48 kHz. Smaller blocks break up on a busy page, larger ones are felt in a conversation. */
const BLOCK = 1024;

export function createCapture(context: AudioContext, options: CaptureOptions): SoundNode {
  const { port1, port2 } = new MessageChannel();
  const processor = new CaptureProcessor(context.sampleRate, port2, options);
  const node = context.createScriptProcessor(BLOCK, 1, 1);
  node.onaudioprocess = ({ inputBuffer }) => {
    if (processor.closed) return last(node, port2);
    processor.write(inputBuffer.getChannelData(0));
  };
  return { node, port: port1 };
}

export function createPlayout(context: AudioContext, { startMs }: PlayoutOptions): SoundNode {
  const { port1, port2 } = new MessageChannel();
  // One block is being played while the next is being made.
  const processor = new PlayoutProcessor(context.sampleRate, port2, startMs, (BLOCK * 1000) / context.sampleRate);
  // One input even so: WebKit does not run a node without.
  const node = context.createScriptProcessor(BLOCK, 1, 1);
  node.onaudioprocess = ({ outputBuffer }) => {
    if (processor.closed) return last(node, port2);
    processor.render(outputBuffer.getChannelData(0));
  };
  return { node, port: port1 };
}

/** The block of a processor that was let go: silence, and the last one. */
function last(node: ScriptProcessorNode, control: MessagePort): void {
  node.onaudioprocess = null;
  control.postMessage({ type: 'closed' } satisfies FromCapture & FromPlayout);
}
