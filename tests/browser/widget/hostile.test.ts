/** Published objects that mean harm, or are broken, drawn by the real element in a card of 320 px. */

import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { server } from 'vitest/browser';
import { CallError } from '../../../src/call/errors.ts';
import { en } from '../../../src/widget/text/en.ts';
import { IndigeniusWidget } from '../../../src/widget/widget.ts';
import { live, ScriptedWidget } from './scripted-call.ts';

/** Chromium does the bulk; in the others it is the differences between engines that are looked for. */
const SHARE = server.browser === 'chromium' ? 1 : 0.04;
const runs = (inChromium: number): number => Math.ceil(inChromium * SHARE);

/** What takes seconds may take minutes where the machine is busy. */
const PATIENCE = { timeout: 180_000 };

const WIDTH_PX = 320;
const HEIGHT_PX = 480;
const MEGABYTE = '<b>hostile()</b> '.repeat(62_500);

declare global {
  /** What every one of these objects tries to run. */
  var hostile: () => void;
}

/** Tells when it has drawn. */
class WatchedWidget extends IndigeniusWidget {
  drawn = 0;
  onceDrawn: () => void = () => {};
  protected override updated(): void {
    super.updated();
    this.drawn += 1;
    this.onceDrawn();
  }
}
class WatchedCall extends ScriptedWidget {
  drawn = 0;
  onceDrawn: () => void = () => {};
  protected override updated(): void {
    super.updated();
    this.drawn += 1;
    this.onceDrawn();
  }
}
customElements.define('watched-widget', WatchedWidget);
customElements.define('watched-call', WatchedCall);
type Watched = WatchedWidget | WatchedCall;

