/** Where a call is heard: the browser's default, or a speaker of the visitor's choice. Players connect through it. */

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

/** '' is the default. */
export interface AudioOutput {
  readonly deviceId: string;
  readonly label: string;
}

/** What may be chosen; none before the visitor has allowed the microphone, and where nothing can be. */
export async function audioOutputs(): Promise<AudioOutput[]> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  const all = (await devices?.enumerateDevices()) ?? [];
  return all
    .filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId)
    .map(({ deviceId, label }) => ({ deviceId: deviceId === 'default' ? '' : deviceId, label }));
}

/** Chrome 110 and later: https://webaudio.github.io/web-audio-api/#dom-audiocontext-setsinkid */
interface SinkContext {
  readonly setSinkId?: (deviceId: string) => Promise<void>;
}

/** Measured in Chromium, over a context's own output. */
const ELEMENT_MS = 55;

export class Output {
  readonly #context: AudioContext;
  readonly #players = new Set<AudioNode>();
  #node: AudioNode;
  #deviceId = '';
  /** Plays what the context itself can't send to a chosen speaker. */
  #element: HTMLAudioElement | null = null;
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
   * One after the other: the last one asked for is the one that stays. Rejects with an `OutputError`; then everything is
   * heard where it was.
   */
  setDevice(deviceId: string): Promise<void> {
    const setting = this.#queue.then(async () => {
      try {
        await this.#use(deviceId);
        this.#deviceId = deviceId;
      } catch (error) {
        throw new OutputError(error);
      }
    });
    this.#queue = setting.catch(() => {});
    return setting;
  }

  /** Silence; the context is its owner's. Safe twice. */
  close(): void {
    this.#closed = true;
    for (const player of this.#players) this.disconnect(player);
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

  #route(node: AudioNode): void {
    this.#node = node;
    for (const player of this.#players) {
      player.disconnect();
      player.connect(node);
    }
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
