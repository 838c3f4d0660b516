/** A widget whose call follows a script: tests say which facts happen, the real machine says what they lead to. */

import type { Call, CallSettings, StartOptions, TranscriptLine } from '../../../src/call/call.ts';
import type { LoadedConfig } from '../../../src/call/config-source.ts';
import { CallError } from '../../../src/call/errors.ts';
import { type CallFact, transition } from '../../../src/call/machine.ts';
import type { CallProgress } from '../../../src/call/progress.ts';
import { type CallState, IDLE } from '../../../src/call/state.ts';
import type { CallStats } from '../../../src/call/stats.ts';
import { DEFAULT_CONFIG, type WidgetConfig } from '../../../src/config/widget-config.ts';
import type { Mode } from '../../../src/protocol/messages.ts';
import { IndigeniusWidget } from '../../../src/widget/widget.ts';

export class ScriptedCall {
  onstate: ((state: CallState) => void) | null = null;
  ontranscript: ((line: TranscriptLine) => void) | null = null;
  onprogress: ((progress: CallProgress) => void) | null = null;
  state: CallState = IDLE;
  /** What the widget asked for, in order. */
  readonly asked: string[] = [];
  /** As the widget gave them at the latest start. */
  settings: CallSettings | null = null;
  level = { visitor: 0, assistant: 0 };
  readonly #settings: () => Promise<CallSettings>;
  #reject: ((error: unknown) => void) | null = null;

  constructor(settings: () => Promise<CallSettings>) {
    this.#settings = settings;
  }

  /** Tells the widget of facts, one after the other. */
  tell(...facts: CallFact[]): void {
    for (const fact of facts) {
      const next = transition(this.state, fact);
      if (next === this.state) continue;
      this.state = next;
      this.onstate?.(next);
    }
  }

  async start({ mode, message }: StartOptions = {}): Promise<void> {
    this.asked.push(['start', mode, message].filter(Boolean).join(' '));
    try {
      this.settings = await this.#settings();
      const { config } = this.settings;
      if (config.terms !== null) this.tell({ type: 'terms_shown', terms: config.terms });
      else {
        const inWriting = (mode ?? this.settings.mode ?? config.kind) === 'text';
        const goesOn = inWriting || navigator.userActivation.isActive;
        this.tell({ type: 'started', stage: goesOn ? 'preparing' : 'gesture' });
      }
    } catch (error) {
      this.tell({ type: 'started', stage: 'preparing' });
      this.tell({ type: 'ended', reason: 'error', error: CallError.from(error), atMs: performance.now() });
      throw error;
    }
    return new Promise((_, reject) => (this.#reject = reject));
  }

  giveGesture(): void {
    this.asked.push(`gesture ${navigator.userActivation.isActive}`);
    this.tell({ type: 'stage', stage: 'preparing' });
  }

  acceptTerms(): void {
    this.asked.push(`accept ${navigator.userActivation.isActive}`);
    this.tell({ type: 'started', stage: 'preparing' });
  }

  declineTerms(): void {
    this.asked.push('decline');
    this.tell({ type: 'terms_declined' });
    this.#reject?.(new CallError('terms-declined', 'declined'));
  }

  async end(reason: 'visitor' | 'page' = 'visitor'): Promise<void> {
    this.asked.push(`end ${reason}`);
    this.tell({ type: 'ended', reason, atMs: performance.now() });
  }

  setMuted(muted: boolean): void {
    this.asked.push(`mute ${muted}`);
    this.tell({ type: 'muted', muted });
  }

  interrupt(): void {
    this.asked.push('interrupt');
  }

  /** The real one shows what was typed at once, and the gateway's echo in its place: tests say so themselves. */
  sendText(text: string): boolean {
    this.asked.push(`text ${text}`);
    return this.state.name === 'live';
  }

  async getStats(): Promise<Partial<CallStats> | null> {
    return this.state.name === 'live' ? { quality: 4.4 } : null;
  }

  levels(): { visitor: number; assistant: number } {
    this.asked.push('levels');
    return this.level;
  }

  prepare(_assetBase?: string | null, mode?: Mode): void {
    this.asked.push(mode === 'text' ? 'prepare text' : 'prepare');
  }
}

export class ScriptedWidget extends IndigeniusWidget {
  script!: ScriptedCall;
  /** What loading the config gives: a config, a failure, or (null) an answer that never comes. */
  answer: WidgetConfig | CallError | null = { ...DEFAULT_CONFIG };
  loads = 0;

  protected override createCall(_kind: typeof Call, settings: () => Promise<CallSettings>): Call {
    this.script = new ScriptedCall(settings);
    return this.script as unknown as Call;
  }

  protected override async loadConfig(): Promise<LoadedConfig> {
    this.loads += 1;
    if (this.answer instanceof CallError) throw this.answer;
    return this.answer ? { config: this.answer, gatewayOrigin: null } : new Promise(() => {});
  }
}

customElements.define('scripted-widget', ScriptedWidget);

/** Facts that take a call from nothing to live. */
export function live(sinceMs = performance.now(), mode: Mode = 'voice'): CallFact[] {
  return [
    { type: 'started', stage: 'preparing' },
    { type: 'created', callId: 'call-1' },
    { type: 'ready', assistantId: 'assistant-1', assistantName: 'Northwind Catering', mode, atMs: sinceMs },
  ];
}