const svg = (inside: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" onload="parent.hostile()">${inside}</svg>`)}`;

const PIECES = fc.constantFrom(
  '<script>hostile()</script>',
  '<img src=x onerror=hostile()>',
  '"><svg onload=hostile()>',
  `' onfocus='hostile()' autofocus='`,
  '<iframe srcdoc="<script>parent.hostile()</script>">',
  '</style><script>hostile()</script>',
  '<!--',
  ']]>',
  '<?lit$1$?>',
  '{{lit-1}}',
  '${hostile()}',
  '{{constructor.constructor("hostile()")()}}',
  'javascript:hostile()',
  'JaVaScRiPt\t:hostile()',
  'data:text/html,<script>parent.hostile()</script>',
  'https://hostile.invalid/page',
  'https://hostile.invalid/a.png',
  '/hostile.png',
  '//hostile.invalid/a.png',
  'blob:https://hostile.invalid/1',
  svg('<script>parent.hostile()</script><image href="https://hostile.invalid/in.svg"/>'),
  'data:image/png;base64,AAAA" onerror="hostile()',
  'data:image/png,hostile',
  'red;}*{background:url(https://hostile.invalid/rule)}',
  'red;background-image:url(/hostile.css)',
  "url('https://hostile.invalid/url')",
  'image-set("/hostile.set" 1x)',
  '@import "https://hostile.invalid/c.css";',
  'var(--x,url(//hostile.invalid/var))',
  'expression(hostile())',
  'red);}:host{position:fixed;inset:0;inline-size:9999px',
  'red;block-size:2000px',
  '/*',
  '\\',
  '\0',
  '\u001B[31m',
  '\u202E',
  '\u2066\u202D',
  '\u200F',
  '\uD800',
  '\uDC00',
  '\u200B'.repeat(400),
  '\u200D'.repeat(400),
  '\u00AD'.repeat(200),
  `Z${'\u0301'.repeat(300)}`,
  '\u{1F469}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}'.repeat(40),
  '\uFDFD'.repeat(30),
  '\u{1242B}'.repeat(40),
  'W'.repeat(400),
  'WWWW WWW '.repeat(60),
  'مرحبا بالعالم ',
  'ถ้าไม่มีช่องว่าง'.repeat(20),
  '\n'.repeat(80),
  'a\nb\r\nc\u2028d'.repeat(30),
  '__proto__',
  'constructor',
  'toString',
  'Talk to us',
);

const text = fc.oneof(
  { weight: 6, arbitrary: fc.array(PIECES, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: PIECES.map((piece) => piece.repeat(12)) },
);
const MEGABYTES = fc.constant(MEGABYTE);
const words = fc.oneof({ weight: 400, arbitrary: text }, { weight: 1, arbitrary: MEGABYTES });
const color = fc.oneof(
  words,
  fc.constantFrom('#000', '#ffff', 'rgb(300 -5 0 / .1)', 'oklch(none 9 1turn)', 'transparent', 'hsl(1e9 1% 1%)'),
  fc.integer({ min: 0, max: 0xff_ff_ff }).map((value) => `#${value.toString(16).padStart(6, '0')}`),
);
const number = fc.oneof(fc.double(), fc.constantFrom(-1, 1e308, 9999, Number.NaN), fc.integer());
const FIELDS = {
  id: words,
  assistantId: words,
  status: fc.oneof(fc.constantFrom('active', 'paused', 'draft'), words),
  call_to_action: words,
  start_call_button: words,
  end_call_button: words,
  terms_and_condition: fc.boolean(),
  terms_and_condition_content: words,
  background_color: color,
  text_color: color,
  button_color: color,
  button_text_color: color,
  border_color: color,
  focus_outline_color: color,
  card_radius: number,
  button_radius: number,
  recording: fc.boolean(),
} as const;
const INSIGHTO_FIELDS = {
  widget_type: fc.constantFrom('web_call', 'chat', 'html', 'phone_call'),
  display_name: words,
  name: words,
  intro_message: words,
  bubble_text: words,
  textbox_default_text: words,
  user_opening_messages: fc.array(words, { maxLength: 5 }),
  action_buttons: fc.array(
    fc.oneof(words, fc.record({ label: words, url: words, message: words }, { requiredKeys: ['label'] })),
    { maxLength: 4 },
  ),
  conversation_bot_icon: words,
  bubble_bot_icon: words,
  provider_user_friendly_label: words,
  header_color: color,
  header_text_color: color,
  bot_icon_color: color,
  user_message_color: color,
  bot_message_color: color,
  bot_text_message_color: color,
  ice_break_color: color,
  action_buttons_color: color,
  style_params: fc.record({ background_color: color, theme_mode: words, card_radius: number }, { requiredKeys: [] }),
  recording: fc.boolean(),
} as const;
const SENY_FIELDS = {
  name: words,
  status: fc.constantFrom('active', 'paused'),
  intro_title: words,
  intro_subtitle: words,
  button_label: words,
  suggested_prompts: fc.array(words, { maxLength: 14 }),
  theme: fc.record({ mode: words, primary: color, radius: number }, { requiredKeys: [] }),
  translations: fc.dictionary(fc.oneof(fc.constantFrom('en', 'de', '__proto__'), text), fc.record({ name: words })),
} as const;

/** Shaped as they are published, so that all of it comes to be seen. */
const published = fc.oneof(
  fc.record(FIELDS, { requiredKeys: [] }),
  fc.record(INSIGHTO_FIELDS, { requiredKeys: ['display_name'] }),
  fc.record(SENY_FIELDS, { requiredKeys: ['suggested_prompts'] }),
);
const names = [...Object.keys(FIELDS), ...Object.keys(INSIGHTO_FIELDS), ...Object.keys(SENY_FIELDS)];
const broken = fc.oneof(
  fc.dictionary(
    fc.oneof(fc.constantFrom(...names, '__proto__', 'constructor', 'data', 'widget'), text),
    fc.oneof(fc.anything({ maxDepth: 3, withBigInt: true, withNullPrototype: true }), words),
    { maxKeys: 10 },
  ),
  fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof({ maxDepth: 6 }, words, fc.dictionary(fc.constantFrom(...names, 'data'), tie('tree'))),
  })).tree,
  fc.object({ maxDepth: 4 }),
);
/** Always new and never nothing: the element must notice each. */
const anything = fc
  .oneof({ weight: 5, arbitrary: published }, { weight: 2, arbitrary: broken })
  .map((value) => (typeof value === 'object' ? value : [value]));

