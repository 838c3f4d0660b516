/** The ways in which an element comes to a page, moves about in it and leaves it. */

import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { page } from 'vitest/browser';
import { DEFAULT_CONFIG } from '../../../src/config/widget-config.ts';
import { live, ScriptedWidget } from './scripted-call.ts';

const problems: string[] = [];
addEventListener('error', ({ message }) => problems.push(message));
addEventListener('unhandledrejection', ({ reason }) => problems.push(String(reason)));

beforeEach(() => {
  problems.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...what) => problems.push(what.join(' ')));
});
afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  expect(problems).toEqual([]);
});

function make(tag = 'scripted-widget'): ScriptedWidget {
  const widget = document.createElement(tag) as ScriptedWidget;
  widget.setAttribute('widget-id', 'widget-1');
  widget.setAttribute('display-mode', 'card');
  return widget;
}

const part = (widget: Element, name: string): HTMLElement | null =>
  widget.shadowRoot?.querySelector<HTMLElement>(`[part~=${name}]`) ?? null;
const title = (widget: Element): string | undefined => widget.shadowRoot?.querySelector('.name')?.textContent.trim();
const starts = (widget: Element): Promise<unknown> =>
  vi.waitUntil(() => part(widget, 'start-button')?.textContent.includes('Start call'));

async function calling(widget: ScriptedWidget): Promise<void> {
  widget.dispatchEvent(new Event('pointerenter'));
  await vi.waitUntil(() => widget.script);
  widget.script.tell(...live());
  await vi.waitUntil(() => part(widget, 'end-button'));
}

async function show(widget = make(), place: Node = document.body): Promise<ScriptedWidget> {
  place.appendChild(widget);
  await starts(widget);
  return widget;
}

let tags = 0;
/** A name that nobody has defined yet. */
const unknownTag = (): string => `late-widget-${(tags += 1)}`;
function define(tag: string): void {
  customElements.define(tag, class extends ScriptedWidget {});
}

describe('two widgets of one page', () => {
  it('have each their own config, call and words', async () => {
    const [one, two] = [make(), make()];
    one.answer = { ...DEFAULT_CONFIG, texts: { ...DEFAULT_CONFIG.texts, title: 'Sales' } };
    two.answer = { ...DEFAULT_CONFIG, texts: { ...DEFAULT_CONFIG.texts, title: 'Support' } };
    await Promise.all([show(one), show(two)]);
    expect([title(one), title(two)]).toEqual(['Sales', 'Support']);
    await calling(one);
    expect(part(two, 'start-button')).not.toBeNull();
    expect(two.matches(':state(live)')).toBe(false);
    one.remove();
    await vi.waitUntil(() => one.script.asked.at(-1) === 'end page');
    expect(title(two)).toBe('Support');
  });
});

describe('an element that is defined late', () => {
  it('takes what the page wrote and set before: attributes, properties, children', async () => {
    const tag = unknownTag();
    document.body.innerHTML = `<${tag} widget-id="w" display-mode="card" end-call-button="Hang up"><a href="tel:+15550100">Call us</a></${tag}>`;
    const widget = document.body.firstElementChild as ScriptedWidget;
    widget.config = { call_to_action: 'Talk to Sales' };
    widget.proxyUrl = '/elsewhere';
    define(tag);
    expect(widget).toBeInstanceOf(ScriptedWidget);
    await widget.updateComplete;
    expect([widget.widgetId, widget.proxyUrl]).toEqual(['w', '/elsewhere']);
    await starts(widget);
    expect(title(widget)).toBe('Talk to Sales');
    expect(widget.loads).toBe(0);
    await calling(widget);
    expect(part(widget, 'end-button')!.textContent.trim()).toBe('Hang up');
  });

  it('goes on listening to the properties that were set before', async () => {
    const tag = unknownTag();
    const widget = document.createElement(tag) as ScriptedWidget;
    widget.config = { call_to_action: 'Before' };
    widget.widgetId = 'before';
    document.body.append(widget);
    define(tag);
    await vi.waitUntil(() => title(widget) === 'Before');
    widget.config = { call_to_action: 'After' };
    await vi.waitUntil(() => title(widget) === 'After');
    widget.config = null;
    widget.widgetId = 'after';
    await vi.waitUntil(() => widget.loads > 0);
  });

  it('shows its children until then', async () => {
    const tag = unknownTag();
    document.body.innerHTML = `<${tag} widget-id="w" display-mode="card"><a href="tel:+15550100">Call us</a></${tag}>`;
    const link = page.getByRole('link', { name: 'Call us' });
    await expect.element(link).toBeVisible();
    define(tag);
    await starts(document.body.firstElementChild!);
    expect(link.query()?.checkVisibility() ?? false).toBe(false);
  });
});

