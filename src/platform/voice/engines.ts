/**
 * The three engines of a conversation, as the gateway sees them: ears (speech to text), mind (reply), mouth (text to
 * speech). All are streaming and abortable, so that a hosted engine can take the place of each local one.
 */

/** PCM: signed 16-bit mono. Ears hear 16000 Hz. */
export const EARS_SAMPLE_RATE = 16_000;

export interface Ears {
  /** One listener a call; it carries the voice activity detector's state. */
  listen(): Listener;
}

/**
 * What a listener noticed. `atMs` is media time since `listen()`, counted in samples pushed; `voiceMs` is where the
 * voice itself began or ended, before the ears could be sure, which is `atMs` where it is missing.
 */
export type EarsEvent =
  /** Voice began (debounced: a click is no speech). */
  | { readonly type: 'speech_start'; readonly atMs: number; readonly voiceMs?: number }
  /** Voice ended: the end-of-turn wait has passed. */
  | { readonly type: 'speech_end'; readonly atMs: number; readonly voiceMs?: number }
  /** Words so far; replaced by later ones of the same utterance. `final` comes once an utterance, perhaps empty. */
  | { readonly type: 'words'; readonly text: string; readonly final: boolean; readonly atMs: number };

export interface Listener {
  onevent: ((event: EarsEvent) => void) | null;
  /** 16000 Hz mono, any length. */
  push(samples: Int16Array): void;
  /** The visitor muted: finishes a pending utterance now, without waiting for silence. */
  flush(): void;
  close(): void;
}

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export interface Persona {
  readonly name: string;
  readonly companyName: string | null;
  readonly systemPrompt: string | null;
  readonly language: string;
  /** Chooses the content that answers come from. */
  readonly assistantId: string;
}

export interface Mind {
  /** A call of this assistant begins: fetches what its answers are made of. The call goes on where it rejects. */
  prepare?(assistantId: string): Promise<void>;
  /** Pieces of the reply, in order; a piece may end anywhere. Ends early, without throwing, on abort. */
  reply(turn: {
    readonly text: string;
    readonly history: readonly Message[];
    readonly persona: Persona;
    readonly signal: AbortSignal;
    /**
     * Told once, before the reply ends, by a mind that knows it: whether this answers what was asked out of the
     * content. Not told of small talk, nor by a mind that can't say.
     */
    readonly report?: (answered: boolean) => void;
  }): AsyncIterable<string>;
}

export interface Mouth {
  /** Samples a second of what `say` yields: 8000, 16000, 22050, 24000, 44100 or 48000. */
  readonly sampleRate: number;
  /** PCM16 mono chunks of one sentence, any length. Ends early, without throwing, on abort. */
  say(
    sentence: string,
    options: { readonly voice: string | null; readonly signal: AbortSignal },
  ): AsyncIterable<Int16Array>;
}
