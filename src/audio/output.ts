/**
 * Where a call is heard: the browser's default, or a speaker of the visitor's choice. Players connect through it. How
 * another speaker is reached, `chosen-output.ts` knows.
 */

import type { ChosenOutput } from './chosen-output.ts';

/** Measured in Chromium, over a context's own output. */
const ELEMENT_MS = 55;

export class Output {
  readonly #context: AudioContext;
  readonly #players = new Set<AudioNode>();
  #node: AudioNode;
  #deviceId = '';
  #chosen: ChosenOutput | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(context: AudioContext) {
    this.#context = context;
    this.#node = context.destination;
  }

  /** '' is the default. */
  get deviceId(): string {
    return this.#deviceId;
  }

  /** What lies between the context's own output and the ear; changes with the device. */
  get latencyMs(): number {
    return this.#node === this.#context.destination ? 0 : ELEMENT_MS;
  }

  /** A player has no other outputs: when the speaker changes, all of them are taken back. */
  connect(player: AudioNode): void {
    this.#players.add(player);
    player.connect(this.#node);
  }

  disconnect(player: AudioNode): void {
    this.#players.delete(player);
    player.disconnect();
  }

  /**
   * One after the other: the last one asked for is the one that stays. Rejects with an `OutputError`, or as `import()`
   * does; then everything is heard where it was.
   */
  setDevice(deviceId: string): Promise<void> {
    const setting = this.#queue.then(async () => {
      // Few visitors choose a speaker: who does not is spared the code.
      const { ChosenOutput } = await import('./chosen-output.ts');
      this.#chosen ??= new ChosenOutput(this.#context, (node) => this.#route(node));
      if (this.#closed) this.#chosen.close();
      await this.#chosen.set(deviceId);
      this.#deviceId = deviceId;
    });
    this.#queue = setting.catch(() => {});
    return setting;
  }

  /** Silence; the context is its owner's. Safe twice. */
  close(): void {
    this.#closed = true;
    for (const player of this.#players) this.disconnect(player);
    this.#chosen?.close();
  }

  #route(node: AudioNode): void {
    this.#node = node;
    for (const player of this.#players) {
      player.disconnect();
      player.connect(node);
    }
  }
}
