/**
 * Another speaker than the browser's default, and back: by the context itself, or where it can't by an element. Fetched
 * when somebody chooses; `output.ts` keeps the players.
 */

export type OutputErrorReason = 'speaker-missing' | 'speaker-denied' | 'speaker-busy' | 'unsupported';

/** What each asks of the developer. */
const REMEDIES: Readonly<Record<OutputErrorReason, string>> = {
  'speaker-missing': 'No such speaker is connected.',
  'speaker-denied': "The browser refused this speaker: it wants the microphone's permission, or a click.",
  'speaker-busy': 'The speaker could not be started.',
  unsupported: 'This browser lets nobody choose a speaker.',
};

const REASONS: Readonly<Record<string, OutputErrorReason>> = {
  NotFoundError: 'speaker-missing',
  NotAllowedError: 'speaker-denied',
  SecurityError: 'speaker-denied',
  NotSupportedError: 'unsupported',
};

/** `message` names the remedy for the developer. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  readonly reason: OutputErrorReason;

  constructor(cause: unknown) {
    const reason = REASONS[(cause as Error).name] ?? 'speaker-busy';
    super(REMEDIES[reason], { cause });
    this.reason = reason;
  }
}

/** Chrome 110 and later: https://webaudio.github.io/web-audio-api/#dom-audiocontext-setsinkid */
interface SinkContext {
  readonly setSinkId?: (deviceId: string) => Promise<void>;
}

export class ChosenOutput {
  readonly #context: AudioContext;
  readonly #route: (node: AudioNode) => void;
  /** Plays what the context itself can't send to a chosen speaker. */
  #element: HTMLAudioElement | null = null;
  #closed = false;

  /** @param route sends what is heard through this node from now on */
  constructor(context: AudioContext, route: (node: AudioNode) => void) {
    this.#context = context;
    this.#route = route;
  }

  /** Not while another one is being set. Rejects with an `OutputError`; then everything is heard where it was. */
  async set(deviceId: string): Promise<void> {
    try {
      await this.#use(deviceId);
    } catch (error) {
      throw new OutputError(error);
    }
  }

  /** Safe twice. */
  close(): void {
    this.#closed = true;
    this.#dropElement();
  }

  async #use(deviceId: string): Promise<void> {
    this.#throwIfClosed();
    const context = this.#context as SinkContext;
    if (context.setSinkId) return context.setSinkId(deviceId);
    if (deviceId) return this.#useElement(deviceId);
    this.#route(this.#context.destination);
    this.#dropElement();
  }

  async #useElement(deviceId: string): Promise<void> {
    const before = this.#element;
    const element = before ?? new Audio();
    // Missing before Firefox 116 and Safari 18.4.
    if (!('setSinkId' in element)) throw new DOMException('', 'NotSupportedError');
    if (before) return element.setSinkId(deviceId);
    const node = this.#context.createMediaStreamDestination();
    element.srcObject = node.stream;
    this.#element = element;
    try {
      // It plays silence until the players come to it.
      await Promise.all([element.setSinkId(deviceId), element.play()]);
      this.#throwIfClosed();
    } catch (error) {
      this.#dropElement();
      throw error;
    }
    this.#route(node);
  }

  #throwIfClosed(): void {
    if (this.#closed) throw new DOMException('', 'AbortError');
  }

  #dropElement(): void {
    if (!this.#element) return;
    // Which stops it, too.
    this.#element.srcObject = null;
    this.#element = null;
  }
}
