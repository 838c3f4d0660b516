/** The dashboard: who is signed in, which page the address means, and what has just been done. */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { Api } from './api.ts';
import { words } from './format.ts';
import { icon } from './icons.ts';
import type { KeyEvent, SayEvent } from './page.ts';
import { addressOf, NEW, readRoute, type Route, SECTIONS } from './route.ts';
import { readKey, writeKey } from './session-key.ts';

/** How long what has been done stays in sight. */
const SAID_MS = 6_000;
/** Enough to know a key again. */
const SHOWN_LETTERS = 15;

export class DashboardApp extends LitElement {
  #key = readKey();
  #api: Api | null = null;
  #route = readRoute(location.hash);
  #refusal: string | null = null;
  #said = '';
  #saidTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.addEventListener('dashboard-say', this.#onsay);
    this.addEventListener('dashboard-key', this.#onkey);
    this.#useKey(this.#key);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#onhashchange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#onhashchange);
    clearTimeout(this.#saidTimer);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const api = this.#api;
    return html`<a class="skip" href="#main" @click=${this.#onskip}>Skip to the page</a>
      <header>
        <p class="brand">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M8 14.5v3M12 11v10M16 7v18M20 11v10M24 14.5v3" />
          </svg>
          Indigenius
        </p>
        ${api ? this.#navigation(this.#route) : nothing}
        ${
          api
            ? html`<p class="holder">
                <a href="/docs">API</a>
                <span class="quiet">Key <code>${this.#key!.slice(0, SHOWN_LETTERS)}…</code></span>
                <button type="button" @click=${this.#onsignout}>Sign out</button>
              </p>`
            : nothing
        }
      </header>
      <main id="main" tabindex="-1">
        ${api ? page(api, this.#route) : html`<sign-in-page .refusal=${this.#refusal}></sign-in-page>`}
      </main>
      <p class="said" role="status">${this.#said}</p>`;
  }

  protected override updated(): void {
    const { section } = this.#route;
    document.title = `${this.#api ? words(section) : 'Sign in'} | Indigenius`;
  }

  #navigation({ section }: Route): TemplateResult {
    return html`<nav aria-label="Sections">
      <ul>
        ${SECTIONS.map(
          (one) =>
            html`<li>
              <a href=${addressOf(one)} aria-current=${one === section ? 'page' : nothing}>${icon(one)}${words(one)}</a>
            </li>`,
        )}
      </ul>
    </nav>`;
  }

  #useKey(key: string | null): void {
    this.#key = key;
    this.#api = key === null ? null : new Api({ key, onrefused: (error) => this.#onrefused(key, error.message) });
  }

  /** Once for each key: the answers to what an earlier one had asked for count no more. */
  #onrefused(key: string, message: string): void {
    if (key !== this.#key) return;
    this.#leave(`${message}. Sign in with another.`);
  }

  #leave(refusal: string | null): void {
    writeKey(null);
    this.#useKey(null);
    this.#refusal = refusal;
    this.requestUpdate();
    void this.#focusTitle();
  }

  readonly #onkey = ({ key }: KeyEvent): void => {
    const signingIn = this.#key === null;
    writeKey(key);
    this.#useKey(key);
    this.#refusal = null;
    this.requestUpdate();
    if (signingIn) void this.#focusTitle();
  };

  readonly #onsignout = (): void => {
    this.#leave(null);
    this.#say('You are signed out.');
  };

  readonly #onhashchange = (): void => {
    this.#route = readRoute(location.hash);
    this.requestUpdate();
    void this.#focusTitle();
  };

  /** Whoever goes to another page is taken to its beginning. */
  async #focusTitle(): Promise<void> {
    await this.updateComplete;
    const shown = this.querySelector('main > *');
    if (shown instanceof LitElement) await shown.updateComplete;
    scrollTo(0, 0);
    this.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }

  readonly #onskip = (event: Event): void => {
    event.preventDefault();
    this.querySelector('main')!.focus();
  };

  readonly #onsay = (event: SayEvent): void => this.#say(event.words);

  #say(said: string): void {
    clearTimeout(this.#saidTimer);
    this.#said = said;
    this.requestUpdate();
    this.#saidTimer = setTimeout(() => {
      this.#said = '';
      this.requestUpdate();
    }, SAID_MS);
  }
}

/** A page is made anew for each address: what one has loaded is nothing to the next. */
function page(api: Api, { section, item, type }: Route): unknown {
  if (section === 'calls' && item === null) return html`<calls-page .api=${api} .type=${type}></calls-page>`;
  return keyed(`${section}/${item}`, element(api, section, item));
}

function element(api: Api, section: Route['section'], item: string | null): TemplateResult {
  switch (section) {
    case 'calls':
      return html`<call-page .api=${api} .item=${item}></call-page>`;
    case 'widgets':
      return item === null
        ? html`<widgets-page .api=${api}></widgets-page>`
        : html`<widget-page .api=${api} .item=${item}></widget-page>`;
    case 'assistants':
      return item === null
        ? html`<assistants-page .api=${api}></assistants-page>`
        : html`<assistant-page .api=${api} .item=${item}></assistant-page>`;
    case 'keys':
      if (item === null) return html`<keys-page .api=${api}></keys-page>`;
      return item === NEW
        ? html`<new-key-page .api=${api}></new-key-page>`
        : html`<key-page .api=${api} .item=${item}></key-page>`;
  }
}