describe('an element that is defined twice', () => {
  it('stays what it was, and a second copy of its code does no harm', async () => {
    const define = new URL('../../../src/define.ts', import.meta.url).href;
    await import(/* @vite-ignore */ define);
    const first = customElements.get('indigenius-widget');
    document.body.innerHTML = '<indigenius-widget widget-id="w" display-mode="card"></indigenius-widget>';
    const widget = document.body.firstElementChild as ScriptedWidget;
    widget.config = { call_to_action: 'Sales' };
    await import(/* @vite-ignore */ `${define}?copy`);
    const copy = new URL('../../../src/widget/widget.ts?copy', import.meta.url).href;
    const { IndigeniusWidget: Copy } = (await import(/* @vite-ignore */ copy)) as { IndigeniusWidget: unknown };
    expect(Copy).not.toBe(first);
    expect(customElements.get('indigenius-widget')).toBe(first);
    await vi.waitUntil(() => title(widget) === 'Sales');
    // Whoever has a copy may give it a name of its own: each is a whole widget.
    const tag = unknownTag();
    customElements.define(tag, Copy as CustomElementConstructor);
    const other = document.body.appendChild(document.createElement(tag)) as ScriptedWidget;
    other.setAttribute('display-mode', 'card');
    other.config = { call_to_action: 'Support' };
    await vi.waitUntil(() => title(other) === 'Support');
    expect(title(widget)).toBe('Sales');
  });
});

describe('an element that is moved', () => {
  it.each<[string, (widget: ScriptedWidget, place: HTMLElement) => void]>([
    ['by append', (widget, place) => place.append(widget)],
    ['by being wrapped', (widget, place) => widget.replaceWith(place) ?? place.append(widget)],
    ['there and back', (widget, place) => place.append(widget) ?? document.body.prepend(widget)],
  ])('%s before, while and after it loads: loads once and calls as ever', async (_, move) => {
    for (const whenLoaded of [false, true]) {
      document.body.replaceChildren();
      const widget = make();
      document.body.append(widget);
      const place = document.createElement('div');
      if (whenLoaded) await starts(widget);
      document.body.append(place);
      move(widget, place);
      document.body.append(place);
      await starts(widget);
      await calling(widget);
      move(widget, document.body.appendChild(document.createElement('div')));
      await Promise.resolve();
      await widget.updateComplete;
      expect(widget.script.state.name).toBe(widget.isConnected ? 'live' : 'ended');
    }
  });

  it('is away for a while, in a call: that has ended, and another can be had', async () => {
    const widget = await show();
    await calling(widget);
    widget.remove();
    await vi.waitUntil(() => widget.script.state.name === 'ended');
    document.body.append(widget);
    await vi.waitUntil(() => part(widget, 'start-button'));
    await calling(widget);
    expect(part(widget, 'end-button')).not.toBeNull();
  });

  it.each(['innerHTML', 'replaceChildren', 'remove()'] as const)('is swept away in a call by %s', async (how) => {
    const widget = await show();
    const heard: unknown[] = [];
    widget.addEventListener('indigenius-call-end', ({ detail }) => heard.push(detail.reason));
    await calling(widget);
    if (how === 'innerHTML') document.body.innerHTML = '';
    else if (how === 'replaceChildren') document.body.replaceChildren();
    else widget.remove();
    await vi.waitUntil(() => heard.length > 0);
    expect(heard).toEqual(['page']);
    expect(widget.script.asked.at(-1)).toBe('end page');
  });

  it('once gone is not heard by the page any more, nor the page by it', async () => {
    const { documentElement } = document;
    const { lang } = documentElement;
    onTestFinished(() => void (documentElement.lang = lang));
    const widget = await show();
    widget.remove();
    await Promise.resolve();
    await widget.updateComplete;
    const updates = vi.spyOn(widget, 'requestUpdate');
    documentElement.lang = 'de';
    widget.setAttribute('position', 'top-left');
    await Promise.resolve();
    expect(updates).not.toHaveBeenCalled();
    document.body.append(widget);
    await vi.waitUntil(() => part(widget, 'card')?.lang === 'de');
    documentElement.lang = 'fr';
    await vi.waitUntil(() => part(widget, 'card')?.lang === 'fr');
  });
});

