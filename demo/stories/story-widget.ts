/** The widget with a call that follows a story's script: no server, no microphone, and otherwise the real thing. */

import type { Call, CallSettings, TranscriptLine } from '../../src/call/call.ts';
import type { LoadedConfig } from '../../src/call/config-source.ts';
import { CallError } from '../../src/call/errors.ts';
import { type CallFact, transition } from '../../src/call/machine.ts';
import { type CallState, IDLE } from '../../src/call/state.ts';
import { IndigeniusWidget } from '../../src/widget/widget.ts';
import { connected } from './facts.ts';
import type { StoryArgs } from './story.ts';

/** How loud speech is from one moment to the next; its length is that of one side of the level. */
const RHYTHM = [0.35, 0.8, 1, 0.6, 0.25, 0.55, 0.9, 0.7, 0.3, 0.15, 0.1];

/** The part of `Call` that a widget uses. Its presses are answered at once, as if every server were quick and willing. */
class StoryCall {
  onstate: ((state: CallState) => void) | null = null;
  ontranscript: ((line: TranscriptLine) => void) | null = null;
  onprogress = null;
  state: CallState = IDLE;
  readonly #settings: () => Promise<CallSettings>;
  readonly #levels: StoryArgs['levels'];
  #beat = 0;
  #typed = 0;

  constructor(settings: () => Promise<CallSettings>, levels: StoryArgs['levels']) {
    this.#settings = settings;
    this.#levels = levels;
  }

  tell(...facts: readonly CallFact[]): void {
    for (const fact of facts) {
      const next = transition(this.state, fact);
      if (next === this.state) continue;
      this.state = next;
      this.onstate?.(next);
    }
  }

  async start(): Promise<void> {
    try {
      const { terms } = (await this.#settings()).config;
      if (terms === null) this.#connect();
      else this.tell({ type: 'terms_shown', terms });
    } catch (cause) {
      const error = CallError.from(cause);
      this.tell({ type: 'started', stage: 'preparing' }, { type: 'ended', reason: 'error', error, atMs: 0 });
      throw error;
    }
  }

  giveGesture(): void {
    this.#connect();
  }

  acceptTerms(): void {
    this.#connect();
  }

  declineTerms(): void {
    this.tell({ type: 'terms_declined' });
  }

  async end(reason: 'visitor' | 'page' = 'visitor'): Promise<void> {
    this.tell({ type: 'ended', reason, atMs: performance.now() });
  }

  setMuted(muted: boolean): void {
    this.tell({ type: 'muted', muted });
  }

  levels(): StoryArgs['levels'] {
    const loud = RHYTHM[(this.#beat += 1) % RHYTHM.length]!;
    return { visitor: loud * this.#levels.visitor, assistant: loud * this.#levels.assistant };
  }

  sendText(text: string): void {
    this.ontranscript?.({ id: `typed-${(this.#typed += 1)}`, role: 'user', text, final: true });
  }

  interrupt(): void {}
  prepare(): void {}
  async getStats(): Promise<null> {
    return null;
  }

  #connect(): void {
    this.tell({ type: 'started', stage: 'preparing' }, { type: 'stage', stage: 'preparing' });
    this.tell(...connected(performance.now() - 1000));
  }
}

export class StoryWidget extends IndigeniusWidget {
  /** To be set before the element is put on a page. */
  args!: StoryArgs;
  /** Everything has happened that the story tells of. */
  readonly told: Promise<void>;
  #ontold!: () => void;

  constructor() {
    super();
    this.told = new Promise((resolve) => (this.#ontold = resolve));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A call's code is fetched with the first sign of interest.
    if (this.args.facts(0).length) this.dispatchEvent(new Event('pointerenter'));
    else this.#ontold();
  }

  protected override createCall(_kind: typeof Call, settings: () => Promise<CallSettings>): Call {
    const call = new StoryCall(settings, this.args.levels);
    queueMicrotask(() => this.#happen(call)); // the session first has to hang on to it
    return call as unknown as Call;
  }

  protected override async loadConfig(): Promise<LoadedConfig> {
    const { config } = this.args;
    if (config instanceof CallError) throw config;
    return config ? { config, gatewayOrigin: null } : new Promise(() => {});
  }

  #happen(call: StoryCall): void {
    call.tell(...this.args.facts(performance.now()));
    for (const line of this.args.lines) call.ontranscript?.(line);
    this.#ontold();
  }
}

customElements.define('story-widget', StoryWidget);
