import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Sound, SoundEvents } from '../../../src/call/call-sound.ts';
import { Engine, type EngineOptions } from '../../../src/call/engine.ts';
import type { CallFact } from '../../../src/call/machine.ts';
import type { SocketHandlers, SocketOptions } from '../../../src/gateway/ports.ts';
import type { ClientMessage, GatewayMessage } from '../../../src/protocol/messages.ts';

/** The line of each engine, as a gateway has it. */
const line = vi.hoisted(() => ({
  opened: null as (SocketOptions & SocketHandlers) | null,
  sent: [] as ClientMessage[],
  rttMs: 40,
}));

vi.mock('../../../src/call/warm-line.ts', () => ({
  warmLine: {
    take: async () => ({
      inWorker: true,
      open(options: SocketOptions & SocketHandlers) {
        line.opened = options;
        return {
          send: (message: ClientMessage) => line.sent.push(message),
          end: async () => {},
          getStats: async () => ({ rttMs: line.rttMs, backlogMs: 0 }),
        };
      },
    }),
  },
}));

beforeEach(() => {
  line.opened = null;
  line.sent.length = 0;
  line.rttMs = 40;
  const call = { call_id: 'c1', assistant_id: 'a1', gateway: { url: 'wss://gateway.example/c' } };
  vi.stubGlobal('fetch', async () => Response.json(call));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const heard = { playedMs: 0, stalledMs: 0, thresholdMs: 60 };
const FORMAT = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 } as const;

/** Sound that is ready at once, and of which nothing is heard. */
function fakeSound() {
  const sound = {
    microphone: Promise.resolve(),
    speaker: Promise.resolve(),
    ports: { uplink: null, downlink: null },
    offers: { up: [FORMAT], down: [FORMAT] },
    getStats: async () => ({ playout: heard, capture: {} }),
    closeMicrophone: vi.fn(),
    close: vi.fn(async () => {}),
  };
  return { sound, openSound: () => sound as unknown as Sound };
}

async function live(openSound: ((events: SoundEvents) => Sound) | null, more: Partial<EngineOptions> = {}) {
  const facts: CallFact[] = [];
  const lines: unknown[] = [];
  const engine = new Engine({
    openSound,
    proxyUrl: '/indigenius',
    widgetId: 'w1',
    assetBase: null,
    language: null,
    consent: null,
    onfact: (fact) => facts.push(fact),
    onprogress: () => {},
    ontranscript: (line) => lines.push(line),
    ...more,
  });
  onTestFinished(() => engine.end('page'));
  await vi.waitUntil(() => line.opened);
  const gateway = line.opened!;
  const ready = {
    type: 'ready',
    audio: openSound ? { up: FORMAT, down: FORMAT } : null,
    assistant: { name: 'Sam', language: 'en' },
  } as Partial<GatewayMessage> as GatewayMessage;
  gateway.onmessage(ready);
  const turns = (): unknown[] => facts.flatMap((fact) => (fact.type === 'turn' ? [fact.turn] : []));
  return { engine, facts, lines, gateway, turns };
}

describe('an engine in writing', () => {
  it('offers no audio and gives the line no ports', async () => {
    const { gateway } = await live(null);
    expect(gateway).toMatchObject({
      uplink: null,
      downlink: null,
      start: { mode: 'text', audio: { up: [], down: [] } },
    });
  });

  it('asks nobody about a microphone, and measures nothing', async () => {
    const asked = vi.spyOn(navigator.permissions, 'query');
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const { engine, facts } = await live(null);
    expect(asked).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
    expect(await engine.getStats()).toBeNull();
    expect(engine.levels()).toEqual({ visitor: 0, assistant: 0 });
    engine.setMuted(true);
    await engine.setSpeaker('elsewhere');
    expect(line.sent).toEqual([]);
    expect(facts.map(({ type }) => type)).toEqual(['created', 'ready']);
  });

  it('thinks while an answer comes, whatever the gateway hints, and then listens', async () => {
    const { gateway, turns } = await live(null);
    const tell = (...messages: object[]): void => {
      for (const message of messages) gateway.onmessage(message as GatewayMessage);
    };
    tell({ type: 'state', state: 'thinking' }, { type: 'turn_start' }, { type: 'state', state: 'speaking' });
    expect(turns()).toEqual(['thinking', 'thinking', 'thinking']);
    tell({ type: 'turn_end' });
    expect(turns().at(-1)).toBe('listening');
    tell({ type: 'turn_start' });
    expect(turns().at(-1)).toBe('thinking');
    tell({ type: 'clear' });
    expect(turns().at(-1)).toBe('listening');
  });
});

describe('an engine whose call comes from elsewhere', () => {
  it('asks no proxy, and names no widget', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const { facts, gateway } = await live(null, {
      widgetId: '',
      createCall: async () => ({ call_id: 'c2', assistant_id: 'a2', gateway: { url: 'wss://elsewhere.example/c' } }),
    });
    expect(fetched).not.toHaveBeenCalled();
    expect(gateway).toMatchObject({
      url: 'wss://elsewhere.example/c',
      start: { call_id: 'c2', assistant_id: 'a2' },
    });
    expect(gateway.start).not.toHaveProperty('widget_id');
    expect(facts[0]).toEqual({ type: 'created', callId: 'c2' });
  });
});

