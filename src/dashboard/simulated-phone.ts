/**
 * `<simulated-phone>`: rings for the phone calls of an organisation, whose key the visitor of the page has, and is talked
 * on. What a call does, `call/` knows.
 */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { Call, type CallSettings, type TranscriptLine } from '../call/call.ts';
import { CallError } from '../call/errors.ts';
import { type CallState, type EndedState, IDLE, isActive } from '../call/state.ts';
import { DEFAULT_CONFIG } from '../config/widget-config.ts';
import { ApiError, PhoneApi, type PhoneStatus, type RingingCall } from './phone-api.ts';
import { RingTone } from './ring-tone.ts';
import { RingingWatch } from './ringing-watch.ts';
import { readKey, writeKey } from './session-key.ts';
import { styles } from './simulated-phone.styles.ts';

const LEVEL_EVERY_MS = 100;
/** Where the visitor wants little to move. */
const CALM_LEVEL_EVERY_MS = 1_000;

/** Why it stopped ringing, where it was not this phone's doing. */
const SILENT: Readonly<Partial<Record<PhoneStatus, string>>> = {
  in_progress: 'The call was answered elsewhere.',
  completed: 'The call was answered elsewhere.',
  declined: 'The call was declined elsewhere.',
  no_answer: 'Nobody has answered the call.',
};

/**
 * @summary A telephone for the calls of `POST /v1/calls/phone/initiate`, where the platform has no carrier.
 * @tag simulated-phone
 */
export class SimulatedPhone extends LitElement {
  static override styles = styles;

