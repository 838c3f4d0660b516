import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Closed } from '../../../src/gateway/ports.ts';
import { Socket } from '../../../src/gateway/socket.ts';
import type { UplinkSpent } from '../../../src/protocol/media.ts';
import type { AudioPair, GatewayMessage } from '../../../src/protocol/messages.ts';
import {
  acks,
  FakePort,
  given,
  FakeWebSocket,
  liveCall,
  MU_LAW,
  numberOf,
  numbered,
  PCM_16,
  PCM_24,
  pings,
  READY,
  speech,
  START,
  turnStart,
  voice,
} from './fakes.ts';

const URL = 'wss://gateway.example/new-web-call/connection?assistant_id=a&call_id=c';

let uplink: FakePort;
let downlink: FakePort;
let messages: GatewayMessage[];
let closes: Closed[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  FakeWebSocket.all.length = 0;
  uplink = new FakePort();
  downlink = new FakePort();
  messages = [];
  closes = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function open(ports: { downlink?: FakePort | null } = { downlink }): Socket {
  return new Socket(
    {
      url: URL,
      start: START,
      uplink: uplink as unknown as MessagePort,
      downlink: (ports.downlink ?? null) as unknown as MessagePort | null,
    },
    {
      onmessage: (message) => messages.push(message),
      onclose: (closed) => closes.push(closed),
    },
  );
}

/** A socket on which the call is live. */
function live(ports?: { downlink?: FakePort | null }): { socket: Socket; wire: FakeWebSocket } {
  const socket = open(ports);
  const wire = FakeWebSocket.latest;
  wire.accept();
  wire.say(READY);
  return { socket, wire };
}

describe('opening', () => {
  it('opens the URL as it came and says start first', () => {
    open();
    const wire = FakeWebSocket.latest;
    expect(wire.url).toBe(URL);
    expect(wire.sent).toEqual([]);
    wire.accept();
    expect(wire.said).toEqual([START]);
  });

  it('keeps what is said before ready and sends it in order after it', () => {
    const socket = open();
    const wire = FakeWebSocket.latest;
    uplink.give(voice(1));
    wire.accept();
    uplink.give(voice(2));
    socket.send({ type: 'text', id: 't', text: 'Hello' });
    uplink.give(voice(3));
    expect(wire.sent).toHaveLength(1);
    wire.say(READY);
    uplink.give(voice(4));
    const order = wire.sent.slice(2).map((data) => (typeof data === 'string' ? JSON.parse(data).type : numberOf(data)));
    expect(order).toEqual([1, 2, 'text', 3, 4]);
    expect(messages).toEqual([READY]);
  });

  it('keeps the latest 10 s before ready and counts what it dropped', async () => {
    const socket = open();
    for (let i = 0; i < 505; i++) uplink.give(voice(i));
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(READY);
    const sent = FakeWebSocket.latest.audio.map(numberOf);
    expect(sent).toHaveLength(500);
    expect(sent[0]).toBe(5);
    expect(await socket.getStats()).toMatchObject({ sentFrames: 500, droppedFrames: 5, rttMs: null });
  });

  it('does not count what was said before ready against the backlog', () => {
    const { wire } = (() => {
      open();
      for (let i = 0; i < 500; i++) uplink.give(voice(i));
      FakeWebSocket.latest.accept();
      FakeWebSocket.latest.say(READY);
      return { wire: FakeWebSocket.latest };
    })();
    for (let i = 0; i < 50; i++) uplink.give(voice(i));
    expect(wire.audio).toHaveLength(550);
  });

  it('bounds the backlog as ever once what was said before ready is acknowledged', () => {
    open();
    for (let i = 0; i < 100; i++) uplink.give(voice(i));
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(READY);
    FakeWebSocket.latest.say({ type: 'ack', received: 100 });
    for (let i = 0; i < 110; i++) uplink.give(voice(i));
    expect(FakeWebSocket.latest.audio).toHaveLength(175);
  });

  it('gives up when ready has not come within 10 s', () => {
    open();
    FakeWebSocket.latest.accept();
    vi.advanceTimersByTime(9_999);
    expect(closes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(closes).toEqual([{ code: 1006, reason: 'not ready in time', opened: true, ready: false }]);
    expect(FakeWebSocket.latest.closes).toHaveLength(1);
  });

  it.each([1001, 1006, 1011, 1012])('tries once more when it is closed with %d before ready', (code) => {
    open();
    uplink.give(voice(1));
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.drop(code);
    expect(closes).toEqual([]);
    vi.advanceTimersByTime(450);
    expect(FakeWebSocket.all).toHaveLength(2);
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(READY);
    expect(FakeWebSocket.latest.said[0]).toEqual(START);
    expect(FakeWebSocket.latest.audio.map(numberOf)).toEqual([1]);
  });

  it('tries no third time', () => {
    open();
    FakeWebSocket.latest.drop(1006);
    vi.advanceTimersByTime(450);
    FakeWebSocket.latest.drop(1006, 'gone');
    vi.advanceTimersByTime(20_000);
    expect(FakeWebSocket.all).toHaveLength(2);
    expect(closes).toEqual([{ code: 1006, reason: 'gone', opened: false, ready: false }]);
  });

  it.each([1000, 1008, 1013, 4000, 4002, 4004])('reports a close with %d before ready at once', (code) => {
    open();
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.drop(code, 'why');
    expect(closes).toEqual([{ code, reason: 'why', opened: true, ready: false }]);
    vi.advanceTimersByTime(20_000);
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('reports an address that the browser refuses, after the caller has its handle', async () => {
    vi.stubGlobal('WebSocket', function refuse() {
      throw new DOMException('An insecure WebSocket may not be opened here.', 'SecurityError');
    });
    open();
    expect(closes).toEqual([]);
    await Promise.resolve();
    expect(closes).toEqual([{ code: 1006, reason: 'SecurityError', opened: false, ready: false }]);
  });
});

describe('uplink', () => {
  it('sends the bytes of each frame', () => {
    const { wire } = live();
    const { pcm } = voice(7);
    const bytes = pcm.slice(0);
    uplink.give({ type: 'frame', pcm });
    expect(wire.audio).toEqual([bytes]);
  });

  it('lets 2 s go unacknowledged and drops the oldest that is not under way', async () => {
    const { socket, wire } = live();
    for (let i = 0; i < 110; i++) uplink.give(voice(i));
    // 1.5 s under way, the latest 0.5 s kept.
    expect(wire.audio).toHaveLength(75);
    expect((await socket.getStats()).droppedFrames).toBe(10);
    wire.say({ type: 'ack', received: 75 });
    expect(wire.audio.slice(75).map(numberOf)).toEqual(Array.from({ length: 25 }, (_, i) => 85 + i));
    expect((await socket.getStats()).sentFrames).toBe(100);
  });

  it('drops nothing while the gateway keeps up', async () => {
    const { socket, wire } = live();
    for (let i = 0; i < 1_000; i++) {
      uplink.give(voice(i));
      if (i % 25 === 24) wire.say({ type: i % 50 === 49 ? 'ack' : 'pong', t: 0, received: i + 1 } as GatewayMessage);
    }
    expect(wire.audio).toHaveLength(1_000);
    expect((await socket.getStats()).droppedFrames).toBe(0);
  });

  it('counts text frames as the gateway does: all but start, ping and ack', () => {
    const { socket, wire } = live();
    for (let i = 0; i < 75; i++) uplink.give(voice(i));
    uplink.give(voice(75));
    expect(wire.audio).toHaveLength(75);
    socket.send({ type: 'context', text: 'The visitor looks at page 2.' });
    // One frame, not zero: the first sound is acknowledged and makes room for one more.
    wire.say({ type: 'ack', received: 1 });
    expect(wire.audio).toHaveLength(76);
    wire.say({ type: 'ack', received: 76 });
    uplink.give(voice(76));
    expect(wire.audio).toHaveLength(77);
  });

  it('takes no count that goes back, or beyond what was sent', () => {
    const { wire } = live();
    uplink.give(voice(0));
    wire.say({ type: 'ack', received: 1_000 });
    wire.say({ type: 'ack', received: 0 });
    for (let i = 0; i < 80; i++) uplink.give(voice(i));
    expect(wire.audio).toHaveLength(76);
  });

  it('sends what was pressed or typed past the sound that waits, but mute behind it', () => {
    const { socket, wire } = live();
    for (let i = 0; i < 80; i++) uplink.give(voice(i));
    socket.send({ type: 'mute', muted: true });
    socket.send({ type: 'interrupt', turn_id: 't', played_ms: 10 });
    expect(wire.said.map(({ type }) => type)).not.toContain('mute');
    expect(wire.said.at(-1)!['type']).toBe('interrupt');
    wire.say({ type: 'ack', received: 76 });
    expect(numberOf(wire.sent.at(-2) as ArrayBuffer)).toBe(79);
    expect(wire.said.at(-1)).toEqual({ type: 'mute', muted: true });
  });

  it('asks for the count when a second of sound is unacknowledged', () => {
    const { wire } = live();
    wire.say({ type: 'pong', t: 0, received: 0 });
    for (let i = 0; i < 50; i++) uplink.give(voice(i));
    expect(pings(wire)).toHaveLength(1);
    for (let i = 0; i < 10; i++) uplink.give(voice(i));
    expect(pings(wire)).toHaveLength(2);
  });
});

describe('buffers of frames', () => {
  it('go back to the microphone once they were sent', () => {
    const { uplink } = liveCall();
    const frame = voice(7);
    const bytes = frame.pcm.slice(0);
    uplink.give(frame);
    expect(frame.pcm.byteLength).toBe(0);
    expect(uplink.posted).toEqual([{ type: 'spent', pcm: bytes }]);
  });

  it('go back once they were dropped, and not while they wait', () => {
    const { uplink } = liveCall();
    for (let i = 0; i < 110; i++) uplink.give(voice(i));
    // 75 are under way, the 25 that wait are kept.
    const back = uplink.posted.map((message) => numberOf((message as UplinkSpent).pcm));
    expect(back).toEqual(Array.from({ length: 85 }, (_, i) => i));
  });

  it('are kept until ready', () => {
    open();
    for (let i = 0; i < 10; i++) uplink.give(voice(i));
    FakeWebSocket.latest.accept();
    expect(uplink.posted).toEqual([]);
    FakeWebSocket.latest.say(READY);
    expect(uplink.posted).toHaveLength(10);
  });
});

describe('statistics', () => {
  it('are there before the call is', async () => {
    const socket = open();
    uplink.give(voice(0));
    expect(await socket.getStats()).toEqual({
      sentFrames: 0,
      droppedFrames: 0,
      rttMs: null,
      backlogMs: 20,
      receivedMs: 0,
      up: null,
      down: null,
      bufferedAmount: 0,
    });
  });

  it('count what waits and what is under way, with what was said before ready, until it is acknowledged', async () => {
    const socket = open();
    const backlogMs = async (): Promise<number> => (await socket.getStats()).backlogMs;
    for (let i = 0; i < 100; i++) uplink.give(voice(i));
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(READY);
    expect(await backlogMs()).toBe(2_000);
    for (let i = 0; i < 100; i++) uplink.give(voice(i));
    expect(await backlogMs()).toBe(4_000);
    FakeWebSocket.latest.say({ type: 'ack', received: 130 });
    expect(await backlogMs()).toBe(1_400);
  });

  it('name the formats, what was received and what the browser holds', async () => {
    const { socket, wire } = live();
    wire.play(speech(30));
    wire.bufferedAmount = 640;
    expect(await socket.getStats()).toMatchObject({
      receivedMs: 30,
      up: PCM_16,
      down: PCM_24,
      bufferedAmount: 640,
    });
  });

  it('are the last ones after the end', async () => {
    const { socket, wire } = live();
    uplink.give(voice(0));
    wire.drop(1006);
    expect(await socket.getStats()).toMatchObject({ sentFrames: 1, up: PCM_16 });
  });
});

describe('downlink', () => {
  it('posts the format, then the turn with its frames transferred', () => {
    const { wire } = live();
    const pcm = numbered(0, 20);
    wire.say(turnStart('t1'));
    wire.play(pcm);
    expect(pcm.byteLength).toBe(0);
    wire.say({ type: 'turn_end', turn_id: 't1' });
    expect(downlink.posted).toEqual([
      { type: 'format', sampleRate: 24_000 },
      { type: 'turn_start', turnId: 't1' },
      { type: 'frame', turnId: 't1', pcm: numbered(0, 20) },
      { type: 'turn_end', turnId: 't1' },
    ]);
  });

  it('drops audio outside a turn, but counts it as received', () => {
    const { wire } = live();
    wire.play(speech(20));
    wire.say(turnStart('t1'));
    wire.say({ type: 'turn_end', turn_id: 't1' });
    wire.play(speech(20));
    wire.say(turnStart('t2'));
    wire.say({ type: 'clear', turn_id: 't2', reason: 'barge_in' });
    wire.play(speech(20));
    expect(downlink.posted.filter(({ type }) => type === 'frame')).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(acks(wire)).toEqual([{ type: 'ack', received_ms: 60, played_ms: 0 }]);
  });

  it('passes a clear of an earlier turn on, and ends the current turn with it', () => {
    const { wire } = live();
    wire.say(turnStart('t1'));
    wire.say({ type: 'turn_end', turn_id: 't1' });
    wire.say(turnStart('t2'));
    wire.say({ type: 'clear', turn_id: 't1', reason: 'interrupt' });
    wire.play(speech(20));
    expect(downlink.posted.at(-1)).toEqual({ type: 'clear', turnId: 't1' });
  });

  it('acknowledges every 200 ms while audio comes, and stops when none does', () => {
    const { wire } = live();
    wire.say(turnStart('t1'));
    wire.play(speech(100));
    wire.play(speech(100));
    expect(acks(wire)).toEqual([]);
    vi.advanceTimersByTime(200);
    wire.play(speech(50));
    vi.advanceTimersByTime(200);
    vi.advanceTimersByTime(2_000);
    expect(acks(wire)).toEqual([
      { type: 'ack', received_ms: 200, played_ms: 0 },
      { type: 'ack', received_ms: 250, played_ms: 0 },
    ]);
  });

  it('acknowledges what was heard while it plays, and its end at once', () => {
    const { wire } = live();
    wire.say(turnStart('t1'));
    wire.play(speech(300));
    vi.advanceTimersByTime(200);
    downlink.give({ type: 'heard', turnId: 't1', turnMs: 100, playedMs: 100, done: false });
    downlink.give({ type: 'heard', turnId: 't1', turnMs: 200.4, playedMs: 200.4, done: false });
    vi.advanceTimersByTime(200);
    downlink.give({ type: 'heard', turnId: 't1', turnMs: 300, playedMs: 300, done: true });
    expect(acks(wire)).toEqual([
      { type: 'ack', received_ms: 300, played_ms: 0 },
      { type: 'ack', received_ms: 300, played_ms: 200, turn_id: 't1' },
      { type: 'ack', received_ms: 300, played_ms: 300, turn_id: 't1', done: true },
    ]);
    vi.advanceTimersByTime(2_000);
    expect(acks(wire)).toHaveLength(3);
  });

  it('plays a call that began in writing in the first formats that were offered', () => {
    const { wire, downlink, uplink } = liveCall({ offers: { up: [MU_LAW], down: [PCM_24, MU_LAW] }, audio: null });
    wire.say(turnStart('t1'));
    wire.play(numbered(0, 20));
    uplink.give(voice(0));
    expect(downlink.posted.slice(0, 2)).toEqual([
      { type: 'format', sampleRate: 24_000 },
      { type: 'turn_start', turnId: 't1' },
    ]);
    expect(given(downlink, 't1')).toEqual(new Int16Array(numbered(0, 20)));
    expect(wire.audio[0]!.byteLength).toBe(160);
  });

  it('answers a clear itself where nobody listens', () => {
    const { wire } = live({ downlink: null });
    wire.say({ type: 'clear', turn_id: 't1', reason: 'interrupt' });
    expect(acks(wire)).toEqual([{ type: 'ack', received_ms: 0, played_ms: 0, turn_id: 't1', done: true }]);
  });
});

describe('messages', () => {
  it('passes on what concerns the page, and neither ack nor pong', () => {
    const { wire } = live();
    const page: GatewayMessage[] = [
      turnStart('t1'),
      { type: 'transcript', id: 'x', role: 'user', text: 'Hi', final: true, at_ms: 3 },
      { type: 'state', state: 'thinking' },
      { type: 'speech', active: true, at_ms: 4 },
      { type: 'tool_call', id: 'y', name: 'navigate', arguments: { to: '/menu' } },
      { type: 'warning', code: 'silence', in_s: 10 },
      { type: 'error', code: 'internal', message: 'no', fatal: false },
      { type: 'end', reason: 'assistant' },
    ];
    wire.say({ type: 'ack', received: 0 });
    for (const message of page) wire.say(message);
    wire.say('{"type":"weather","rain":true}');
    expect(messages).toEqual([READY, ...page]);
    expect(closes).toEqual([]);
  });

  it.each(['not json', '[]', '"text"', '{"no":"type"}', '{"type":"turn_start"}'])(
    'closes with 4003 on %s',
    (garbage) => {
      const { wire } = live();
      wire.say(garbage);
      expect(wire.closes[0]!.code).toBe(4003);
      expect(closes).toMatchObject([{ code: 4003, ready: true }]);
    },
  );

  it.each<[string, AudioPair]>([
    ['mu-law up', { up: MU_LAW, down: PCM_24 }],
    ['mu-law down', { up: PCM_16, down: MU_LAW }],
    ['mu-law of the same rate', { up: PCM_16, down: { ...PCM_24, encoding: 'pcm_mulaw' } }],
    ['another rate up', { up: PCM_24, down: PCM_24 }],
    ['another rate down', { up: PCM_16, down: PCM_16 }],
  ])('closes with 4003 when ready chooses what was not offered: %s', (_, audio) => {
    open();
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say({ ...READY, audio });
    expect(FakeWebSocket.latest.closes[0]!.code).toBe(4003);
    expect(messages).toEqual([]);
  });

  it.each<[string, AudioPair]>([
    ['PCM both ways', { up: PCM_16, down: PCM_24 }],
    ['mu-law up', { up: MU_LAW, down: PCM_24 }],
    ['mu-law both ways', { up: MU_LAW, down: MU_LAW }],
  ])('takes what ready chose of several offers: %s', async (_, audio) => {
    const { socket, closes } = liveCall({ offers: { up: [PCM_16, MU_LAW], down: [PCM_24, MU_LAW] }, audio });
    expect(closes).toEqual([]);
    expect(await socket.getStats()).toMatchObject(audio);
  });
});

describe('keeping the line alive', () => {
  it('pings after ready and every 5 s with its count: all but ready, pong and ack', () => {
    const { wire } = live();
    expect(pings(wire)).toMatchObject([{ received: 0 }]);
    wire.say(turnStart('t1'));
    wire.play(speech(20));
    wire.say('{"type":"weather"}');
    wire.say({ type: 'ack', received: 0 });
    vi.advanceTimersByTime(5_000);
    expect(wire.said.at(-1)).toMatchObject({ type: 'ping', received: 3 });
    wire.say({ type: 'pong', t: 0, received: 0 });
    vi.advanceTimersByTime(5_000);
    expect(pings(wire)).toMatchObject([{ received: 0 }, { received: 3 }, { received: 3 }]);
  });

  it('measures the round trip from ready on', async () => {
    const { socket, wire } = live();
    vi.advanceTimersByTime(80);
    wire.say({ type: 'pong', t: pings(wire)[0]!['t'] as number, received: 0 });
    expect((await socket.getStats()).rttMs).toBeCloseTo(80);
    vi.advanceTimersByTime(5_000);
    wire.say({ type: 'pong', t: pings(wire)[1]!['t'] as number, received: 0 });
    expect((await socket.getStats()).rttMs).toBeCloseTo(80);
  });

  it('takes a line on which pings stay unanswered for 30 s as lost', () => {
    live();
    vi.advanceTimersByTime(29_999);
    expect(closes).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(closes).toEqual([{ code: 1006, reason: 'idle', opened: true, ready: true }]);
  });

  it('reports a line lost after ready, without trying again', () => {
    const { wire } = live();
    wire.drop(1006);
    vi.advanceTimersByTime(20_000);
    expect(FakeWebSocket.all).toHaveLength(1);
    expect(closes).toEqual([{ code: 1006, reason: '', opened: true, ready: true }]);
  });
});

describe('ending', () => {
  it('says end and waits for the gateway to close', async () => {
    const { socket, wire } = live();
    const ended = socket.end('visitor');
    expect(wire.said.at(-1)).toEqual({ type: 'end', reason: 'visitor' });
    expect(wire.closes).toEqual([]);
    wire.drop(1000);
    await ended;
    expect(closes).toEqual([{ code: 1000, reason: '', opened: true, ready: true }]);
  });

  it('closes by itself when the gateway has not after 1 s', async () => {
    const { socket, wire } = live();
    const ended = socket.end('visitor');
    vi.advanceTimersByTime(999);
    expect(wire.closes).toEqual([]);
    vi.advanceTimersByTime(1);
    await ended;
    expect(wire.closes).toEqual([{ code: 1000, reason: '' }]);
    expect(closes).toHaveLength(1);
  });

  it('sends nothing of what the visitor says after hanging up', () => {
    const { socket, wire } = live();
    void socket.end('visitor');
    uplink.give(voice(1));
    socket.send({ type: 'text', id: 't', text: 'late' });
    expect(wire.said.at(-1)!['type']).toBe('end');
    expect(wire.audio).toEqual([]);
  });

  it('ends at once where no socket is open yet', async () => {
    const socket = open();
    await socket.end('visitor');
    expect(closes).toMatchObject([{ code: 1000, opened: false }]);
    expect(FakeWebSocket.latest.closes).toHaveLength(1);
  });

  it.each<[string, (socket: Socket, wire: FakeWebSocket) => void]>([
    ['close()', (socket) => socket.close()],
    ['a close by the gateway', (_, wire) => wire.drop(1000)],
    ['garbage', (_, wire) => wire.say('garbage')],
    ['end()', (socket, wire) => (void socket.end('visitor'), wire.drop(1000))],
  ])('leaves no timer and no port after %s', async (_, finish) => {
    const { socket, wire } = live();
    wire.say(turnStart('t1'));
    wire.play(speech(20));
    finish(socket, wire);
    await socket.gone;
    expect(vi.getTimerCount()).toBe(0);
    expect([uplink.closed, downlink.closed]).toEqual([true, true]);
    expect(wire.onmessage).toBeNull();
  });

  it('leaves no timer when it is closed while it waits to try again', () => {
    const socket = open();
    FakeWebSocket.latest.drop(1006);
    socket.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(closes).toEqual([]);
  });

  it('tells of its end once, and not after close()', () => {
    const { socket, wire } = live();
    const { onclose } = wire;
    socket.close();
    socket.close();
    onclose!({ code: 1000, reason: '' });
    expect(closes).toEqual([]);
    expect(wire.closes).toHaveLength(1);
  });
});
