/** The simulated phone with a real call and real sound; the platform and the line to its gateway are the test's. */

import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { SocketHandlers, SocketOptions } from '../../../src/gateway/ports.ts';
import type { GatewayMessage } from '../../../src/protocol/messages.ts';
import '../../../src/dashboard/phone.ts';

/** The line of the call, as a gateway has it. */
const line = vi.hoisted(() => ({
  opened: null as (SocketOptions & SocketHandlers) | null,
  ended: [] as string[],
}));

vi.mock('../../../src/call/warm-line.ts', () => ({
  warmLine: {
    drop() {},
    take: async () => ({
      inWorker: true,
      open(options: SocketOptions & SocketHandlers) {
        line.opened = options;
        return {
          send() {},
          connect() {},
          end: async (reason: string) => line.ended.push(reason),
          getStats: async () => null,
        };
      },
    }),
  },
}));

interface Ringing {
  readonly id: string;
  readonly number: string;
  status: string;
}

/** What `/v1/calls` knows, and what it was asked. */
class Platform {
  readonly calls: Ringing[] = [];
  readonly asked: string[] = [];
  key = 'secret';
  /** What happens elsewhere before a pick-up gets here. */
  meanwhile = (): void => {};
  /** In place of an answer to a pick-up. */
  failure: { readonly status: number; readonly message: string } | null = null;

  ring(id: string, number: string): Ringing {
    const call = { id, number, status: 'ringing' };
    this.calls.unshift(call);
    return call;
  }

  readonly fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const answer = (status: number, message: string, data: unknown = null): Response =>
      Response.json({ status: status < 400, message, data }, { status });
    const { pathname, search } = new URL(String(url), location.href);
    this.asked.push(`${init.method} ${pathname}${search}`);
    if (new Headers(init.headers).get('X-API-Key') !== this.key) {
      return answer(401, 'The API key is unknown, revoked or expired');
    }
    if (search) {
      expect(search).toBe('?type=phone&status=ringing');
      return answer(200, 'Calls fetched', this.calls.filter(({ status }) => status === 'ringing').map(record));
    }
    const [, id, verb] = /^\/v1\/calls\/(\w+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    const call = this.calls.find((each) => each.id === id)!;
    if (verb === undefined) return answer(200, 'Call details fetched', record(call));
    this.meanwhile();
    if (this.failure) return answer(this.failure.status, this.failure.message);
    if (call.status !== 'ringing') return answer(409, 'The call does not ring');
    call.status = verb === 'answer' ? 'in_progress' : 'declined';
    const gateway = { url: `wss://voice.example/connection?assistant_id=a1&call_id=${id}` };
    return answer(200, 'Done', { callId: id, gateway });
  };
}

function record({ id, number, status }: Ringing) {
  return { id, assistant_id: 'a1', phone: { number, from: '+14155550100', status } };
}