  #opened = readKey() === null;
  /** Null where it has to be entered. */
  #api: PhoneApi | null = null;
  #ringing: RingingCall | null = null;
  #last: RingingCall | null = null;
  /** It may ring without a sound. */
  #quiet = false;
  /** A click that the platform has not answered yet. */
  #declining = false;
  #call: Call | null = null;
  #state: CallState = IDLE;
  #lines: readonly TranscriptLine[] = [];
  #notice = '';
  /** The focus is in here while an update begins. */
  #focused = false;
  #levelling: ReturnType<typeof setInterval> | undefined;
  readonly #tone = new RingTone();
  readonly #watch = new RingingWatch({
    onringing: (call) => {
      // That this one could not be picked up is still to be read.
      if (call.id !== this.#last?.id) this.#notice = '';
      this.#ringing = this.#last = call;
      this.#opened = true;
      this.#quiet = false;
      this.#tone.start();
      this.requestUpdate();
    },
    onsilent: (status) => {
      this.#silence();
      this.#tell(SILENT[status] ?? 'The call has failed.');
    },
    onfailure: (error) => {
      if (error?.status === 401) this.#api = null;
      this.#tell(error?.message ?? '');
    },
  });

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onvisibility);
    this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onvisibility);
    this.#watch.stop();
    this.#silence();
    void this.#call?.end('page');
  }

  protected override willUpdate(): void {
    this.#focused = this.shadowRoot?.activeElement?.matches('button, input') ?? false;
  }

  protected override render(): TemplateResult {
    const talking = isActive(this.#state);
    return html`<details ?open=${this.#opened} @toggle=${this.#ontoggle}>
      <summary>Simulated phone</summary>
      <div class="body ${this.#ringing && !talking ? 'ringing' : ''}">
        <p role="status">${this.#announcement}</p>
        ${talking ? this.#talk() : this.#ringing ? this.#ring(this.#ringing) : this.#api ? this.#rest() : this.#ask()}
      </div>
    </details>`;
  }

  /** What a screen reader is told, and everybody sees. */
  get #announcement(): string {
    if (this.#state.name === 'live') return this.#state.ending ? 'The call is ending.' : 'The call is live.';
    if (isActive(this.#state)) return 'Picking up: the browser may ask for the microphone.';
    if (!this.#ringing) return this.#notice;
    return `${this.#notice} A call from ${this.#ringing.from} to ${this.#ringing.number} rings.`.trim();
  }

  #ask(): TemplateResult {
    return html`<form @submit=${this.#onkey}>
      <label>API key <input name="key" type="password" autocomplete="off" required /></label>
      <p class="muted">It needs calls:read and calls:write, and is kept until this tab is closed.</p>
      <button>Use this key</button>
    </form>`;
  }

  #rest(): TemplateResult {
    return html`<p class="muted">No call rings. POST /v1/calls/phone/initiate makes one ring here.</p>`;
  }

  #ring({ number }: RingingCall): TemplateResult {
    return html`<p class="number"><bdi>${number}</bdi></p>
      <div class="buttons">
        <button class="accept" @click=${this.#onanswer}>Answer</button>
        <button class="refuse" @click=${this.#ondecline}>Decline</button>
        ${this.#quiet ? nothing : html`<button @click=${this.#onquiet}>Silence</button>`}
      </div>`;
  }

  #talk(): TemplateResult {
    const { visitor, assistant } = this.#call!.levels();
    const captions = this.#lines.map(
      ({ role, text, final }) =>
        html`<li class=${final ? '' : 'unfinished'}>
          <b>${role === 'user' ? 'You' : 'Assistant'}:</b> <span dir="auto">${text}</span>
        </li>`,
    );
    return html`${
        this.#state.name === 'live'
          ? html`<div class="level">
              <label for="you">You</label><meter id="you" .value=${visitor}></meter>
              <label for="assistant">Assistant</label><meter id="assistant" .value=${assistant}></meter>
            </div>`
          : nothing
      }
      ${
        captions.length > 0
          ? html`<ol tabindex="0" aria-label="Captions">
              ${captions}
            </ol>`
          : nothing
      }
      <div class="buttons"><button class="refuse" @click=${this.#onhangup}>Hang up</button></div>`;
  }

  /** Whoever pressed a button that is gone finds the focus on what has its place. */
  protected override updated(): void {
    const captions = this.renderRoot.querySelector('ol');
    if (captions) captions.scrollTop = captions.scrollHeight;
    const { shadowRoot } = this;
    if (!this.#focused || shadowRoot?.activeElement) return;
    const next = shadowRoot?.querySelector<HTMLElement>('input, button');
    (next ?? shadowRoot?.querySelector('summary'))?.focus();
  }

  /** Waits for calls, where there is a key to ask with. */
  #listen(): void {
    const key = readKey();
    this.#api = key ? new PhoneApi(key) : null;
    if (this.#api) this.#watch.start(this.#api);
    this.requestUpdate();
  }

  #silence(): void {
    this.#tone.stop();
    this.#ringing = null;
  }

  #tell(notice: string): void {
    this.#notice = notice;
    this.requestUpdate();
  }

  readonly #ontoggle = (event: Event): void => {
    this.#opened = (event.target as HTMLDetailsElement).open;
  };

  /** Who comes back is shown at once what rings. */
  readonly #onvisibility = (): void => {
    if (!document.hidden && !this.#ringing && !this.#declining && !isActive(this.#state)) this.#listen();
  };

  readonly #onkey = (event: SubmitEvent): void => {
    event.preventDefault();
    const key = new FormData(event.target as HTMLFormElement).get('key');
    if (typeof key !== 'string') return;
    writeKey(key.trim());
    this.#notice = '';
    this.#listen();
  };

  readonly #onquiet = (): void => {
    this.#tone.stop();
    this.#quiet = true;
    this.requestUpdate();
  };

  readonly #ondecline = async (): Promise<void> => {
    const [api, call] = [this.#api, this.#ringing];
    if (!api || !call || this.#declining) return;
    this.#declining = true;
    this.#watch.stop();
    this.#tone.stop();
    let notice = 'You have declined the call.';
    try {
      await api.decline(call.id, AbortSignal.timeout(10_000));
    } catch (error) {
      notice = error instanceof ApiError ? error.message : 'The platform has not answered.';
    }
    this.#declining = false;
    this.#silence();
    this.#tell(notice);
    if (this.isConnected) this.#watch.start(api);
  };

  /** Nobody picks up before the browser has given the microphone: until then the call rings for others, too. */
  readonly #onanswer = (): void => {
    const [api, ringing] = [this.#api, this.#ringing];
    if (!api || !ringing || this.#declining) return;
    this.#watch.stop();
    this.#silence();
    this.#lines = [];
    this.#notice = '';
    const call = new Call(async () => settings(api, ringing));
    call.onstate = (state) => this.#onstate(state);
    call.ontranscript = (line) => this.#keep(line);
    this.#call = call;
    // Its state tells.
    call.start().catch(() => {});
    this.#state = { name: 'starting', stage: 'preparing' };
    this.requestUpdate();
  };

  readonly #onhangup = (): void => void this.#call?.end();

  #onstate(state: CallState): void {
    this.#state = state;
    clearInterval(this.#levelling);
    if (state.name === 'live') {
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const everyMs = calm ? CALM_LEVEL_EVERY_MS : LEVEL_EVERY_MS;
      this.#levelling = setInterval(() => this.requestUpdate(), everyMs);
    }
    if (state.name === 'ended') {
      this.#notice = overBecause(state);
      if (this.isConnected) this.#listen();
    }
    this.requestUpdate();
  }

  /** A later wording takes the place of an earlier one; what turned out to be nothing goes. */
  #keep(line: TranscriptLine): void {
    const known = this.#lines.some(({ id }) => id === line.id);
    const lines = known ? this.#lines.map((each) => (each.id === line.id ? line : each)) : [...this.#lines, line];
    this.#lines = lines.filter(({ text }) => text !== '');
    this.requestUpdate();
  }
}

/** A call through no widget, which comes from the platform and not through a proxy: picking up is what creates it here. */
function settings(api: PhoneApi, { id, assistantId }: RingingCall): CallSettings {
  return {
    proxyUrl: '',
    widgetId: '',
    createCall: async ({ signal }) => {
      try {
        return { call_id: id, assistant_id: assistantId, gateway: await api.answer(id, signal) };
      } catch (cause) {
        signal.throwIfAborted();
        throw new CallError('gateway-refused', (cause as Error).message, { cause });
      }
    },
    config: DEFAULT_CONFIG,
    assetBase: null,
    language: null,
  };
}

/** For developers: an error's message names the remedy. */
function overBecause({ reason, error }: EndedState): string {
  if (error?.cause instanceof ApiError && error.cause.status === 409)
    return 'Somebody else was sooner: the call does not ring any more.';
  if (error) return error.message;
  if (reason === 'visitor') return 'You have hung up.';
  return reason === 'assistant' ? 'The assistant has hung up.' : `The call is over: ${reason.replaceAll('_', ' ')}.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'simulated-phone': SimulatedPhone;
  }
}