/** As text: what JSON can't say is left out of it. */
const json = fc.oneof(
  { weight: 9, arbitrary: published.map((object) => JSON.stringify(object)) },
  { weight: 3, arbitrary: fc.json({ stringUnit: 'binary' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('{"__proto__":{"call_to_action":"x"},"constructor":7}', `"${MEGABYTE}"`, '['),
  },
);

const problems: string[] = [];
const note = (what: string): void => void problems.push(what);
let policy: HTMLMetaElement;
let observer: PerformanceObserver;

beforeAll(() => {
  // Whatever would be fetched to be seen or run is refused, and told.
  policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content =
    "img-src data:; font-src 'none'; media-src 'none'; object-src 'none'; frame-src 'none'; script-src-attr 'none'; base-uri 'none'; form-action 'none'";
  document.head.append(policy);
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    note(`refused by the policy: ${effectiveDirective} ${blockedURI}`),
  );
  addEventListener('error', ({ message }) => note(`error: ${message}`));
  addEventListener('unhandledrejection', ({ reason }) => note(`unhandled: ${String(reason)}`));
  globalThis.hostile = () => note('ran');
  observer = new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) if (/hostile/.test(name) && !name.endsWith('.ts')) note(`loaded ${name}`);
  });
  observer.observe({ type: 'resource' });
});
afterAll(() => observer.disconnect());

beforeEach(() => {
  problems.length = 0;
  for (const name of ['alert', 'confirm', 'prompt', 'open'] as const)
    vi.spyOn(globalThis, name).mockImplementation(() => note(name) as never);
  vi.spyOn(console, 'error').mockImplementation((...what) => note(`console.error: ${what.join(' ')}`));
  // Told once each: a colour that can't be read, a JSON that is none.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  // A call's clock would draw on its own.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.restoreAllMocks();
  expect(problems).toEqual([]);
});

async function show(tag: 'watched-widget' | 'watched-call'): Promise<Watched> {
  const widget = document.createElement(tag) as Watched;
  widget.style.inlineSize = `${WIDTH_PX}px`;
  // Whether it floats is an owner's choice, and not what is looked at here.
  widget.setAttribute('display-mode', 'card');
  widget.config = { user_opening_messages: ['All parts of a card are fetched.'] };
  document.body.append(widget);
  await vi.waitFor(() => expect(within(widget, '[part=start-button]')).not.toBeNull());
  if (tag === 'watched-call') {
    widget.dispatchEvent(new Event('pointerenter'));
    await vi.waitUntil(() => (widget as WatchedCall).script);
  }
  return widget;
}

/** Does what has a config loaded; resolves once that is drawn: an update for the news, and one for what was read. */
async function drawn(widget: Watched, change: () => void): Promise<void> {
  widget.drawn = 0;
  const twice = new Promise<void>((resolve) => {
    widget.onceDrawn = () => widget.drawn > 1 && resolve();
  });
  change();
  await twice;
}

const within = (widget: Watched, selector: string): HTMLElement | null => widget.shadowRoot!.querySelector(selector);

const characters = new Intl.Segmenter();
/** Characters that an owner may write there. */
const LONGEST = { '.name': 120, '.primary': 60, '.chip': 120 } as const;

/** By design these scroll or cut what is in them. */
const CLIPPED = ':is(.name, .sub, .body, .chips, .orb, .unseen, .chip) *';

function expectWhole(widget: Watched): void {
  const root = widget.shadowRoot!;
  const card = root.querySelector('.card')!;
  const frame = card.getBoundingClientRect();
  const wrong: string[] = [];
  if (frame.width !== WIDTH_PX || frame.height !== HEIGHT_PX) wrong.push(`card: ${frame.width} x ${frame.height}`);
  if (widget.offsetHeight !== HEIGHT_PX) wrong.push(`host: ${widget.offsetHeight}`);
  if (widget.shadowRoot!.querySelector('[onerror], [onload], [style*=url], script, iframe, style'))
    wrong.push('markup');
  for (const element of root.querySelectorAll(`.card :not(${CLIPPED}, path, i)`)) {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    if (left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom) {
      wrong.push(
        `<${element.localName} class="${element.getAttribute('class')}"> at ${left},${top} to ${right},${bottom}`,
      );
    }
  }
  for (const [selector, longest] of Object.entries(LONGEST)) {
    const written = root.querySelector(selector)?.textContent.trim() ?? '';
    if (written.length > longest && [...characters.segment(written)].length > longest)
      wrong.push(`${selector} is long`);
  }
  for (const { href, rel, protocol } of root.querySelectorAll('a')) {
    if (!['https:', 'mailto:', 'tel:'].includes(protocol) || rel !== 'noopener') wrong.push(`link: ${href}`);
  }
  for (const { src } of root.querySelectorAll('img')) if (!src.startsWith('data:image/')) wrong.push(`image: ${src}`);
  if (wrong.length > 0) note(wrong.join('; '));
}

