/** What axe-core says of each page of the dashboard, in light and dark, wide and narrow. */

import axe from 'axe-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { cannot } from '../engine.ts';
import { close, open, type Opening } from './dashboard.ts';
import { CALLS, KEYS, refusal, SAM, TALKED, WIDGETS } from './made-up.ts';

const NOTHING = (): unknown => [];
const BROKEN = (): unknown => refusal(500, 'Internal server error');

/** A page, what is on it once it is drawn, and what the platform answers where that isn't the usual. */
const PAGES: readonly [name: string, hash: string, drawn: string, opening?: Opening][] = [
  ['signing in', '#/', 'Open the dashboard', { key: null }],
  ['the calls', '#/calls', 'Ended by the visitor'],
  ['no calls', '#/calls', 'No calls yet', { answers: { 'GET /v1/calls': NOTHING } }],
  ['calls that can’t be had', '#/calls', 'Try again', { answers: { 'GET /v1/calls': BROKEN } }],
  ['a call', `#/calls/${TALKED.id}`, 'Where can I park when I fetch it?'],
  ['a live call', `#/calls/${CALLS[0]!.id}`, 'Nothing has been said.'],
  ['the widgets', '#/widgets', 'Paused'],
  ['a widget', `#/widgets/${WIDGETS[0]!.id}`, 'Ready when you are'],
  ['a new widget', '#/widgets/new', 'Ready when you are'],
  ['the assistants', '#/assistants', 'Sam'],
  ['an assistant', `#/assistants/${SAM.id}`, 'Who it is'],
  ['the keys', '#/keys', 'Website proxy'],
  ['a key', `#/keys/${KEYS[1]!.id}`, '203.0.113.7, 198.51.100.0/24'],
  ['a new key', '#/keys/new', 'What it is for'],
];

const SCREENS = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 320],
  ['dark', 320],
] as const;

async function emulate(scheme: 'light' | 'dark' | ''): Promise<void> {
  const session = cdp() as unknown as { send(name: string, more: unknown): Promise<void> };
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
}

beforeEach((test) => {
  const reason = 'nobody tells this browser here what its user prefers';
  cannot(test, { firefox: reason, webkit: reason });
});
afterEach(close);
afterAll(async () => {
  await page.viewport(414, 896);
});

describe.each(SCREENS)('in %s, %i px wide', (scheme, widthPx) => {
  it.each(PAGES)(
    'axe objects to nothing on the page of %s, and nothing is cut off',
    async (_, hash, drawn, opening) => {
      await page.viewport(widthPx, 800);
      await emulate(scheme);
      try {
        const { app } = await open(hash, opening);
        await expect
          .poll(() => [...app.querySelectorAll('main, indigenius-widget')].map(textIn).join(' '))
          .toContain(drawn);
        expect(getComputedStyle(document.body).colorScheme).toBe('light dark');
        expect(matchMedia('(prefers-color-scheme: dark)').matches).toBe(scheme === 'dark');
        const { violations } = await axe.run(app, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          resultTypes: ['violations'],
          // The test's own frame has neither.
          rules: { 'document-title': { enabled: false }, 'html-has-lang': { enabled: false } },
        });
        expect(
          violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(' ')}: ${failureSummary}`),
          ),
        ).toEqual([]);
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
      } finally {
        await emulate('');
      }
    },
  );
});

/** What is written in it, in the card as well. */
function textIn(element: Element): string {
  return `${element.textContent} ${element.shadowRoot?.textContent ?? ''}`;
}
