import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands, page, userEvent } from 'vitest/browser';
import { CALL_ERROR_REASONS, CallError } from '../../../src/call/errors.ts';
import type { CallFact } from '../../../src/call/machine.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { DEFAULT_CONFIG, type WidgetConfig } from '../../../src/config/widget-config.ts';
import type { CallErrorEvent } from '../../../src/widget/error-event.ts';
import { en } from '../../../src/widget/text/en.ts';
import { live, type ScriptedWidget } from './scripted-call.ts';
import { settled } from './settled.ts';

const EVENTS = [
  'indigenius-state',
  'indigenius-call-start',
  'indigenius-call-progress',
  'indigenius-call-connect',
  'indigenius-transcript',
  'indigenius-error',
  'indigenius-call-end',
] as const;

async function show(answer: ScriptedWidget['answer'] = { ...DEFAULT_CONFIG }, widthPx = 360): Promise<ScriptedWidget> {
  const widget = document.createElement('scripted-widget') as ScriptedWidget;
  widget.answer = answer;
  widget.widgetId = 'widget-1';
  widget.style.inlineSize = `${widthPx}px`;
  widget.style.minBlockSize = '480px'; // the room that a page keeps
  widget.innerHTML = '<a href="tel:+15550100">Call us</a>';
  document.body.append(widget);
  await settled(widget);
  widget.dispatchEvent(new Event('pointerenter')); // the first sign of interest creates the call
  await settled(widget);
  return widget;
}

async function tell(widget: ScriptedWidget, ...facts: CallFact[]): Promise<void> {
  widget.script.tell(...facts);
  await settled(widget);
}

const part = (widget: ScriptedWidget, name: string) => widget.shadowRoot!.querySelector<HTMLElement>(`[part~=${name}]`);
const words = (widget: ScriptedWidget, name: string) => part(widget, name)?.innerText.replace(/\s+/g, ' ').trim() ?? '';
const said = (widget: ScriptedWidget) => widget.shadowRoot!.querySelector('[role=status]')!.textContent;
const failure = (error: CallError): CallFact[] => [
  { type: 'started', stage: 'preparing' },
  { type: 'ended', reason: 'error', error, atMs: performance.now() },
];

/** Each event of a widget as the docs name it, with the state in parentheses. */
function record(target: EventTarget): string[] {
  const heard: string[] = [];
  for (const type of EVENTS) {
    target.addEventListener(type, (event) => {
      const { state } = (event as CustomEvent<{ state?: string }>).detail;
      heard.push(state ? `${type} (${state})` : type);
    });
  }
  return heard;
}

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

const withTerms: WidgetConfig = { ...DEFAULT_CONFIG, terms: 'We record the call.' };
const now = () => performance.now();
const STATES: [name: string, config: ScriptedWidget['answer'], facts: () => CallFact[], title: string][] = [
  ['loading', null, () => [], 'Loading'],
  ['ready', DEFAULT_CONFIG, () => [], 'Ready when you are'],
  ['paused', { ...DEFAULT_CONFIG, availability: 'paused' }, () => [], 'Taking a break'],
  ['draft', { ...DEFAULT_CONFIG, availability: 'draft' }, () => [], 'Not ready yet'],
  ['a config that failed', new CallError('widget-unknown', 'x'), () => [], 'Nobody is here to answer'],
  ['terms', withTerms, () => [{ type: 'terms_shown', terms: 'We record the call.' }], 'Before we talk'],
  ['a wanted click', DEFAULT_CONFIG, () => [{ type: 'started', stage: 'gesture' }], 'One press to go'],
  ['the microphone', DEFAULT_CONFIG, () => [{ type: 'started', stage: 'microphone' }], 'Allow the microphone'],
  ['listening', DEFAULT_CONFIG, () => live(), 'Listening 0:00'],
  ['thinking', DEFAULT_CONFIG, () => [...live(), { type: 'turn', turn: 'thinking' }], 'Thinking 0:00'],
  ['speaking', DEFAULT_CONFIG, () => [...live(), { type: 'turn', turn: 'speaking' }], 'Speaking 0:00'],
  ['muted', DEFAULT_CONFIG, () => [...live(), { type: 'muted', muted: true }], 'You are muted 0:00'],
  [
    'a warning',
    DEFAULT_CONFIG,
    () => [...live(), { type: 'warned', code: 'silence', atMs: now() + 9_500 }],
    'Still there? Ends in 10 seconds.',
  ],
  [
    'the end',
    DEFAULT_CONFIG,
    () => [...live(now() - 61_000), { type: 'ended', reason: 'assistant', atMs: now() }],
    'The assistant hung up 1:01',
  ],
  ...CALL_ERROR_REASONS.map((reason): (typeof STATES)[number] => [
    `the failure ${reason}`,
    DEFAULT_CONFIG,
    () => failure(new CallError(reason, 'x')),
    en.errors[reason][0],
  ]),
];