/** Fails with the first object that does harm. Every so often a sound one comes between, and must be seen. */
async function withstands<T>(
  objects: fc.Arbitrary<T>,
  numRuns: number,
  draw: (object: T) => Promise<void>,
  sound: (title: string) => Promise<string | undefined>,
): Promise<void> {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(objects, async (object) => {
      problems.length = 0;
      await draw(object);
      if (problems.length > 0) throw new Error(problems.splice(0).join('\n'));
      count += 1;
      if (count % 50 !== 1) return;
      await vi.waitFor(async () => expect(await sound(`Sound ${count}`)).toBe(`Sound ${count}`));
    }),
    { numRuns, interruptAfterTimeLimit: PATIENCE.timeout - 10_000, markInterruptAsFailure: true },
  );
  expect(count).toBe(numRuns);
}

const title = (widget: Watched): string | undefined => within(widget, '.name')?.textContent?.trim();

describe('<indigenius-widget> with a hostile config', () => {
  // Each part has its own time.
  const PARTS = [1, 2, 3, 4, 5, 6, 7];
  it.each(PARTS)('as its property, part %d: runs nothing, loads nothing, keeps its shape', PATIENCE, async () => {
    const widget = await show('watched-widget');
    await withstands(
      anything,
      runs(1_000),
      async (object) => {
        await drawn(widget, () => (widget.config = object));
        expectWhole(widget);
      },
      async (call_to_action) => {
        await drawn(widget, () => (widget.config = { call_to_action }));
        return title(widget);
      },
    );
  });

  it.each([
    undefined,
    null,
    0,
    -1,
    Number.NaN,
    '',
    '{}',
    true,
    Symbol('hostile'),
    7n,
    () => hostile(),
    new Date(Number.NaN),
  ])('as its property, where it is no object at all: %s', async (value) => {
    const widget = await show('watched-widget');
    await drawn(widget, () => (widget.config = value));
    expectWhole(widget);
    await drawn(widget, () => (widget.config = { call_to_action: 'Sound' }));
    await vi.waitFor(() => expect(title(widget)).toBe('Sound'));
  });

  it('as an object that throws when it is looked at: says that it failed', async () => {
    const widget = await show('watched-widget');
    const looked = (): never => {
      throw new Error('looked at');
    };
    const trap = new Proxy({}, { getOwnPropertyDescriptor: looked, get: looked, ownKeys: looked, has: looked });
    widget.config = trap;
    await vi.waitFor(() => expect(within(widget, '[part=status]')!.textContent).not.toContain(en.ready[0]));
    expectWhole(widget);
    widget.config = { call_to_action: 'Sound' };
    await vi.waitFor(() => expect(title(widget)).toBe('Sound'));
  });

  it('as a JSON script inside the tag: the same', PATIENCE, async () => {
    const widget = await show('watched-widget');
    const child = document.createElement('script');
    child.type = 'application/json';
    widget.append(child);
    // The element reads what is inside when it loads: when its widget-id changes, say.
    const inside = (json: string) => (): void => {
      child.textContent = json;
      widget.config = null;
      widget.widgetId = `${widget.drawn}${Math.random()}`;
    };
    vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(Response.json({}, { status: 404 })));
    await withstands(
      json,
      runs(1_000),
      async (text) => {
        await drawn(widget, inside(text));
        expectWhole(widget);
      },
      async (call_to_action) => {
        await drawn(widget, inside(JSON.stringify({ call_to_action })));
        return title(widget);
      },
    );
  });

  it("as the proxy's answer, of any status, for any widget-id: the same", PATIENCE, async () => {
    const widget = await show('watched-widget');
    let answer: () => Response;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
      const { origin, pathname, search, hash } = new URL(String(input), document.baseURI);
      const [, base, kind, id, ...rest] = pathname.split('/');
      if (origin !== location.origin || base !== 'indigenius' || kind !== 'widgets' || !id || rest.length > 0) {
        note(`asked for ${String(input)}`);
      }
      if (search || hash) note(`asked with ${search}${hash}`);
      return answer();
    });
    const answered = (widgetId: string, next: () => Response) => (): void => {
      answer = next;
      widget.config = null;
      widget.widgetId = '';
      widget.widgetId = widgetId;
      // The same id twice is nothing new to load.
      widget.proxyUrl = widget.proxyUrl === '/indigenius' ? '/indigenius/' : '/indigenius';
    };
    const ids = fc.oneof(fc.constantFrom('w1', '../../hostile', 'a/b', '?hostile=1', '#', '%2e%2e%2f', ' '), text);
    await withstands(
      fc.tuple(json, fc.constantFrom('widget', 'data', 'error', null), fc.constantFrom(200, 201, 403, 404, 503), ids),
      runs(1_000),
      async ([body, wrap, status, id]) => {
        const whole = wrap === null ? body : `{"${wrap}":${body},"gateway_origin":${body}}`;
        const headers = { 'content-type': 'application/json', 'retry-after': '1e9' };
        await drawn(
          widget,
          answered(id || 'w1', () => new Response(whole, { status, headers })),
        );
        expectWhole(widget);
      },
      async (call_to_action) => {
        const widgetObject = { id: 'w1', status: 'active', call_to_action };
        await drawn(
          widget,
          answered('w1', () => Response.json({ widget: widgetObject, gateway_origin: null })),
        );
        return title(widget);
      },
    );
  });
});