describe('an element in a shadow root of the page', () => {
  it('speaks the language of what is around, and is heard outside', async () => {
    const outer = document.createElement('div');
    outer.lang = 'de';
    document.body.append(outer);
    const root = outer.attachShadow({ mode: 'open' });
    const heard: string[] = [];
    document.body.addEventListener('indigenius-state', ({ detail }) => heard.push(detail.state), { once: true });
    const widget = make();
    root.append(widget);
    await vi.waitUntil(() => part(widget, 'card')?.lang === 'de');
    expect(part(widget, 'start-button')!.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
    await calling(widget);
    expect(heard).toEqual(['starting']);
  });
});

describe('an element that is copied', () => {
  it.each<[string, (widget: ScriptedWidget) => ScriptedWidget]>([
    ['cloneNode', (widget) => widget.cloneNode(true) as ScriptedWidget],
    ['importNode', (widget) => document.importNode(widget, true)],
    [
      'innerHTML',
      (widget) => {
        const place = document.createElement('div');
        place.innerHTML = widget.outerHTML;
        return place.firstElementChild as ScriptedWidget;
      },
    ],
  ])('by %s in a call: is another widget, ready to call', async (_, copy) => {
    const widget = await show();
    await calling(widget);
    const other = copy(widget);
    await show(other);
    expect(other.widgetId).toBe('widget-1');
    expect(other.matches(':state(live)')).toBe(false);
    expect(part(widget, 'end-button')).not.toBeNull();
  });

  it('does nothing inside a <template>, and comes to life out of it', async () => {
    const template = document.createElement('template');
    template.innerHTML = '<scripted-widget widget-id="w" display-mode="card"></scripted-widget>';
    document.body.append(template);
    const inert = template.content.firstElementChild!;
    expect(inert).not.toBeInstanceOf(ScriptedWidget);
    const widget = document.importNode(template.content, true).firstElementChild as ScriptedWidget;
    expect(widget).toBeInstanceOf(ScriptedWidget);
    expect(widget.loads).toBe(0);
    await show(widget);
  });
});

describe('an element that is not shown', () => {
  it('loads, and is whole when it is', async () => {
    const widget = make();
    widget.style.display = 'none';
    document.body.append(widget);
    await starts(widget);
    widget.style.display = '';
    expect(part(widget, 'card')!.offsetHeight).toBe(480);
    await calling(widget);
    widget.style.display = 'none';
    await widget.updateComplete;
    expect(widget.script.state.name).toBe('live');
  });
});
describe('an element in another document', () => {
  async function frame(): Promise<Document> {
    const element = document.createElement('iframe');
    document.body.append(element);
    return element.contentDocument!;
  }
  const styled = (widget: Element): boolean =>
    getComputedStyle(part(widget, 'card')!).display === 'flex' && part(widget, 'card')!.offsetHeight === 480;

  it('keeps its look, its theme, and its way to a call', async () => {
    const widget = make();
    widget.answer = {
      ...DEFAULT_CONFIG,
      palettes: { ...DEFAULT_CONFIG.palettes, light: { ...DEFAULT_CONFIG.palettes.light, button: '#663399' } },
    };
    await show(widget);
    const there = await frame();
    there.body.append(widget);
    expect(widget.ownerDocument).toBe(there);
    await vi.waitUntil(() => styled(widget));
    expect(getComputedStyle(part(widget, 'start-button')!).backgroundColor).toBe('rgb(102, 51, 153)');
    await calling(widget);
    await vi.waitUntil(() => styled(widget));
    document.body.append(widget);
    await vi.waitUntil(() => styled(widget));
    expect(getComputedStyle(part(widget, 'card')!).backgroundColor).toBe('rgb(255, 255, 255)');
  });

  it('ends its call where the document goes away', async () => {
    const widget = await show();
    const there = await frame();
    there.body.append(widget);
    await widget.updateComplete;
    await calling(widget);
    document.querySelector('iframe')!.remove();
    widget.remove();
    await vi.waitUntil(() => widget.script.state.name === 'ended');
    expect(widget.script.asked.at(-1)).toBe('end page');
  });

  it('is made there from the start, by a page that reaches into it', async () => {
    const there = await frame();
    const widget = make();
    there.body.append(widget);
    await starts(widget);
    await vi.waitUntil(() => styled(widget));
  });
});

describe('an element whose page is still being written', () => {
  it('reads the JSON inside the tag, which comes after it', async () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const there = frame.contentDocument!;
    const define = new URL('../../../src/define.ts', import.meta.url).href;
    const errors: unknown[] = [];
    there.open();
    // Served to tests, dynamic imports go through what the runner has put there.
    const RUNNER = '__vitest_browser_runner__';
    Reflect.set(frame.contentWindow!, RUNNER, Reflect.get(globalThis, RUNNER));
    there.write(`<!doctype html><script>globalThis.defined = import(${JSON.stringify(define)})</script>`);
    await (frame.contentWindow as unknown as { defined: Promise<unknown> }).defined;
    there.addEventListener('indigenius-error', (event) => errors.push(event));
    there.write('<indigenius-widget display-mode="card">');
    const widget = there.querySelector('indigenius-widget')!;
    await widget.updateComplete;
    there.write('<script type="application/json">{"call_to_action": "Talk to Sales"}</script></indigenius-widget>');
    there.close();
    await starts(widget);
    expect(title(widget)).toBe('Talk to Sales');
    expect(errors).toEqual([]);
  });
});

describe('an element that says it is a card', () => {
  it('is one at once, and fetches nothing that floats', async () => {
    const widget = make();
    widget.answer = null;
    document.body.append(widget);
    await widget.updateComplete;
    expect(part(widget, 'card')?.getAttribute('aria-busy')).toBe('true');
  });
});
