import { afterEach, describe, expect, it } from 'vitest';
import { type Locator, page, userEvent } from 'vitest/browser';
import type { IndigeniusWidget } from '../../../src/widget/widget.ts';
import { close, open } from './dashboard.ts';
import { CALLS, KEY, KEYS, NOTHING_SAID, refusal, SAM, TALKED, TURNS, WIDGETS } from './made-up.ts';

afterEach(close);

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
/** The card has one of its own, within it. */
const status = () => page.elementLocator(document.querySelector('dashboard-app > [role=status]')!);

/** The field of a label that begins so, as soon as it is there. */
async function field(label: string): Promise<HTMLInputElement> {
  const find = (): HTMLInputElement | null => {
    const labels = [...document.querySelectorAll('label')];
    const found = labels.find((one) => one.textContent.trim() === label) ?? labels.find(startsWith(label));
    return (found?.control ?? null) as HTMLInputElement | null;
  };
  await expect.poll(find).not.toBeNull();
  return find()!;
}

function startsWith(label: string): (element: Element) => boolean {
  return ({ textContent }) => textContent.trim().startsWith(label);
}

/** As somebody who types, or pastes: not every engine here has keys for all letters. */
async function write(label: string, text: string): Promise<void> {
  const written = await field(label);
  written.focus();
  written.value = text;
  written.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

/** Waits until this is part of what it says. */
function said(locator: Locator, words: RegExp): Promise<void> {
  return expect.poll(() => locator.query()?.textContent.trim() ?? '').toMatch(words);
}

describe('signing in', () => {
  it('takes a key that the platform knows, and keeps it for this tab', async () => {
    const { asked } = await open('#/widgets', { key: null });
    await write('API key', KEY);
    await userEvent.keyboard('{Enter}');
    await expect.element(heading('Widgets')).toHaveFocus();
    expect(sessionStorage.getItem('indigenius-key')).toBe(KEY);
    expect(asked[0]!.path).toBe('/v1/assistants?limit=1');
  });

  it('says why another is refused, and asks nobody of what is no key', async () => {
    const { asked } = await open('#/', { key: null });
    await write('API key', 'indigenius_wrong');
    await userEvent.keyboard('{Enter}');
    await said(page.getByRole('alert'), /^The API key is unknown/);
    await write('API key', 'ключ');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent('That is not an API key.');
    expect(asked.length).toBe(1);
  });

  it('is asked for again as soon as the key is refused', async () => {
    await open('#/calls', { key: 'indigenius_revoked' });
    await expect.element(heading('Sign in')).toBeVisible();
    await expect.element(page.getByRole('alert')).toHaveTextContent('The API key is unknown. Sign in with another.');
    expect(sessionStorage.getItem('indigenius-key')).toBeNull();
  });

  it('can be undone', async () => {
    await open('#/calls');
    await userEvent.click(page.getByRole('button', { name: 'Sign out' }));
    await expect.element(heading('Sign in')).toHaveFocus();
    expect(sessionStorage.getItem('indigenius-key')).toBeNull();
  });
});

describe('addresses', () => {
  it('each mean a page, whose heading gets the focus; Back works', async () => {
    await open('#/calls');
    await userEvent.click(page.getByRole('link', { name: 'Widgets', exact: true }));
    await expect.element(heading('Widgets')).toHaveFocus();
    expect(location.hash).toBe('#/widgets');
    await userEvent.click(page.getByRole('link', { name: 'Talk to Northwind Catering' }));
    await expect.element(heading('Talk to Northwind Catering')).toHaveFocus();
    expect(location.hash).toBe(`#/widgets/${WIDGETS[0]!.id}`);
    history.back();
    await expect.element(heading('Widgets')).toHaveFocus();
    await expect
      .element(page.getByRole('link', { name: 'Widgets', exact: true }))
      .toHaveAttribute('aria-current', 'page');
  });

  it('of what isn’t there say so', async () => {
    await open('#/calls/000000000000000000000000');
    await said(page.getByRole('alert').first(), /^No GET .v1.calls.0{24} here/);
  });
});

describe('lists', () => {
  it('come in pages, each when it is asked for', async () => {
    const { asked } = await open('#/calls', {
      answers: {
        'GET /v1/calls': ({ path }) => {
          const more = path.includes('cursor=c1');
          const [data, next_cursor] = more ? [[CALLS[1]], null] : [[CALLS[0]], 'c1'];
          return Response.json({ status: true, message: 'Calls fetched', data, next_cursor });
        },
      },
    });
    await userEvent.click(page.getByRole('button', { name: 'More calls' }));
    await expect.element(page.getByText('Ended by the visitor')).toBeVisible();
    expect(page.getByRole('row').elements().length).toBe(3);
    expect(page.getByRole('button', { name: 'More calls' }).query()).toBeNull();
    expect(asked.filter(({ path }) => path.startsWith('/v1/calls')).map(({ path }) => path)).toEqual([
      '/v1/calls?limit=25',
      '/v1/calls?limit=25&cursor=c1',
    ]);
  });

  it('of calls are of one type where the address says so', async () => {
    await open('#/calls?type=phone');
    await expect.element(page.getByText('No answer')).toBeVisible();
    expect(page.getByRole('row').elements().length).toBe(3);
    await userEvent.click(page.getByRole('link', { name: 'Web', exact: true }));
    await expect.element(page.getByText('Ended by the visitor')).toBeVisible();
    expect(location.hash).toBe('#/calls?type=web');
    expect(page.getByText('No answer').query()).toBeNull();
  });

  it('that failed can be asked for again', async () => {
    let broken = true;
    const answers = {
      'GET /v1/widgets': () => (broken ? refusal(403, 'The API key lacks the scope widgets:read') : WIDGETS),
    };
    await open('#/widgets', { answers });
    await said(page.getByRole('alert'), /lacks the scope widgets:read/);
    broken = false;
    await userEvent.click(page.getByRole('button', { name: 'Try again' }));
    await expect.element(page.getByRole('link', { name: 'Talk to Northwind Catering' })).toBeVisible();
  });
});

describe('a widget’s page', () => {
  const card = () => document.querySelector('indigenius-widget') as IndigeniusWidget;
  const inCard = () => card()?.shadowRoot?.textContent ?? '';

  it('draws the card as the form has it, while somebody types', async () => {
    const { asked } = await open(`#/widgets/${WIDGETS[0]!.id}`);
    await expect.poll(inCard).toContain('Talk to Northwind Catering');
    await write('Title', 'Ask <b>us</b>');
    await write('Button', '#aa0000');
    await expect.poll(inCard).toContain('Ask <b>us</b>');
    const start = () => card().shadowRoot!.querySelector('[part=start-button]')!;
    await expect.poll(() => getComputedStyle(start()).backgroundColor).toBe('rgb(170, 0, 0)');
    await userEvent.click(page.getByRole('radio', { name: 'Paused' }));
    await expect.poll(inCard).toContain('Taking a break');
    expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('shows it light, dark, and as a launcher', async () => {
    await open(`#/widgets/${WIDGETS[0]!.id}`);
    await userEvent.click(page.getByRole('radio', { name: 'Dark' }));
    await expect.poll(() => card().getAttribute('theme-mode')).toBe('dark');
    await userEvent.click(page.getByRole('radio', { name: 'Launcher' }));
    await expect.poll(() => card().shadowRoot!.querySelector('[part=launcher]')).not.toBeNull();
    await expect.element(page.getByText(/display-mode="fab"/)).toBeVisible();
  });

  it('starts no call from its preview, and says so; the terms can be seen', { timeout: 60_000 }, async () => {
    const { asked } = await open(`#/widgets/${WIDGETS[0]!.id}`);
    await expect.poll(inCard).toContain('Start call');
    const press = () => card().shadowRoot!.querySelector<HTMLElement>('[part=start-button]')!.click();
    press();
    await said(status(), /^This is a preview/);
    await userEvent.click(page.getByRole('checkbox', { name: 'Visitors agree to terms before a call' }));
    await write('The terms', 'Everything is recorded.');
    await expect
      .poll(() => (card().config as { terms_and_condition_content?: string }).terms_and_condition_content)
      .toBe('Everything is recorded.');
    press();
    // A call's code comes only now.
    await expect.poll(inCard, { timeout: 40_000 }).toContain('Everything is recorded.');
    await expect.poll(() => card().matches(':state(consent)')).toBe(true);
    press();
    expect(card().matches(':state(consent)')).toBe(true);
    expect(asked.filter(({ path }) => path.includes('create-call'))).toEqual([]);
  });

  it('hides nothing that has the focus behind the bar at its end', async () => {
    await page.viewport(320, 640);
    const { app } = await open(`#/widgets/${WIDGETS[0]!.id}`);
    await expect.poll(inCard).toContain('Start call');
    const fields = [...app.querySelectorAll<HTMLElement>('form :is(input, textarea, select)')];
    expect(fields.length).toBeGreaterThan(20);
    const bar = app.querySelector('form .sticky')!;
    for (const field of fields) {
      scrollTo(0, 0);
      field.focus();
      // One engine scrolls some frames later.
      await expect
        .poll(() => Math.min(field.getBoundingClientRect().top + 24, field.getBoundingClientRect().bottom), {
          message: field.outerHTML,
        })
        .toBeLessThanOrEqual(bar.getBoundingClientRect().top);
    }
    await page.viewport(414, 896);
  });

  it('saves what has changed, and says so', async () => {
    const { asked } = await open(`#/widgets/${WIDGETS[0]!.id}`);
    await write('Title', 'Ask us');
    await write('Corners of the card', '4');
    await expect.element(page.getByText('Not saved yet.')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Save' }));
    await expect.element(status()).toHaveTextContent('Saved.');
    expect(asked.at(-1)).toEqual({
      method: 'PATCH',
      path: `/v1/widgets/${WIDGETS[0]!.id}`,
      body: { call_to_action: 'Ask us', card_radius: 4 },
    });
    await expect.element(heading('Ask us')).toBeVisible();
    expect(page.getByText('Not saved yet.').query()).toBeNull();
  });

  it('says what the platform has against it, and keeps what was typed', async () => {
    const message = 'allowed_origins.0: must be an origin such as https://app.example.com';
    const answers = { [`PATCH /v1/widgets/${WIDGETS[0]!.id}`]: () => refusal(400, message) };
    await open(`#/widgets/${WIDGETS[0]!.id}`, { answers });
    await write('Allowed origins', 'northwind');
    await userEvent.click(page.getByRole('button', { name: 'Save' }));
    await expect.element(page.getByRole('alert')).toHaveTextContent(message);
    expect((await field('Allowed origins')).value).toBe('northwind');
  });

  it('deletes only after a yes', async () => {
    const { asked } = await open(`#/widgets/${WIDGETS[0]!.id}`);
    const button = page.getByRole('button', { name: 'Delete', exact: true });
    const removals = () => asked.filter(({ method }) => method === 'DELETE').length;
    await userEvent.click(button);
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(button).toHaveFocus();
    expect(removals()).toBe(0);
    await userEvent.click(button);
    await userEvent.click(page.getByRole('button', { name: 'Delete widget' }));
    await expect.element(heading('Widgets')).toHaveFocus();
    await expect.element(status()).toHaveTextContent('The widget is deleted.');
    expect(removals()).toBe(1);
  });
});

describe('an assistant’s page', () => {
  it('sends what has changed', async () => {
    const { asked } = await open(`#/assistants/${SAM.id}`);
    await write('Temperature', '0.4');
    await write('Site', '');
    await userEvent.click(page.getByRole('button', { name: 'Save' }));
    await expect.element(status()).toHaveTextContent('Saved.');
    expect(asked.find(({ method }) => method === 'PATCH')!.body).toEqual({ temperature: 0.4, site_url: null });
  });
});

describe('a call’s page', () => {
  it('has every turn of the transcript, as it was said', async () => {
    const { app } = await open(`#/calls/${TALKED.id}`);
    await expect.poll(() => app.querySelectorAll('.turns > li').length).toBe(TURNS.length);
    expect([...app.querySelectorAll('.turns .words')].map(({ textContent }) => textContent)).toEqual(
      TURNS.map(({ text }) => text),
    );
    expect(app.querySelector('img')).toBeNull();
  });

  it('draws who spoke when, and tells it', async () => {
    const { app } = await open(`#/calls/${TALKED.id}`);
    const picture = page.getByRole('img', { name: /the visitor spoke 5 times/ });
    await expect.element(picture).toBeVisible();
    await expect.element(picture).toHaveAccessibleName(/interrupted at 0:16 and 0:52\.$/);
    expect(app.querySelectorAll('rect.user').length).toBe(4);
    expect(app.querySelectorAll('circle.user').length).toBe(1);
    expect(app.querySelectorAll('rect.assistant').length).toBe(6);
    expect(app.querySelectorAll('svg.cut').length).toBe(2);
    const all = picture.element().getBoundingClientRect();
    const second = [...app.querySelectorAll('rect.assistant')][1]!.getBoundingClientRect();
    expect((second.left - all.left) / all.width).toBeCloseTo(9_700 / 64_200, 2);
    expect(second.width / all.width).toBeCloseTo(7_100 / 64_200, 2);
  });

  it('has the rating and the figures', async () => {
    await open(`#/calls/${TALKED.id}`);
    await expect.element(page.getByText(/4 of 5/)).toBeVisible();
    await expect.element(page.getByText('24% : 76%')).toBeVisible();
    await expect.element(page.getByText(/^760 ms/)).toBeVisible();
    await expect.element(page.getByRole('heading', { name: '1 question without an answer' })).toBeVisible();
  });

  it('says so where the visitor has said nothing', async () => {
    const answers = { [`GET /v1/calls/${TALKED.id}/analysis`]: () => NOTHING_SAID };
    await open(`#/calls/${TALKED.id}`, { answers });
    await expect.element(page.getByText('None was given')).toBeVisible();
    expect(page.getByText(/95 of 100/).query()).toBeNull();
    expect(page.getByText(/^Summary/).query()).toBeNull();
  });

  it('shows what there is where the rest failed', async () => {
    const answers = { [`GET /v1/calls/${TALKED.id}/analysis`]: () => refusal(500, 'Internal server error') };
    await open(`#/calls/${TALKED.id}`, { answers });
    await said(page.getByRole('alert'), /^Internal server error/);
    await expect.element(page.getByText('What is on the menu on Sundays?')).toBeVisible();
  });
});

describe('keys', () => {
  it('are made with what they may do and their limits, and shown once', async () => {
    const { asked } = await open('#/keys/new');
    await write('Name', 'Export');
    await userEvent.click(page.getByRole('button', { name: 'Create key' }));
    await expect.element(page.getByRole('alert')).toHaveTextContent('Choose what the key may do.');
    await userEvent.click(page.getByRole('checkbox', { name: /calls:read/ }));
    await write('Expires', '2099-01-01T12:00');
    await write('Requests a minute', '60');
    await write('Allowed addresses', '203.0.113.7\n198.51.100.0/24');
    await userEvent.click(page.getByRole('button', { name: 'Create key' }));
    await expect.element(page.getByText('indigenius_made-once-0123456789')).toBeVisible();
    await expect.element(heading('Export')).toHaveFocus();
    expect(asked.at(-1)!.body).toEqual({
      name: 'Export',
      scopes: ['calls:read'],
      expires_at: new Date('2099-01-01T12:00').toISOString(),
      rate_limit_per_minute: 60,
      allowed_ips: ['203.0.113.7', '198.51.100.0/24'],
    });
    await userEvent.click(page.getByRole('link', { name: 'I have stored it' }));
    await expect.element(heading('Website proxy')).toHaveFocus();
    expect(page.getByText(/indigenius_made-once/).query()).toBeNull();
  });

  it('have their scopes replaced', async () => {
    const { asked } = await open(`#/keys/${KEYS[1]!.id}`);
    await userEvent.click(page.getByRole('checkbox', { name: /widgets:write/ }));
    await userEvent.click(page.getByRole('checkbox', { name: /calls:read/ }));
    await userEvent.click(page.getByRole('button', { name: 'Replace scopes' }));
    await expect.element(status()).toHaveTextContent('The scopes are replaced.');
    expect(asked.find(({ method }) => method === 'PATCH')!.body).toEqual({ scopes: ['widgets:read', 'calls:read'] });
  });

  it('go on with another secret where this tab’s own is rotated', async () => {
    await open(`#/keys/${KEYS[0]!.id}`, { answers: { 'GET /v1/auth/keys': () => KEYS } });
    await userEvent.click(page.getByRole('button', { name: 'Rotate', exact: true }));
    await userEvent.click(page.getByRole('button', { name: 'Rotate key' }));
    await expect.poll(() => sessionStorage.getItem('indigenius-key')).toBe('indigenius_abcdROTATED');
  });

  it('are revoked only after a yes', async () => {
    let revoked = false;
    const answers = {
      'GET /v1/auth/keys': () =>
        KEYS.map((key) => (revoked ? { ...key, revoked_at: '2026-11-21T15:00:00.000Z' } : key)),
      [`POST /v1/auth/keys/${KEYS[1]!.id}/revoke`]: () => {
        revoked = true;
        return KEYS[1];
      },
    };
    await open(`#/keys/${KEYS[1]!.id}`, { answers });
    await userEvent.click(page.getByRole('button', { name: 'Revoke', exact: true }));
    await userEvent.click(page.getByRole('button', { name: 'Cancel' }));
    expect(revoked).toBe(false);
    await userEvent.click(page.getByRole('button', { name: 'Revoke', exact: true }));
    await userEvent.click(page.getByRole('button', { name: 'Revoke key' }));
    await expect.element(status()).toHaveTextContent('The key is revoked.');
    await expect.element(page.getByRole('heading', { name: 'What it could do' })).toBeVisible();
    expect(page.getByRole('button', { name: 'Revoke', exact: true }).query()).toBeNull();
  });
});