describe('<indigenius-widget> in each state', () => {
  it('keeps the line below the state in its place, whatever its words', async () => {
    const widget = await show();
    const line = (): [left: number, width: number, words: string] => {
      const { left, width } = part(widget, 'help')!.getBoundingClientRect();
      return [left, width, words(widget, 'help')];
    };
    const [left, width, before] = line();
    await tell(widget, ...live(now() - 61_000), { type: 'ended', reason: 'visitor', atMs: now() });
    expect(line()).toEqual([left, width, expect.not.stringMatching(before)]);
  });

  it.each(STATES)(
    'shows %s in its own words, at one height, inside its edges at 320 px',
    async (_, config, facts, title) => {
      // What counts the seconds stands still, however long the rest takes.
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      const widget = await show(config, 320);
      await tell(widget, ...facts());
      expect(words(widget, 'status')).toBe(title);
      const card = part(widget, 'card')!.getBoundingClientRect();
      expect([card.width, card.height]).toEqual([320, 480]);
      for (const button of widget.shadowRoot!.querySelectorAll('button')) {
        const box = button.getBoundingClientRect();
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
        expect(box.left).toBeGreaterThanOrEqual(card.left);
        expect(box.right).toBeLessThanOrEqual(card.right);
        expect(box.bottom).toBeLessThanOrEqual(card.bottom);
        expect(button.getAttribute('aria-label') ?? button.innerText).toMatch(/\S/);
      }
      expect(part(widget, 'card')!.scrollWidth).toBeLessThanOrEqual(320);
    },
  );

  it('stays inside its edges with the longest words an owner may write', async () => {
    const long = 'Donaudampfschifffahrtsgesellschaftskapitän '.repeat(4);
    const widget = await show(
      readConfig({ call_to_action: long, start_call_button: long, end_call_button: long }),
      320,
    );
    await tell(widget, ...live());
    const card = part(widget, 'card')!.getBoundingClientRect();
    expect(card.height).toBe(480);
    expect(part(widget, 'end-button')!.getBoundingClientRect().right).toBeLessThanOrEqual(card.right);
    expect(part(widget, 'end-button')!.getBoundingClientRect().bottom).toBeLessThanOrEqual(card.bottom);
  });

  it("offers the page's own content where no call is possible", async () => {
    const widget = await show(new CallError('widget-unknown', 'x'));
    await expect.element(page.getByRole('link', { name: 'Call us' })).toBeVisible();
    widget.remove();
    await show();
    expect(page.getByRole('link', { name: 'Call us' }).query()?.checkVisibility() ?? false).toBe(false);
  });

  it('mentions a wait after 400 ms, and explains it after 2 s', async () => {
    const widget = await show();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const seen: string[] = [];
    widget.script.tell({ type: 'started', stage: 'preparing' });
    for (const ms of [399, 1, 1_599, 1]) {
      vi.advanceTimersByTime(ms);
      await settled(widget);
      seen.push(`${words(widget, 'status')} ${words(widget, 'help')}`.trim());
    }
    expect(seen).toEqual(['', 'Connecting…', 'Connecting…', 'Connecting… Preparing the call']);
  });
});

