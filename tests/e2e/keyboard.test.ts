/** A visitor with nothing but a keyboard, and what a screen reader is given: from the first Tab to the end of a call. */

import type { Browser, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, startSample } from '../../demo/sample.ts';
import { launchChromium, Visit } from './visit.ts';

declare global {
  /** Everything that a screen reader was told, in order. */
  var announcements: string[];
  var microphoneAsked: number;
}

let sample: Sample;
let browser: Browser;
let visit: Visit;
let page: Page;

beforeAll(async () => {
  [sample, browser] = await Promise.all([
    startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 }),
    launchChromium(),
  ]);
});
afterAll(() => Promise.all([sample?.close(), browser?.close()]));
afterEach(() => visit?.close());

/** Listens as a screen reader does: to what changes in a status region that is there already. */
function listen(): void {
  globalThis.announcements = [];
  globalThis.microphoneAsked = 0;
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (constraints) => {
    globalThis.microphoneAsked += 1;
    return ask(constraints);
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init): ShadowRoot {
    const root = attach.call(this, init);
    const known = new WeakMap<Element, string>();
    new MutationObserver(() => {
      for (const status of root.querySelectorAll('[role=status]')) {
        const words = status.textContent.trim();
        if (words && known.has(status) && known.get(status) !== words) globalThis.announcements.push(words);
        known.set(status, words);
      }
    }).observe(root, { subtree: true, childList: true, characterData: true });
    return root;
  };
}