describe('<indigenius-widget> in a call with a hostile config', () => {
  it('shows it beside captions that mean harm as well', PATIENCE, async () => {
    const widget = (await show('watched-call')) as WatchedCall;
    widget.script.tell(...live());
    let id = 0;
    await withstands(
      fc.tuple(anything, text, fc.constantFrom('user', 'assistant'), fc.boolean()),
      runs(1_000),
      async ([object, said, role, final]) => {
        await drawn(widget, () => {
          widget.config = object;
          // A visitor who has spoken gets no suggestions: most of the time there are some to be drawn.
          widget.script.ontranscript?.({
            id: `${id % 3}`,
            role: (id += 1) % 100 < 50 ? 'assistant' : role,
            text: said,
            final,
          });
        });
        expectWhole(widget);
      },
      async (end_call_button) => {
        await drawn(widget, () => (widget.config = { end_call_button }));
        return within(widget, '[part=end-button]')?.textContent?.trim();
      },
    );
  });

  it('shows terms as they are, and an assistant by whatever name', PATIENCE, async () => {
    const widget = (await show('watched-call')) as WatchedCall;
    const tell = async (...facts: Parameters<typeof widget.script.tell>): Promise<void> => {
      widget.script.tell(...facts);
      await widget.updateComplete;
    };
    await withstands(
      words,
      runs(500),
      async (written) => {
        await tell({ type: 'terms_shown', terms: written });
        expectWhole(widget);
        await tell({ type: 'terms_declined' });
        const [started, created] = live();
        const ready = { type: 'ready', assistantId: written, assistantName: written, mode: 'voice', atMs: 0 } as const;
        await tell(started!, created!, ready);
        expectWhole(widget);
        await tell({ type: 'ended', reason: 'error', error: new CallError('full', written), atMs: 0 });
        expectWhole(widget);
      },
      async (terms) => {
        await tell({ type: 'terms_shown', terms });
        const shown = within(widget, '.terms')?.textContent?.trim();
        await tell({ type: 'terms_declined' });
        return shown;
      },
    );
  });
});