describe('<indigenius-widget> and its visitor', () => {
  it('starts, mutes and ends a call by its buttons', async () => {
    const widget = await show();
    await userEvent.click(page.getByRole('button', { name: 'Start call' }));
    expect(widget.script.asked).toContain('start');
    await tell(widget, ...live().slice(1));
    await userEvent.click(page.getByRole('button', { name: 'Mute microphone' }));
    await expect.element(page.getByRole('button', { name: 'Mute microphone', pressed: true })).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Mute microphone' }));
    await userEvent.click(page.getByRole('button', { name: 'End call' }));
    expect(widget.script.asked.filter((what) => what !== 'levels' && what !== 'prepare')).toEqual([
      'start',
      'mute true',
      'mute false',
      'end visitor',
    ]);
  });

  it('does not end a call by the second half of a double click', async () => {
    const widget = await show();
    await userEvent.dblClick(page.getByRole('button', { name: 'Start call' }));
    expect(widget.script.asked).not.toContain('end visitor');
    expect(widget.script.state.name).toBe('starting');
  });

  it('keeps the keyboard on the primary button from start to end', async () => {
    const widget = await show(withTerms);
    part(widget, 'start-button')!.focus();
    await userEvent.keyboard('{Enter}');
    await settled(widget);
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    expect(widget.shadowRoot!.activeElement).toBe(part(widget, 'decline-button'));
    await userEvent.keyboard('{Enter}');
    await settled(widget);
    expect(widget.shadowRoot!.activeElement).toBe(part(widget, 'start-button'));
    await tell(widget, ...live());
    expect(widget.shadowRoot!.activeElement).toBe(part(widget, 'end-button'));
  });

  it('shows the latest words of each line, lighter while they may change', async () => {
    const widget = await show();
    await tell(widget, ...live());
    widget.script.ontranscript?.({ id: '1', role: 'assistant', text: 'Hello', final: true });
    widget.script.ontranscript?.({ id: '2', role: 'user', text: 'What is', final: false });
    await settled(widget);
    expect(words(widget, 'transcript')).toBe('Assistant Hello You What is');
    expect(widget.shadowRoot!.querySelector('.interim')?.textContent).toBe('What is');
    widget.script.ontranscript?.({ id: '2', role: 'user', text: 'What is on the menu?', final: true });
    await settled(widget);
    expect(words(widget, 'transcript')).toBe('Assistant Hello You What is on the menu?');
    // Interrupted before a word of it was heard.
    widget.script.ontranscript?.({ id: '1', role: 'assistant', text: '', final: true });
    await settled(widget);
    expect(words(widget, 'transcript')).toBe('You What is on the menu?');
    expect(widget.shadowRoot!.querySelector('.interim')).toBeNull();
  });

  it('keeps the newest caption in sight, and lets the keyboard scroll to the others', async () => {
    const widget = await show();
    await tell(widget, ...live());
    for (let id = 0; id < 30; id += 1) {
      widget.script.ontranscript?.({ id: `${id}`, role: 'user', text: `Line ${id}`, final: true });
    }
    await settled(widget);
    const transcript = part(widget, 'transcript')!;
    const last = transcript.querySelector('.line:last-child')!.getBoundingClientRect();
    expect(last.bottom).toBeLessThanOrEqual(transcript.getBoundingClientRect().bottom + 1);
    expect(transcript.scrollHeight).toBeGreaterThan(transcript.clientHeight);
    expect(transcript.tabIndex).toBe(0);
  });

  it('tells a screen reader each state and each final caption once', async () => {
    const widget = await show();
    const heard: string[] = [];
    const status = widget.shadowRoot!.querySelector('[role=status]')!;
    new MutationObserver(() => heard.push(said(widget))).observe(status, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    await tell(widget, ...live(now() - 1_000)); // A call that lasts no time counts as one that was cancelled.
    await tell(widget, { type: 'turn', turn: 'speaking' });
    const line = { id: '1', role: 'assistant', text: 'Hello, this is Northwind.', final: true } as const;
    for (const next of [{ ...line, text: 'Hello', final: false }, line, { ...line, text: 'Hello, this' }]) {
      widget.script.ontranscript?.(next);
      await settled(widget);
    }
    await tell(widget, { type: 'turn', turn: 'listening' });
    await tell(widget, { type: 'ended', reason: 'visitor', atMs: now() });
    expect(heard).toEqual([
      'You are connected',
      'Assistant: Hello, this is Northwind.',
      'Call ended. Thank you for calling.',
    ]);
  });

  it('moves its level by what is heard while live, and stands still otherwise', async () => {
    const widget = await show();
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let at = 0; at < 5; at += 1) await frame();
    expect(widget.script.asked).not.toContain('levels');
    widget.script.level = { visitor: 0, assistant: 0.8 };
    await tell(widget, ...live());
    const bars = [...widget.shadowRoot!.querySelectorAll('i')];
    await vi.waitFor(() => expect(bars[11]!.style.transform).toBe('scaleY(0.8)'));
    expect(bars[10]!.style.transform).toBe('scaleY(0.1)');
    await tell(widget, { type: 'ended', reason: 'visitor', atMs: now() });
    const polls = widget.script.asked.length;
    for (let at = 0; at < 10; at += 1) await frame();
    expect(widget.script.asked).toHaveLength(polls);
    expect(bars.every((bar) => bar.style.transform === '')).toBe(true);
  });

  it('asks for the level at most 20 times a second', async () => {
    const widget = await show();
    const polls = () => widget.script.asked.filter((what) => what === 'levels').length;
    const since = now(); // From the first one on: they begin before all of the card is drawn.
    await tell(widget, ...live());
    await vi.waitFor(() => expect(polls()).toBeGreaterThan(6));
    expect(polls()).toBeLessThanOrEqual((now() - since) / 50 + 2);
  });

  it('asks for a click when a call wants one, and gives it synchronously', async () => {
    const widget = await show();
    await tell(widget, { type: 'started', stage: 'gesture' });
    await userEvent.click(page.getByRole('button', { name: 'Press to start the call' }));
    expect(widget.script.asked).toContain('gesture true');
  });

  it('prepares a call at every sign of interest', async () => {
    const widget = await show();
    for (const event of [new Event('touchstart'), new Event('pointerenter'), new FocusEvent('focusin')]) {
      // The pointer of another test may lie over the card, and is a sign as well.
      const before = widget.script.asked.length;
      widget.dispatchEvent(event);
      await settled(widget);
      expect(widget.script.asked.length).toBeGreaterThan(before);
    }
    expect(new Set(widget.script.asked)).toEqual(new Set(['prepare']));
  });

  it('calls the widget that the page has named just before, with its terms', async () => {
    const widget = await show();
    widget.widgetId = 'widget-2';
    widget.answer = withTerms;
    widget.startCall().catch(() => {});
    await settled(widget);
    expect(widget.script.settings).toMatchObject({ widgetId: 'widget-2', config: { terms: 'We record the call.' } });
  });

  it('takes a key that is held down for one press', async () => {
    const widget = await show();
    part(widget, 'start-button')!.focus();
    await userEvent.keyboard('{Enter>5}');
    await settled(widget);
    expect(widget.script.asked.filter((asked) => asked !== 'prepare')).toEqual(['start']);
    await userEvent.keyboard('{/Enter}');
    expect(part(widget, 'end-button')).not.toBeNull();
  });

  it('is told everything that the page has said before its code was here, in order', async () => {
    const widget = document.createElement('scripted-widget') as ScriptedWidget;
    widget.answer = { ...DEFAULT_CONFIG };
    widget.widgetId = 'widget-1';
    document.body.append(widget);
    for (const message of ['one', 'two']) widget.sendMessage(message).catch(() => {});
    await settled(widget);
    expect(widget.script.asked.filter((asked) => asked.startsWith('start'))).toEqual(['start one', 'start two']);
  });
});

