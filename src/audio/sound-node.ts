/** One of the two processors in the sound graph, as the page holds it. */

import type { ToCapture, ToPlayout } from './ports.ts';

/** A processor's node and the port to it, whichever way it runs. */
export interface SoundNode {
  readonly node: AudioNode;
  readonly port: MessagePort;
}

/** Hands the processor its end of the channel to the socket. */
export function handPort({ port: control }: SoundNode, port: MessagePort): void {
  control.postMessage({ type: 'port', port } satisfies ToCapture & ToPlayout, [port]);
}

/** Lets the processor go; with it goes the port it was handed. */
export function release({ node, port }: SoundNode): void {
  port.postMessage({ type: 'close' } satisfies ToCapture & ToPlayout);
  port.onmessage = null;
  port.close();
  node.disconnect();
}
