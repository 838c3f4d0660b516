/** The story gallery: a list of stories, and the one that the address names, in the light that its reader chose. */

import { html, nothing, render, type TemplateResult } from 'lit';
import { DISPLAY_MODES, THEME_MODES } from '../src/config/widget-config.ts';
import { type FullStory, STORIES } from './stories/index.ts';
import { LANGUAGES } from './stories/languages.ts';
import type { StoryWidget } from './stories/story-widget.ts';
import { PLAIN, roomOf, stageOf, type Viewing } from './stories/stage.ts';

const ALL = 'all';
/** In an address: the story without the gallery around it. */
const ALONE = 'alone';
const WIDTHS_PX = [320, 360, 400] as const;
const TITLE = document.title;
/** A reader's choices: where they stand in the address, what they are called, and what there is to choose from. */
const CHOICES = [
  ['theme', 'Theme', { light: 'Light', dark: 'Dark', auto: 'Auto' }],
  ['dir', 'Direction', { ltr: 'Left to right', rtl: 'Right to left' }],
  ['width', 'Width', Object.fromEntries(WIDTHS_PX.map((px) => [px, `${px} px`]))],
  ['mode', 'Display', { '': 'As told', card: 'Card', fab: 'Launcher', fullscreen: 'Full screen' }],
  ['lang', 'Language', LANGUAGES],
] as const;

// Clocks and countdowns stand still, so that a moment stays the moment that it is. What moves, still does.
const stillMs = performance.now();
performance.now = () => stillMs;

interface Place {
  /** A story's id, or all of them. */
  readonly id: string;
  readonly choices: URLSearchParams;
}

/** `#live/speaking?theme=dark`; what it doesn't know, it takes no notice of. */
function here(): Place {
  const [id = '', query] = decodeURI(location.hash.slice(1)).split('?');
  const known = id === ALL || STORIES.some((story) => story.id === id);
  return { id: known ? id : STORIES[0]!.id, choices: new URLSearchParams(query) };
}

function address(id: string, choices: URLSearchParams): string {
  return `#${id}${choices.size ? `?${choices}` : ''}`;
}

function viewingOf(choices: URLSearchParams): Viewing {
  const among = <T extends string>(name: string, values: readonly T[], otherwise: T): T =>
    values.find((value) => value === choices.get(name)) ?? otherwise;
  return {
    themeMode: among('theme', THEME_MODES, PLAIN.themeMode),
    direction: among('dir', ['ltr', 'rtl'], PLAIN.direction),
    language: among('lang', Object.keys(LANGUAGES), PLAIN.language),
    widthPx: WIDTHS_PX.find((px) => `${px}` === choices.get('width')) ?? PLAIN.widthPx,
    displayMode: DISPLAY_MODES.find((mode) => mode === choices.get('mode')) ?? null,
  };
}

/** A choice that is made changes the address, and the address changes the page. */
function choose({ choices, id }: Place, name: string, value: string, usual: string): void {
  const next = new URLSearchParams(choices);
  if (value === usual) next.delete(name);
  else next.set(name, value);
  location.hash = address(id, next);
}