describe('<indigenius-widget> and its owner', () => {
  it('passes on what is measured of a call, and a wish for silence', async () => {
    const cold = document.createElement('scripted-widget') as ScriptedWidget;
    expect(await cold.getStats()).toBeNull();
    cold.interruptCall();
    const widget = await show();
    expect(await widget.getStats()).toBeNull();
    await tell(widget, ...live());
    expect(await widget.getStats()).toEqual({ quality: 4.4 });
    widget.interruptCall();
    expect(widget.script.asked).toContain('interrupt');
  });

  it('gives a call what the attributes say when it starts', async () => {
    const widget = await show();
    widget.setAttribute('echo-cancellation', 'off');
    widget.setAttribute('frame-ms', '10');
    widget.lang = 'de';
    void widget.startCall().catch(() => {});
    await settled(widget);
    expect(widget.script.settings).toMatchObject({
      widgetId: 'widget-1',
      proxyUrl: '/indigenius',
      assetBase: null,
      language: 'de',
      audio: { echoCancellation: false, frameMs: 10 },
    });
  });

  it('names the provider letter for letter', async () => {
    const widget = await show({ ...DEFAULT_CONFIG, provider: "$& Sons, $'s" });
    expect(words(widget, 'notice')).toBe("Powered by $& Sons, $'s");
  });
});

describe('<indigenius-widget> that nobody can call', () => {
  it('makes nothing ready', async () => {
    const widget = await show({ ...DEFAULT_CONFIG, availability: 'paused' });
    expect(widget.script.asked).toEqual([]);
  });
});

