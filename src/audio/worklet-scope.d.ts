/** What an AudioWorkletGlobalScope has, as far as the worklets use it: no lib of TypeScript's knows it. */

interface MessageEvent<T = unknown> {
  readonly data: T;
}

interface MessagePort {
  onmessage: ((event: { readonly data: never }) => void) | null;
  postMessage(message: unknown, transfer?: readonly (ArrayBuffer | MessagePort)[]): void;
  close(): void;
}

declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
  /** Each block, as [input or output][channel][sample]; `false` lets the processor go. */
  abstract process(inputs: readonly Float32Array[][], outputs: readonly Float32Array[][]): boolean;
}

/** The constructor gets the node's options, with whatever `processorOptions` the node's maker put there. */
declare function registerProcessor(name: string, processor: new (options: never) => AudioWorkletProcessor): void;

/** Samples a second, of the context. */
declare const sampleRate: number;