let platform: Platform;
const contexts: AudioContext[] = [];
beforeEach(() => {
  platform = new Platform();
  line.opened = null;
  line.ended.length = 0;
  vi.stubGlobal('fetch', platform.fetch);
  const Real = AudioContext;
  vi.stubGlobal(
    'AudioContext',
    class extends Real {
      constructor(options?: AudioContextOptions) {
        super(options);
        contexts.push(this);
      }
    },
  );
  sessionStorage.setItem('indigenius-key', 'secret');
});
afterEach(async () => {
  document.body.replaceChildren();
  await vi.waitUntil(() => contexts.every(({ state }) => state === 'closed'));
  contexts.length = 0;
  sessionStorage.clear();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

function show() {
  const phone = document.createElement('simulated-phone');
  document.body.append(phone);
  return phone;
}

const PATIENCE = { timeout: 10_000 };

const button = (name: string) => page.getByRole('button', { name });
const status = () => page.getByRole('status');
const looks = () => platform.asked.filter((request) => request.includes('?'));

/** Answers, and has the gateway say that the call is live. */
async function pickUp(): Promise<SocketOptions & SocketHandlers> {
  await button('Answer').click();
  // The first call of a page has its code to fetch, and a microphone to open.
  await vi.waitUntil(() => line.opened, PATIENCE);
  const format = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };
  const ready = { type: 'ready', audio: { up: format, down: format }, assistant: { name: 'Sam', language: 'en' } };
  line.opened!.onmessage(ready as unknown as GatewayMessage);
  await expect.element(status()).toHaveTextContent('The call is live.');
  return line.opened!;
}

describe('<simulated-phone>', () => {
  it('rings without a sound until somebody touches the page, and then until the call is declined', async () => {
    expect(navigator.userActivation.hasBeenActive).toBe(false);
    platform.ring('c1', '+14155552671');
    show();
    await expect.element(status()).toHaveTextContent('A call from +14155550100 to +14155552671 rings.');
    expect(contexts).toEqual([]);
    await page.getByText('+14155552671', { exact: true }).click();
    await vi.waitUntil(() => contexts[0]?.state === 'running');
    await button('Decline').click();
    await expect.element(status()).toHaveTextContent('You have declined the call.');
    expect(platform.calls).toMatchObject([{ status: 'declined' }]);
    await vi.waitUntil(() => contexts[0]!.state === 'closed');
    await expect.element(page.getByText(/^No call rings/)).toBeVisible();
    expect(contexts).toHaveLength(1);
  });

  it('goes on ringing in silence where the visitor wants that', async () => {
    platform.ring('c1', '+14155552671');
    show();
    await page.getByText('+14155552671', { exact: true }).click();
    await vi.waitUntil(() => contexts[0]?.state === 'running');
    await button('Silence').click();
    await vi.waitUntil(() => contexts[0]!.state === 'closed');
    await expect.element(button('Silence')).not.toBeInTheDocument();
    await expect.element(button('Answer')).toBeVisible();
  });

  it('looks again every two seconds, and shows the longest ringing call first', async () => {
    show();
    await expect.element(page.getByText('Simulated phone')).toBeVisible();
    await vi.waitUntil(() => looks().length === 1);
    platform.ring('c1', '+14155552671');
    platform.ring('c2', '+14155552672');
    await expect.element(page.getByText('+14155552671', { exact: true })).toBeVisible();
    platform.calls[1]!.status = 'no_answer';
    await expect.element(page.getByText('+14155552672', { exact: true })).toBeVisible();
  });

  it('is talked on over the gateway that the platform named, with captions, and hung up', async () => {
    platform.ring('c1', '+14155552671');
    const phone = show();
    const { url, start, onmessage } = await pickUp();
    expect(url).toBe('wss://voice.example/connection?assistant_id=a1&call_id=c1');
    expect(start).toMatchObject({ call_id: 'c1', assistant_id: 'a1', mode: 'voice' });
    expect(start).not.toHaveProperty('widget_id');
    const said = { type: 'transcript', id: 't1', role: 'assistant', final: true, at_ms: 0 } as const;
    onmessage({ ...said, text: 'Hello, thi', final: false });
    onmessage({ ...said, text: 'Hello, this is Sam.' });
    onmessage({ ...said, id: 'u1', role: 'user', text: 'Hi' });
    onmessage({ ...said, id: 'u1', role: 'user', text: '' });
    const captions = page.getByRole('list', { name: 'Captions' });
    await expect.element(captions).toMatchTextContent(/^\s*Assistant: Hello, this is Sam\.\s*$/);
    await vi.waitUntil(() => phone.shadowRoot!.querySelector('meter')!.value > 0, PATIENCE);
    const before = looks().length;

    await button('Hang up').click();
    await expect.element(status()).toHaveTextContent('You have hung up.');
    expect(line.ended).toEqual(['visitor']);
    expect(platform.asked.filter((request) => request.startsWith('POST'))).toEqual(['POST /v1/calls/c1/answer']);
    // It did not look while it was talked on, and does again.
    await vi.waitUntil(() => looks().length > before);
  });

  it('says who has hung up', async () => {
    platform.ring('c1', '+14155552671');
    show();
    const { onmessage, onclose } = await pickUp();
    onmessage({ type: 'end', reason: 'assistant' });
    onclose({ code: 1000, reason: 'assistant', opened: true, ready: true });
    await expect.element(status()).toHaveTextContent('The assistant has hung up.');
  });

  it('says so where somebody else answers while it rings', async () => {
    const call = platform.ring('c1', '+14155552671');
    show();
    await expect.element(button('Answer')).toBeVisible();
    call.status = 'in_progress';
    await expect.element(status()).toHaveTextContent('The call was answered elsewhere.');
    await expect.element(button('Answer')).not.toBeInTheDocument();
  });

  it('says so where somebody else was sooner', async () => {
    const call = platform.ring('c1', '+14155552671');
    show();
    // Not before the press: it looks again every two seconds.
    platform.meanwhile = () => (call.status = 'in_progress');
    await button('Answer').click();
    await expect.element(status()).toHaveTextContent('Somebody else was sooner: the call does not ring any more.');
    expect(line.opened).toBeNull();
  });

  it('goes on ringing where it could not pick up, and says why', async () => {
    platform.ring('c1', '+14155552671');
    platform.failure = { status: 403, message: 'The API key lacks the scope calls:write' };
    show();
    await button('Answer').click();
    await expect
      .element(status())
      .toHaveTextContent('The API key lacks the scope calls:write. A call from +14155550100 to +14155552671 rings.');
    await expect.element(button('Answer')).toBeVisible();
  });

  it('asks for a key where there is none, and for another where it is refused', async () => {
    sessionStorage.clear();
    platform.ring('c1', '+14155552671');
    const phone = show();
    await expect.element(button('Use this key')).toBeVisible();
    const enter = (key: string): void => {
      phone.shadowRoot!.querySelector('input')!.value = key;
    };
    enter('wrong');
    await button('Use this key').click();
    await expect.element(status()).toHaveTextContent('The API key is unknown, revoked or expired.');
    enter(' secret ');
    await button('Use this key').click();
    await expect.element(button('Answer')).toBeVisible();
    expect(sessionStorage.getItem('indigenius-key')).toBe('secret');
    expect(looks()).toHaveLength(2);
  });

  it('does not look while nobody sees the page, and does at once when somebody does', async () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      show();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(platform.asked).toEqual([]);
      hidden.mockReturnValue(false);
      document.dispatchEvent(new Event('visibilitychange'));
      expect(platform.asked).toHaveLength(1);
      // The answer is read in real time.
      while (vi.getTimerCount() === 0) await new Promise(requestAnimationFrame);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(platform.asked).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks nothing more when it has left the page', async () => {
    const phone = show();
    await vi.waitUntil(() => looks().length === 1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      phone.remove();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(looks()).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends its call when it leaves the page', async () => {
    platform.ring('c1', '+14155552671');
    const phone = show();
    await pickUp();
    phone.remove();
    await vi.waitUntil(() => line.ended.length > 0);
    expect(line.ended).toEqual(['page']);
  });

  it('leaves the keyboard on what has the place of a button that was pressed', async () => {
    platform.ring('c1', '+14155552671');
    const phone = show();
    const focused = () => phone.shadowRoot!.activeElement?.textContent;
    await expect.element(button('Answer')).toBeVisible();
    (button('Answer').element() as HTMLElement).focus();
    await pickUp();
    expect(focused()).toBe('Hang up');
    await button('Hang up').click();
    await expect.element(button('Hang up')).not.toBeInTheDocument();
    expect(focused()).toBe('Simulated phone');
  });

  it('has no style that a strict policy would refuse, and nothing that axe objects to', async () => {
    const phone = show();
    const objections = async (): Promise<string[]> => {
      const { violations } = await axe.run(phone, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        resultTypes: ['violations'],
      });
      return violations.map(({ id, help }) => `${id}: ${help}`);
    };
    expect(await objections()).toEqual([]);
    platform.ring('c1', '+14155552671');
    await expect.element(button('Answer')).toBeVisible();
    expect(await objections()).toEqual([]);
    const { onmessage } = await pickUp();
    onmessage({ type: 'transcript', id: 't1', role: 'assistant', text: 'Hello', final: false, at_ms: 0 });
    await expect.element(page.getByText('Hello')).toBeVisible();
    expect(await objections()).toEqual([]);
    expect(phone.shadowRoot!.querySelectorAll('style, [style]')).toHaveLength(0);
    expect(getComputedStyle(phone).position).toBe('fixed');
  });
});