describe('<indigenius-widget> and terms', () => {
  it('lets no call start before they are accepted, whoever starts it', async () => {
    const widget = await show(withTerms);
    const heard = record(widget);
    const refused = widget.startCall().catch((error: unknown) => error);
    await settled(widget);
    expect(words(widget, 'terms')).toBe('We record the call.');
    expect(part(widget, 'end-button')).toBeNull();
    await userEvent.click(page.getByRole('button', { name: 'Not now' }));
    expect(await refused).toMatchObject({ reason: 'terms-declined' });
    expect(heard).toEqual(['indigenius-state (consent)', 'indigenius-state (idle)']);
    await userEvent.click(page.getByRole('button', { name: 'Start call' }));
    await userEvent.click(page.getByRole('button', { name: 'Agree and start' }));
    expect(widget.script.asked.slice(-2)).toEqual(['start', 'accept true']);
  });

  it('puts what an owner wrote on the page as text, never as markup', async () => {
    const nasty = '<img src=x onerror="document.title=1"> & more';
    const widget = await show({ ...withTerms, terms: nasty, texts: { ...DEFAULT_CONFIG.texts, title: nasty } });
    await tell(widget, { type: 'terms_shown', terms: nasty });
    expect(words(widget, 'terms')).toBe(nasty);
    expect(widget.shadowRoot!.querySelector('img')).toBeNull();
  });
});