function page(place: Place): TemplateResult {
  const { id, choices } = place;
  const viewing = viewingOf(choices);
  const story = STORIES.find((one) => one.id === id);
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to the story</a>
    <header>
      <p><strong>Stories of the card</strong> <a href="/">Sample site</a></p>
      ${controls(place, viewing)}
    </header>
    ${list(place)}
    <main id="main" tabindex="-1">${story ? one(story, place, viewing) : all(place, viewing)}</main>
  `;
}

function controls(place: Place, viewing: Viewing): TemplateResult {
  const chosen = [
    viewing.themeMode,
    viewing.direction,
    `${viewing.widthPx}`,
    viewing.displayMode ?? '',
    viewing.language,
  ];
  const usual = [PLAIN.themeMode, PLAIN.direction, `${PLAIN.widthPx}`, '', PLAIN.language];
  return html`<form aria-label="How stories are shown" @submit=${(event: Event) => event.preventDefault()}>
    ${CHOICES.map(([name, label, options], at) => {
      const onchange = (event: Event): void =>
        choose(place, name, (event.target as HTMLInputElement | HTMLSelectElement).value, usual[at]!);
      const entries = Object.entries<string>(options);
      if (entries.length > 4) {
        return html`<label class="choice"
          ><span>${label}</span>
          <select @change=${onchange}>
            ${entries.map(([value, words]) => {
              return html`<option value=${value} lang=${value} .selected=${value === chosen[at]}>${words}</option>`;
            })}
          </select></label
        >`;
      }
      return html`<fieldset class="choice">
        <legend>${label}</legend>
        <div class="segments">
          ${entries.map(([value, words]) => {
            return html`<label
              ><input
                type="radio"
                name=${name}
                value=${value}
                .checked=${value === chosen[at]}
                @change=${onchange}
              />${words}</label
            >`;
          })}
        </div>
      </fieldset>`;
    })}
  </form>`;
}

function list({ id, choices }: Place): TemplateResult {
  const link = (to: string, words: string) =>
    html`<a href=${address(to, choices)} aria-current=${to === id ? 'page' : nothing}>${words}</a>`;
  const groups = [...new Set(STORIES.map(({ group }) => group))];
  return html`<nav aria-label="Stories">
    ${link(ALL, `All ${STORIES.length} stories`)}
    ${groups.map(
      (group) =>
        html`<h2>${group}</h2>
          <ul>
            ${STORIES.filter((story) => story.group === group).map(
              (story) => html`<li>${link(story.id, story.name)}</li>`,
            )}
          </ul>`,
    )}
  </nav>`;
}

function one(story: FullStory, { choices }: Place, viewing: Viewing): TemplateResult {
  const at = STORIES.indexOf(story);
  const [before, after] = [STORIES[at - 1], STORIES[at + 1]];
  const facts = story.args.facts(0).map((fact) => fact.type);
  return html`
    <p class="group">${story.group}</p>
    <h1>${story.name}</h1>
    ${story.note && html`<p class="note">${story.note}</p>`}
    <div class="room">${scene(story, choices, viewing, true)}</div>
    ${facts.length ? html`<p class="facts">What happened: ${facts.join(', ')}</p>` : nothing}
    <p class="steps">
      ${before ? html`<a href=${address(before.id, choices)} rel="prev">${before.group}: ${before.name}</a>` : nothing}
      ${after ? html`<a href=${address(after.id, choices)} rel="next">${after.group}: ${after.name}</a>` : nothing}
    </p>
  `;
}

/** A story's stage; in a window of its own where the card is to float or to fill one. */
function scene(story: FullStory, choices: URLSearchParams, viewing: Viewing, played: boolean): unknown {
  const room = roomOf(story.args, viewing);
  if (room && !choices.has(ALONE)) {
    const source = address(story.id, new URLSearchParams([...choices, [ALONE, '']]));
    const title = `${story.group}: ${story.name}`;
    return html`<iframe src=${source} title=${title} width=${room.widthPx} height=${room.heightPx}></iframe>`;
  }
  const { stage, widget } = stageOf(story, viewing);
  if (played) void play(story, widget);
  return stage;
}

/** A visitor does something only once there is something to do it with. */
async function play(story: FullStory, widget: StoryWidget): Promise<void> {
  await widget.told;
  await widget.updateComplete;
  if (widget.isConnected) await story.play({ canvasElement: widget });
}

function all({ choices }: Place, viewing: Viewing): TemplateResult {
  return html`
    <h1>All stories</h1>
    <div class="grid">
      ${STORIES.map((story) => {
        const caption = html`<a href=${address(story.id, choices)}>${story.group}: ${story.name}</a>`;
        return html`<figure>
          <div class="room">${scene(story, choices, viewing, false)}</div>
          <figcaption>${caption}</figcaption>
        </figure>`;
      })}
    </div>
  `;
}

function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('main')!.focus();
}

function draw(): void {
  const place = here();
  const story = STORIES.find(({ id }) => id === place.id);
  document.title = `${story ? `${story.group}: ${story.name}` : 'All'} | ${TITLE}`;
  const alone = story && place.choices.has(ALONE);
  render(alone ? scene(story, place.choices, viewingOf(place.choices), true) : page(place), document.body);
  document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest' });
}

addEventListener('hashchange', draw);
draw();