describe('what is typed', () => {
  it('is sent trimmed, under an id of its own, and shown at once', async () => {
    const { engine, lines, facts } = await live(null);
    expect(engine.sendText('  Hello? ')).toBe(true);
    expect(engine.sendText('Anybody?')).toBe(true);
    const [first, second] = line.sent as { id: string; text: string }[];
    expect([first!.text, second!.text]).toEqual(['Hello?', 'Anybody?']);
    expect(first!.id).not.toBe(second!.id);
    // The gateway's own.
    for (const { id } of [first!, second!]) expect(id).not.toMatch(/^[tu]\d+$/);
    expect(lines[0]).toEqual({ id: first!.id, role: 'user', text: 'Hello?', final: false });
    expect(facts.at(-1)).toEqual({ type: 'warning_over' });
  });

  it('is nothing where it is empty, and after the last word', async () => {
    const { engine, lines, gateway } = await live(null);
    expect(engine.sendText(' \n ')).toBe(false);
    gateway.onmessage({ type: 'end', reason: 'assistant' });
    expect(engine.sendText('Wait!')).toBe(false);
    expect([line.sent, lines]).toEqual([[], []]);
  });
});

describe('the line of a call aloud', () => {
  const weakness = (facts: readonly CallFact[]): boolean[] =>
    facts.flatMap((fact) => (fact.type === 'weak' ? [fact.weak] : []));

  it('is looked at every few seconds, but not while nobody looks, nor after the end', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { sound, openSound } = fakeSound();
    const asked = vi.spyOn(sound, 'getStats');
    const { engine, facts } = await live(openSound);
    await vi.waitUntil(() => vi.getTimerCount() === 1);
    await vi.advanceTimersByTimeAsync(3000);
    await vi.waitUntil(() => weakness(facts).length === 1);
    line.rttMs = 1200;
    await vi.advanceTimersByTimeAsync(3000);
    await vi.waitUntil(() => weakness(facts).length === 2);
    expect(weakness(facts)).toEqual([false, true]);

    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    asked.mockClear();
    await vi.advanceTimersByTimeAsync(9000);
    expect(asked).not.toHaveBeenCalled();
    hidden.mockReturnValue(false);
    await engine.end('visitor');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a socket that is closed', () => {
  const ended = (facts: readonly CallFact[]): CallFact | undefined => facts.find(({ type }) => type === 'ended');

  it('with a code of the gateway’s is read, and the microphone is given back meanwhile', async () => {
    const { sound, openSound } = fakeSound();
    const { facts, gateway } = await live(openSound);
    gateway.onclose({ code: 4000, reason: 'draft', opened: true, ready: true });
    expect(sound.closeMicrophone).toHaveBeenCalledOnce();
    await vi.waitUntil(() => ended(facts));
    expect(ended(facts)).toMatchObject({ reason: 'error', error: { reason: 'draft' } });
  });

  it('because the line broke ends the call at once', async () => {
    const { facts, gateway } = await live(null);
    gateway.onclose({ code: 1006, reason: '', opened: true, ready: true });
    expect(ended(facts)).toMatchObject({ error: { reason: 'connection-lost' } });
  });

  it('after the last word ends the call with it, however it is closed', async () => {
    const { facts, gateway } = await live(null);
    gateway.onmessage({ type: 'end', reason: 'max_duration' });
    gateway.onclose({ code: 1006, reason: '', opened: true, ready: true });
    expect(ended(facts)).toMatchObject({ reason: 'max_duration' });
  });
});