describe('<indigenius-widget> and its page', () => {
  it("fires a call's events in the order of docs/events.md", async () => {
    const docs = await commands.readFile('docs/events.md');
    const [, order] = docs.split('\n## ');
    const table = [...order!.matchAll(/^\| `([\w-]+)`(?: \(`(\w+)`\))?/gm)].map(([, event, state]) =>
      state ? `${event} (${state})` : event!,
    );
    expect(table).toHaveLength(10);

    const widget = await show();
    const heard = record(document);
    const [started, ...rest] = live();
    await tell(widget, started!);
    widget.script.onprogress?.({ stage: 'code', ms: 1 });
    await tell(widget, ...rest);
    widget.script.ontranscript?.({ id: '1', role: 'user', text: 'Hi', final: false });
    const error = new CallError('connection-lost', 'x');
    await tell(widget, { type: 'ended', reason: 'error', error, atMs: now() });
    expect(heard).toEqual(table);

    heard.length = 0;
    await tell(widget, ...live(), { type: 'ended', reason: 'visitor', atMs: now() });
    const always = /state|call-(?:start|connect|end)/;
    expect(heard).toEqual(table.filter((event) => always.test(event)));
  });

  it('says in its events what the docs promise', async () => {
    const widget = await show();
    const details: unknown[] = [];
    for (const type of EVENTS) widget.addEventListener(type, (event) => details.push((event as CustomEvent).detail));
    await tell(widget, ...live(1_000));
    widget.script.onprogress?.({ stage: 'ready', ms: 42 });
    widget.script.ontranscript?.({ id: '1', role: 'user', text: 'Hi', final: true });
    await tell(widget, { type: 'ended', reason: 'silence', atMs: 3_500 });
    expect(details).toEqual([
      { state: 'starting', previous: 'idle' },
      {},
      { state: 'connecting', previous: 'starting' },
      { state: 'live', previous: 'connecting' },
      { callId: 'call-1', assistantId: 'assistant-1' },
      { stage: 'ready', ms: 42 },
      { id: '1', role: 'user', text: 'Hi', final: true },
      { state: 'ended', previous: 'live' },
      { reason: 'silence', durationMs: 2_500, callId: 'call-1' },
    ]);
  });

  it('tells once that its settings could not be loaded, and loads them again when asked to', async () => {
    const heard = record(document);
    const widget = await show(new CallError('unreachable', 'x'));
    expect(heard).toEqual(['indigenius-error']);
    widget.answer = { ...DEFAULT_CONFIG };
    await userEvent.click(page.getByRole('button', { name: 'Try again' }));
    await expect.element(page.getByRole('button', { name: 'Start call' })).toBeVisible();
    expect(heard).toHaveLength(1);
  });

  it('tells of settings that failed under a call as of a call that failed', async () => {
    const widget = await show(new CallError('unreachable', 'x'));
    const heard = record(widget);
    await expect(widget.startCall()).rejects.toMatchObject({ reason: 'unreachable' });
    expect(heard).toEqual([
      'indigenius-state (starting)',
      'indigenius-call-start',
      'indigenius-state (ended)',
      'indigenius-error',
      'indigenius-call-end',
    ]);
  });

  it('says what is missing when it has no widget-id', async () => {
    const heard: string[] = [];
    document.addEventListener(
      'indigenius-error',
      (event) => heard.push((event as CallErrorEvent).detail.error.message),
      { once: true },
    );
    const widget = document.createElement('scripted-widget') as ScriptedWidget;
    document.body.append(widget);
    await settled(widget);
    expect(heard).toEqual(['Give <indigenius-widget> a widget-id attribute.']);
    widget.setAttribute('widget-id', 'widget-1');
    await settled(widget);
    expect(widget.loads).toBe(1);
    expect(words(widget, 'status')).toBe('Ready when you are');
  });

  it('ends the call when it is taken off the page, and not when it is moved', async () => {
    const widget = await show();
    await tell(widget, ...live());
    const elsewhere = document.createElement('div');
    document.body.append(elsewhere);
    elsewhere.append(widget);
    await settled(widget);
    expect(widget.script.state.name).toBe('live');
    const polls = () => widget.script.asked.filter((what) => what === 'levels').length;
    const before = polls();
    await vi.waitFor(() => expect(polls()).toBeGreaterThan(before));
    const heard = record(widget);
    widget.remove();
    await settled(widget);
    expect(widget.script.asked.at(-1)).toBe('end page');
    expect(heard.at(-1)).toBe('indigenius-call-end');
  });

  it('can be put back on the page, and loads again what it had no time to load', async () => {
    const widget = await show(null);
    widget.remove();
    await settled(widget);
    widget.answer = { ...DEFAULT_CONFIG };
    document.body.append(widget);
    await settled(widget);
    expect(words(widget, 'status')).toBe('Ready when you are');
  });

  it('lets page CSS select its states, and override its colours', async () => {
    const widget = await show();
    await tell(widget, ...live());
    expect(widget.matches(':state(live)')).toBe(true);
    await tell(widget, { type: 'ended', reason: 'visitor', atMs: now() });
    expect(widget.matches(':state(live)')).toBe(false);
    expect(widget.matches(':state(ended)')).toBe(true);
    widget.style.setProperty('--indigenius-background', 'rgb(1, 2, 3)');
    expect(getComputedStyle(part(widget, 'card')!).backgroundColor).toBe('rgb(1, 2, 3)');
  });

  it('writes no style attribute, on itself or inside, before a call', async () => {
    const widget = await show();
    // Looked at first: WebKit writes an attribute of `widget.style` down only then, and after a removal too.
    expect(widget.getAttribute('style')).not.toBeNull();
    widget.removeAttribute('style');
    await settled(widget);
    expect(widget.hasAttribute('style')).toBe(false);
    expect(widget.shadowRoot!.querySelector('[style], style')).toBeNull();
  });

  it('shows a colour only where a browser knows it', async () => {
    const widget = await show(readConfig({ background_color: 'bluish', button_color: 'rebeccapurple' }));
    expect(getComputedStyle(part(widget, 'card')!).backgroundColor).toBe('rgb(255, 255, 255)');
    expect(getComputedStyle(part(widget, 'start-button')!).backgroundColor).toBe('rgb(102, 51, 153)');
  });

  it('is idle to page CSS before any call', async () => {
    const widget = await show();
    expect(widget.matches(':state(idle)')).toBe(true);
    await tell(widget, ...live());
    expect(widget.matches(':state(idle)')).toBe(false);
  });

  it('takes the defaults again where its attributes are taken away', async () => {
    const widget = await show();
    widget.setAttribute('proxy-url', '/elsewhere');
    await settled(widget);
    widget.removeAttribute('proxy-url');
    await settled(widget);
    widget.startCall().catch(() => {});
    await settled(widget);
    expect(widget.script.settings).toMatchObject({ proxyUrl: '/indigenius' });
  });

  it('gives the page’s own avatar the room of the round picture', async () => {
    const widget = await show();
    const { height } = widget.shadowRoot!.querySelector('header')!.getBoundingClientRect();
    const picture = document.createElement('img');
    picture.slot = 'avatar';
    picture.alt = '';
    picture.src = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"/>')}`;
    widget.append(picture);
    await picture.decode();
    const box = picture.getBoundingClientRect();
    expect([box.width, box.height]).toEqual([40, 40]);
    expect(widget.shadowRoot!.querySelector('header')!.getBoundingClientRect().height).toBe(height);
  });
});