interface Opening {
  /** Another sample than everybody's. */
  readonly at?: Sample;
  readonly config?: object;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly permission?: boolean;
  /** Whoever zooms in has fewer CSS pixels. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly media?: Parameters<Page['emulateMedia']>[0];
}

/** A page of the sample site, whose widget has this config and these attributes. */
async function open({ at = sample, ...more }: Opening = {}): Promise<void> {
  const { config, attributes = {}, permission = true, viewport, media } = more;
  visit = await Visit.open(browser, at.site, {
    permission,
    prepare: async (prepared) => {
      await prepared.addInitScript(listen);
      if (viewport) await prepared.setViewportSize(viewport);
      if (media) await prepared.emulateMedia(media);
    },
  });
  ({ page } = visit);
  await page.evaluate(
    ([given, words]) => {
      const element = document.querySelector('indigenius-widget')!;
      for (const [name, value] of Object.entries(words)) element.setAttribute(name, value);
      if (given) (element as Element & { config: unknown }).config = given;
    },
    [config ?? null, attributes] as const,
  );
}

const part = (name: string): Locator => page.locator(`indigenius-widget [part~="${name}"]`);
const role = (...given: Parameters<Page['getByRole']>): Locator =>
  page.locator('indigenius-widget').getByRole(...given);
const press = (key: string): Promise<void> => page.keyboard.press(key);

/** What a screen reader says of the element that has the focus: role, name and states. */
async function focused(): Promise<string> {
  const inside = page.locator('indigenius-widget :focus');
  if (!(await inside.count())) return 'outside';
  const snapshot = await inside.ariaSnapshot();
  return /^- '?(\w+(?: ".*?")?(?: \[\w+\])*)/.exec(snapshot)?.[1] ?? snapshot;
}

/** Presses Tab until this has the focus, from wherever the focus is; not before it is there to be found. */
async function tabTo(wanted: string): Promise<void> {
  const [, kind, name] = /^(\w+) "(.*)"$/.exec(wanted)!;
  await role(kind as Parameters<Page['getByRole']>[0], { name: name!, exact: true }).waitFor();
  const passed: string[] = [];
  for (let stop = 0; stop < 60; stop += 1) {
    await press('Tab');
    passed.push(await focused());
    if (passed.at(-1) === wanted) return;
  }
  throw new Error(`Tab never came to ${wanted}, but to ${passed.join(', ')}`);
}

async function tabToLauncher(): Promise<void> {
  const launcher = part('launcher');
  await launcher.waitFor();
  await tabTo(`button "${(await launcher.getAttribute('aria-label'))!}"`);
}

/** Every stop of Tab within the widget, from the one that has the focus on. */
async function stops(key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<string[]> {
  const found = [await focused()];
  for (;;) {
    await press(key);
    const next = await focused();
    if (next === 'outside' || next === found[0]) return found;
    found.push(next);
  }
}

const told = (): Promise<string[]> => page.evaluate(() => globalThis.announcements);
const connected = (): Promise<unknown> => visit.waitFor('call-connect');

/** Writes where the focus is, sends it by Enter, and waits for the answer to these words. */
async function ask(question: string): Promise<void> {
  const before = await visit.events();
  await page.keyboard.type(question);
  await press('Enter');
  await visit.waitFor('transcript', { role: 'user', text: question, final: true }, { after: before.length });
  // Another line than those there were: one that the question cuts short is told once more, and is no answer.
  const known = new Set(before.map(({ detail }) => detail.id));
  const answered = async (): Promise<boolean> =>
    (await visit.events()).some(
      ({ detail: { id, role: who, final } }) => who === 'assistant' && final && !known.has(id),
    );
  await expect.poll(answered).toBe(true);
}

/** Each line as it was when it was first said to be final: what is cut afterwards is no news. */
async function finals(): Promise<string[]> {
  const lines = new Map<string, string>();
  for (const { type, detail } of await visit.events()) {
    if (type !== 'transcript' || !detail.final || lines.has(detail.id!)) continue;
    lines.set(detail.id!, `${detail.role === 'user' ? 'You' : 'Assistant'}: ${detail.text!}`);
  }
  return [...lines.values()];
}

describe('a call by keyboard', () => {
  it('is started, muted, written in and ended; Tab comes to everything, in the order in which it is read', async () => {
    await open();
    await tabTo('button "Start call"');
    expect(await stops()).toEqual(['button "Start call"']);
    await press('Shift+Tab');
    expect(await focused()).toBe('button "Start call"');
    await press('Enter');
    await connected();
    await expect.poll(focused).toBe('button "End call"');
    await visit.waitFor('transcript', { role: 'assistant', final: true });

    await press('Shift+Tab');
    await press('Shift+Tab');
    await press('Shift+Tab');
    expect(await stops()).toEqual([
      'region "Conversation"',
      'textbox "Type a message"',
      'button "Send"',
      'button "End call"',
      'button "Mute microphone"',
    ]);
    await press('Shift+Tab');
    await press('Space');
    await expect.poll(focused).toBe('button "Mute microphone" [pressed]');
    expect(await part('mute-button').getAttribute('aria-pressed')).toBe('true');
    await press('Space');
    await expect.poll(focused).toBe('button "Mute microphone"');

    await tabTo('textbox "Type a message"');
    await ask('Do you cater for weddings?');
    expect(await focused()).toBe('textbox "Type a message"');
    expect(await part('input').inputValue()).toBe('');

    await tabTo('button "End call"');
    await press('Enter');
    await visit.waitFor('call-end', { reason: 'visitor' });
    await expect.poll(focused).toBe('button "Start call"');
    await visit.released();

    // Each as it was said, once: neither the parts of a sentence nor whose turn it is. Only a start that takes long says
    // that it is connecting.
    const said = ['You are connected', ...(await finals()), 'Call ended. Thank you for calling.'];
    expect((await told()).filter((words) => !/microphone|^Connecting…/i.test(words))).toEqual(said);
  });

  it('is neither hung up nor agreed to by a key that is still held down', async () => {
    await open();
    await tabTo('button "Start call"');
    await page.keyboard.down('Enter');
    for (let again = 0; again < 5; again += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await connected();
    const names = (await visit.events()).filter(({ type }) => type === 'call-start' || type === 'call-end');
    expect(names.map(({ type }) => type)).toEqual(['call-start']);
  });
});

describe('terms by keyboard', () => {
  const paragraphs = Array.from({ length: 40 }, (_, at) => `${at + 1}. By continuing, you agree to term ${at + 1}.`);
  let at: Sample;
  beforeAll(async () => {
    at = await startSample({ port: 0, platformPort: 0, folder: null, callsPerMinute: 1000 });
    const response = await fetch(new URL(`/v1/widgets/${at.widgetId}`, at.platform), {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json', 'X-API-Key': at.apiKey! },
      body: JSON.stringify({ terms_and_condition: true, terms_and_condition_content: paragraphs.join('\n') }),
    });
    expect(response.status).toBe(200);
  });
  afterAll(() => at?.close());

  it('are reached, scrolled, declined, and agreed to another time', async () => {
    await open({ at });
    await tabTo('button "Start call"');
    await press('Enter');
    await visit.waitFor('state', { state: 'consent' });
    await expect.poll(focused).toBe('button "Agree and start"');
    expect(await stops('Shift+Tab')).toEqual([
      'button "Agree and start"',
      'button "Not now"',
      'region "Before we talk"',
    ]);
    await tabTo('region "Before we talk"');
    const terms = part('terms');
    expect(await terms.evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true);
    await press('End');
    await expect
      .poll(() => terms.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop))
      .toBeLessThan(2);
    await tabTo('button "Not now"');
    await press('Space');
    await visit.waitFor('state', { state: 'idle' });
    await expect.poll(focused).toBe('button "Start call"');
    expect(await told()).toEqual(['Before we talk']);

    await press('Enter');
    await part('terms').waitFor();
    await expect.poll(focused).toBe('button "Agree and start"');
    await press('Enter');
    await connected();
    await expect.poll(focused).toBe('button "End call"');
  });

  it('are not agreed to by the key that has started, while it is still held down', async () => {
    await open({ at });
    await tabTo('button "Start call"');
    await page.keyboard.down('Enter');
    await visit.waitFor('state', { state: 'consent' });
    for (let again = 0; again < 5; again += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await role('button', { name: 'Agree and start' }).waitFor();
    const last = (await visit.events()).findLast(({ type }) => type === 'state');
    expect(last?.detail.state).toBe('consent');
  });
});

describe('a launcher by keyboard', () => {
  const attributes = { 'display-mode': 'fab' };

  it('opens a dialog that has the focus, and Escape gives it back', async () => {
    await open({ attributes });
    await tabToLauncher();
    expect(await part('launcher').getAttribute('aria-expanded')).toBe('false');
    await press('Enter');
    await expect.poll(focused).toBe('button "Start call"');
    await role('dialog').waitFor();
    expect(await part('launcher').getAttribute('aria-expanded')).toBe('true');
    await press('Escape');
    await expect.poll(focused).toMatch(/^button ".*: Open"/);
    expect(await role('dialog').count()).toBe(0);
  });

  it('is not closed, and nobody is called, by the key that has opened it, while it is still held down', async () => {
    await open({ attributes });
    await tabToLauncher();
    await page.keyboard.down('Enter');
    await role('dialog').waitFor();
    for (let again = 0; again < 5; again += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect.poll(focused).toBe('button "Start call"');
    expect((await visit.events()).filter(({ type }) => type === 'call-start')).toEqual([]);
  });

  it('has the time of a call that Escape has put behind it, and a button that ends it', async () => {
    await open({ attributes });
    await tabToLauncher();
    await press('Enter');
    await expect.poll(focused).toBe('button "Start call"');
    await press('Enter');
    await connected();
    await expect.poll(focused).toBe('button "End call"');
    await press('Escape');
    await expect.poll(focused).toMatch(/^button "\d:\d\d .*: Open"/);
    await visit.waitFor('transcript', { role: 'assistant', final: true });
    await expect.poll(told).toContain((await finals())[0]);
    await press('Tab');
    expect(await focused()).toBe('button "End call"');
    await press('Enter');
    await visit.waitFor('call-end', { reason: 'visitor' });
    await expect.poll(focused).toMatch(/^button ".*: Open"/);
    await expect.poll(async () => (await told()).at(-1)).toBe('Call ended. Thank you for calling.');
    await visit.released();
  });

  it('has its name from the owner', async () => {
    await open({
      attributes,
      config: { name: 'Northwind', button_label: 'Ask the kitchen', theme: { mode: 'light' } },
    });
    await tabTo('button "Ask the kitchen: Open"');
    await press('Enter');
    await role('dialog', { name: 'Northwind' }).waitFor();
  });
});

describe('an assistant that is written with, by keyboard', () => {
  it('is asked and answers, and nobody asks for a microphone', async () => {
    await open({ config: { widget_type: 'chat', display_name: 'Write to us' }, permission: false });
    await tabTo('button "Start chat"');
    await press('Enter');
    await connected();
    await expect.poll(focused).toBe('button "End chat"');
    await visit.waitFor('transcript', { role: 'assistant', final: true });
    await press('Shift+Tab');
    await press('Shift+Tab');
    expect(await focused()).toBe('textbox "Type a message"');
    await ask('Do you cater for weddings?');
    expect(await focused()).toBe('textbox "Type a message"');
    const answer = (await finals()).at(-1)!.replace('Assistant: ', '');
    await press('Shift+Tab');
    expect(await focused()).toBe('region "Conversation"');
    // The words of the lines are in the page, each with who said it.
    expect(await role('region', { name: 'Conversation' }).ariaSnapshot()).toContain('Do you cater for weddings?');
    expect(await role('region', { name: 'Conversation' }).textContent()).toContain(answer);
    await press('Tab');
    expect(await stops()).toEqual(['textbox "Type a message"', 'button "Send"', 'button "End chat"']);
    await tabTo('button "End chat"');
    await press('Enter');
    await visit.waitFor('call-end', { reason: 'visitor' });
    await expect.poll(focused).toBe('button "Chat again"');
    await expect.poll(async () => (await told()).at(-1)).toBe('Chat ended. Thank you for writing.');
    expect(await page.evaluate(() => globalThis.microphoneAsked)).toBe(0);
  });

  it('that hangs up does not have the next key call again', async () => {
    await open({ config: { widget_type: 'chat', display_name: 'Write to us' }, permission: false });
    await tabTo('button "Start chat"');
    await press('Enter');
    await connected();
    await tabTo('textbox "Type a message"');
    await page.keyboard.type('Thank you, goodbye!');
    await press('Enter');
    await visit.waitFor('call-end', { reason: 'assistant' });
    await expect.poll(focused).toBe('region "Conversation"');
    await press('Tab');
    expect(await focused()).toBe('button "Chat again"');
  });
});

describe('what an owner suggests, by keyboard', () => {
  const config = {
    widget_type: 'web_call',
    display_name: 'Northwind',
    user_opening_messages: ['Do you cater for weddings?', 'Where are you?'],
    action_buttons: [{ label: 'Our menu', url: 'https://example.com/menu' }],
  };

  it('is reached by Tab, and a question starts the call in which it is asked', async () => {
    await open({ config });
    await tabTo('button "Do you cater for weddings?"');
    expect(await stops()).toEqual([
      'button "Do you cater for weddings?"',
      'button "Where are you?"',
      'link "Our menu"',
      'button "Start call"',
    ]);
    expect(await role('list', { name: 'You might ask' }).getByRole('listitem').count()).toBe(3);
    await tabTo('button "Where are you?"');
    await press('Enter');
    await connected();
    await visit.waitFor('transcript', { role: 'user', text: 'Where are you?', final: true });
    await expect.poll(focused).toBe('button "End call"');
  });

  it('is a link that leaves this page to itself', async () => {
    await open({ config });
    const link = role('link', { name: 'Our menu' });
    await link.waitFor();
    const said = await link.evaluate((element) =>
      ['href', 'target', 'rel', 'title'].map((attribute) => element.getAttribute(attribute)),
    );
    expect(said).toEqual(['https://example.com/menu', '_blank', 'noopener', 'Our menu (opens in a new tab)']);
  });
});

describe('a microphone that is refused', () => {
  it('is told of, and the keyboard is the way on: a call in writing', async () => {
    await open();
    await page.evaluate(() => globalThis.soundBench.refuse('NotAllowedError'));
    await tabTo('button "Start call"');
    await press('Enter');
    await visit.waitFor('error', { errorReason: 'microphone-denied' });
    await expect.poll(async () => (await told()).at(-1)).toMatch(/^The microphone is blocked\. Allow it/);
    await expect.poll(focused).toBe('button "Try again"');
    await press('Shift+Tab');
    expect(await focused()).toBe('button "Type instead"');
    await press('Enter');
    await connected();
    await tabTo('textbox "Type a message"');
    await ask('Where are you?');
    expect(await role('button', { name: 'Mute microphone' }).count()).toBe(0);
  });
});

describe('a visitor who wants no motion', () => {
  const media = { reducedMotion: 'reduce' } as const;
  const LONGEST_MS = 80;

  /** Animations that are running, and the longest that any element, or what is drawn before and after it, would take. */
  const motion = (): Promise<{ running: number; longestMs: number }> =>
    page.evaluate(() => {
      const root = document.querySelector('indigenius-widget')!.shadowRoot!;
      const running = [...document.getAnimations(), ...root.getAnimations()].filter(
        ({ playState }) => playState === 'running',
      ).length;
      const ms = (list: string): number[] =>
        list.split(',').map((time) => Number.parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000));
      const longest = [...root.querySelectorAll('*')].flatMap((element) =>
        [null, '::before', '::after'].flatMap((pseudo) => {
          const style = getComputedStyle(element, pseudo);
          const animated = style.animationName === 'none' ? [] : ms(style.animationDuration);
          return [...ms(style.transitionDuration), ...animated];
        }),
      );
      return { running, longestMs: Math.max(...longest) };
    });
  const still = async (): Promise<void> => {
    await expect.poll(async () => (await motion()).running).toBe(0);
    expect((await motion()).longestMs).toBeLessThanOrEqual(LONGEST_MS);
  };

  it('sees none in the card', async () => {
    await open({ media });
    await tabTo('button "Start call"');
    await still();
    await press('Enter');
    await connected();
    await visit.waitForWords(/^speaking/i);
    await still();
  });

  it('sees none about the launcher', async () => {
    await open({ media, attributes: { 'display-mode': 'fab' } });
    await part('launcher').waitFor();
    await still();
    await tabToLauncher();
    await press('Enter');
    await expect.poll(focused).toBe('button "Start call"');
    await still();
    await press('Enter');
    await connected();
    await press('Escape');
    await part('launcher-end-button').waitFor();
    await still();
  });

  it('and others see some, or this could not fail', async () => {
    await open({ attributes: { 'display-mode': 'fab' } });
    await part('launcher').waitFor();
    expect((await motion()).longestMs).toBeGreaterThan(LONGEST_MS);
  });
});

describe('forced colours', () => {
  const media = { forcedColors: 'active' } as const;

  /** Controls without a line around them, or around the field that they are in. */
  const unbounded = (): Promise<string[]> =>
    page.evaluate(() => {
      const root = document.querySelector('indigenius-widget')!.shadowRoot!;
      const isBounded = (element: Element): boolean => {
        const style = getComputedStyle(element);
        return ['top', 'right', 'bottom', 'left'].every((side) => {
          const colour = style.getPropertyValue(`border-${side}-color`);
          const drawn = style.getPropertyValue(`border-${side}-style`) === 'solid' && !/^rgba\(.*, 0\)$/.test(colour);
          return drawn && colour !== getComputedStyle(document.body).backgroundColor;
        });
      };
      return [...root.querySelectorAll('button, input, a')]
        .filter((control) => !isBounded(control) && !isBounded(control.closest('.composer, .bubble') ?? control))
        .map((control) => control.outerHTML.slice(0, 80));
    });

  it('leave every control of the card its line', async () => {
    await open({
      media,
      config: {
        widget_type: 'web_call',
        user_opening_messages: ['Where are you?'],
        action_buttons: [{ label: 'Our menu', url: 'https://example.com/menu' }],
      },
    });
    await part('prompts').waitFor();
    await expect.poll(unbounded).toEqual([]);
    await tabTo('button "Start call"');
    await press('Enter');
    await connected();
    await part('mute-button').waitFor();
    await expect.poll(unbounded).toEqual([]);
    const line = (): Promise<string> =>
      part('mute-button').evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(await line()).toBe('none');
    await tabTo('button "Mute microphone"');
    await press('Space');
    await press('Tab');
    // Pressed is told by more than a colour.
    await expect.poll(line).toBe('solid');
  });

  it('leave the launcher and what it opens theirs', async () => {
    await open({ media, attributes: { 'display-mode': 'fab', 'bubble-text': 'Hungry?' } });
    await part('launcher-bubble').waitFor();
    await expect.poll(unbounded).toEqual([]);
    await tabToLauncher();
    await press('Enter');
    await expect.poll(focused).toBe('button "Start call"');
    await expect.poll(unbounded).toEqual([]);
  });
});

describe('a page at 200%', () => {
  /**
   * What of the card can't be seen: words that are cut, and controls that are not where a finger would press them. Asked
   * until all has come to rest: a sheet slides in.
   */
  const cut = (): Promise<string[]> =>
    page.evaluate(() => {
      const root = document.querySelector('indigenius-widget')!.shadowRoot!;
      const found: string[] = [];
      for (const element of root.querySelectorAll<HTMLElement>('.card, .card *')) {
        const { overflowX, overflowY } = getComputedStyle(element);
        const wide = element.scrollWidth > element.clientWidth + 1 && overflowX === 'hidden';
        const high = element.scrollHeight > element.clientHeight + 1 && overflowY === 'hidden';
        // What is cut by design says all of it in its title.
        const titled = element.closest('[title]');
        if ((wide || high) && !titled) found.push(`${element.className} is cut`);
      }
      for (const control of root.querySelectorAll('.card :is(button, input, a)')) {
        control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const { left, top, width, height } = control.getBoundingClientRect();
        const hit = root.elementFromPoint(left + width / 2, top + height / 2);
        if (left < 0 || left + width > innerWidth || !control.contains(hit)) {
          found.push(`${control.outerHTML.slice(0, 80)} is covered`);
        }
      }
      return found;
    });

  it('cuts nothing of the card off, in 320 px', async () => {
    await open({ viewport: { width: 320, height: 480 } });
    await tabTo('button "Start call"');
    await expect.poll(cut).toEqual([]);
    await press('Enter');
    await connected();
    await visit.waitFor('transcript', { role: 'assistant', final: true });
    await part('transcript').waitFor();
    await expect.poll(cut).toEqual([]);
    await tabTo('button "End call"');
    await press('Enter');
    await visit.waitFor('call-end');
    await expect.poll(focused).toBe('button "Start call"');
    await expect.poll(cut).toEqual([]);
  });

  it('cuts nothing of the sheet off, in 320 × 240 px', async () => {
    await open({ viewport: { width: 320, height: 240 }, attributes: { 'display-mode': 'fab' } });
    await part('launcher').waitFor();
    await tabToLauncher();
    await press('Enter');
    await expect.poll(focused).toBe('button "Start call"');
    await expect.poll(cut).toEqual([]);
    await press('Enter');
    await connected();
    await visit.waitFor('transcript', { role: 'assistant', final: true });
    await part('transcript').waitFor();
    await expect.poll(cut).toEqual([]);
  });
});
