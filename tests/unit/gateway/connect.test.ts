/** A sound graph that takes another's place in a call. */

import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  acks,
  asPort,
  clear,
  FakePort,
  FakeWebSocket,
  given,
  liveCall,
  MU_LAW,
  numbered,
  numberOf,
  READY,
  turnEnd,
  turnStart,
  voice,
} from './fakes.ts';

type Call = ReturnType<typeof liveCall>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  FakeWebSocket.all.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Gives the socket a new player, with a microphone of its own. */
function connect({ socket }: Pick<Call, 'socket'>): { uplink: FakePort; downlink: FakePort } {
  const ports = { uplink: new FakePort(), downlink: new FakePort() };
  socket.connect({ uplink: asPort(ports.uplink), downlink: asPort(ports.downlink) });
  return ports;
}

/** Sends `ms` of a turn in frames of 20 ms, numbered from `first` on. */
function play(wire: FakeWebSocket, first: number, ms: number): void {
  for (let at = first; at < first + ms; at += 20) wire.play(numbered(at, 20));
}

const heard = (turnId: string, turnMs: number, playedMs = turnMs, done = false) =>
  ({ type: 'heard', turnId, turnMs, playedMs, done }) as const;

const samples = (first: number, ms: number) => new Int16Array(numbered(first, ms));

describe('a new microphone', () => {
  it('is listened to from then on, and gets the buffers back; the old one is let go', () => {
    const call = liveCall();
    call.uplink.give(voice(1));
    const { uplink } = connect(call);
    expect(call.uplink.closed).toBe(true);
    uplink.give(voice(2));
    expect(call.wire.audio.map(numberOf)).toEqual([1, 2]);
    expect(uplink.posted).toHaveLength(1);
  });

  it('is let go with the socket', () => {
    const call = liveCall();
    const { uplink, downlink } = connect(call);
    call.socket.close();
    expect([uplink.closed, downlink.closed]).toEqual([true, true]);
  });

  it.each<[string, (call: Call) => void]>([
    ['is over', ({ socket }) => socket.close()],
    ['is about to be', ({ socket }) => void socket.end('visitor')],
  ])('is let go at once where the call %s', (_, finish) => {
    const call = liveCall();
    finish(call);
    const { uplink, downlink } = connect(call);
    expect([uplink.closed, downlink.closed]).toEqual([true, true]);
  });

  it('is kept for ready as the first was, together with it', () => {
    const call = liveCall({ ready: false });
    call.uplink.give(voice(1));
    const { uplink, downlink } = connect(call);
    uplink.give(voice(2));
    expect(downlink.posted).toEqual([]);
    call.wire.say(READY);
    expect(call.wire.audio.map(numberOf)).toEqual([1, 2]);
    expect(downlink.posted).toEqual([{ type: 'format', sampleRate: 24_000 }]);
  });
});

describe('a new player', () => {
  it('goes on where the old one was, to the sample, and gets what comes', () => {
    const call = liveCall();
    const { wire } = call;
    wire.say(turnStart('t1'));
    play(wire, 0, 100);
    call.downlink.give(heard('t1', 50.5));
    const { downlink } = connect(call);
    expect(call.downlink.closed).toBe(true);
    play(wire, 100, 40);
    wire.say(turnEnd('t1'));
    expect(downlink.posted.map(({ type }) => type)).toEqual([
      'format',
      'turn_start',
      ...Array.from({ length: 5 }, () => 'frame'),
      'turn_end',
    ]);
    expect(given(downlink, 't1')).toEqual(samples(0, 140).subarray(50.5 * 24));
  });

  it('gets nothing of what was heard to its end, and all of what was not begun', () => {
    const call = liveCall();
    const { wire } = call;
    for (const turnId of ['t1', 't2', 't3']) {
      wire.say(turnStart(turnId));
      play(wire, 0, 60);
      wire.say(turnEnd(turnId));
    }
    call.downlink.give(heard('t1', 60, 60, true));
    call.downlink.give(heard('t2', 20, 80));
    const { downlink } = connect(call);
    expect(downlink.posted.filter(({ type }) => type === 'turn_end')).toEqual([
      { type: 'turn_end', turnId: 't2' },
      { type: 'turn_end', turnId: 't3' },
    ]);
    expect(given(downlink, 't1')).toHaveLength(0);
    expect(given(downlink, 't2')).toEqual(samples(20, 40));
    expect(given(downlink, 't3')).toEqual(samples(0, 60));
  });

  it('knows that a turn before the one being heard was heard, though nobody said so', () => {
    const call = liveCall();
    for (const turnId of ['t1', 't2']) {
      call.wire.say(turnStart(turnId));
      play(call.wire, 0, 40);
      call.wire.say(turnEnd(turnId));
    }
    call.downlink.give(heard('t2', 10, 50));
    expect(given(connect(call).downlink, 't1')).toHaveLength(0);
  });

  it('is told of a turn of which all was heard but the end', () => {
    const call = liveCall();
    call.wire.say(turnStart('t1'));
    play(call.wire, 0, 40);
    call.downlink.give(heard('t1', 40));
    const { downlink } = connect(call);
    expect(downlink.posted.slice(1)).toEqual([{ type: 'turn_start', turnId: 't1' }]);
    call.wire.say(turnEnd('t1'));
    expect(downlink.posted.at(-1)).toEqual({ type: 'turn_end', turnId: 't1' });
  });

  it('begins its count at zero, and the acknowledgements go on', () => {
    const call = liveCall();
    const { wire } = call;
    wire.say(turnStart('t1'));
    play(wire, 0, 100);
    wire.say(turnEnd('t1'));
    call.downlink.give(heard('t1', 60));
    const second = connect(call).downlink;
    vi.advanceTimersByTime(200);
    second.give(heard('t1', 10));
    vi.advanceTimersByTime(200);
    const third = connect(call).downlink;
    expect(given(third, 't1')).toEqual(samples(70, 30));
    third.give(heard('t1', 30, 30, true));
    expect(acks(wire)).toEqual([
      { type: 'ack', received_ms: 100, played_ms: 60, turn_id: 't1' },
      { type: 'ack', received_ms: 100, played_ms: 70, turn_id: 't1' },
      { type: 'ack', received_ms: 100, played_ms: 100, turn_id: 't1', done: true },
    ]);
  });

  it('gets nothing of what was cleared, nor of later turns', () => {
    const call = liveCall();
    for (const turnId of ['t1', 't2', 't3']) {
      call.wire.say(turnStart(turnId));
      play(call.wire, 0, 40);
    }
    call.wire.say(clear('t2'));
    const { downlink } = connect(call);
    expect(given(downlink, 't1')).toEqual(samples(0, 40));
    expect(downlink.posted.filter((message) => 'turnId' in message && message.turnId !== 't1')).toEqual([]);
  });

  it('gets nothing of any turn after the clear of one that was heard long ago', () => {
    const call = liveCall();
    call.wire.say(turnStart('t2'));
    play(call.wire, 0, 40);
    call.wire.say(clear('t1'));
    expect(connect(call).downlink.posted.map(({ type }) => type)).toEqual(['format']);
  });

  it('owes no answer to a clear that the old one was told of: it is given for it', () => {
    const call = liveCall();
    call.wire.say(turnStart('t1'));
    play(call.wire, 0, 40);
    call.downlink.give(heard('t1', 20));
    call.wire.say(clear('t1'));
    expect(acks(call.wire)).toEqual([]);
    connect(call);
    const answer = { type: 'ack', received_ms: 40, played_ms: 20, turn_id: 't1', done: true };
    expect(acks(call.wire)).toEqual([answer]);
    connect(call);
    expect(acks(call.wire)).toEqual([answer]);
  });

  it('gets the latest 30 s where more came', () => {
    const call = liveCall();
    call.wire.say(turnStart('t1'));
    play(call.wire, 0, 31_000);
    const { downlink } = connect(call);
    expect(given(downlink, 't1')).toEqual(samples(1_000, 30_000));
    // From its place in the turn, what was never heard is skipped.
    downlink.give(heard('t1', 500));
    call.socket.interrupt();
    downlink.give(heard('t1', 500, 500, true));
    expect(call.wire.said.at(-2)).toMatchObject({ type: 'interrupt', played_ms: 1_500 });
    expect(call.wire.said.at(-1)).toMatchObject({ type: 'ack', played_ms: 500 });
  });

  it('gets PCM of what came as mu-law', () => {
    const call = liveCall({
      offers: { up: [MU_LAW], down: [MU_LAW] },
      audio: { up: MU_LAW, down: MU_LAW },
    });
    call.wire.say(turnStart('t1'));
    for (let i = 0; i < 3; i++) call.wire.play(new Uint8Array(160).fill(i).buffer);
    call.downlink.give(heard('t1', 30));
    const before = given(call.downlink, 't1');
    const { downlink } = connect(call);
    expect(downlink.posted[0]).toEqual({ type: 'format', sampleRate: 8_000 });
    expect(given(downlink, 't1')).toEqual(before.subarray(240));
  });

  it('may come where there was none', () => {
    const call = liveCall({ downlink: null });
    call.wire.say(turnStart('t1'));
    call.wire.say(turnEnd('t1'));
    call.wire.say(turnStart('t2'));
    const { downlink } = connect(call);
    expect(downlink.posted.slice(1)).toEqual([{ type: 'turn_start', turnId: 't2' }]);
    call.socket.connect({ uplink: null, downlink: null });
    expect(downlink.closed).toBe(true);
  });

  it('lets every sample be heard once and in order, whenever players change', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('come' as const) }),
      fc.record({ do: fc.constant('hear' as const), ms: fc.integer({ min: 1, max: 70 }) }),
      fc.record({ do: fc.constant('change' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const call = liveCall();
        const { wire } = call;
        let player = call.downlink;
        let playerHeard = 0;
        let sent = 0;
        const ears: number[] = [];
        const hear = (ms: number, done = false): void => {
          const before = playerHeard;
          playerHeard = Math.min(playerHeard + ms, given(player, 't').length / 24);
          ears.push(...given(player, 't').subarray(before * 24, playerHeard * 24));
          player.give(heard('t', playerHeard, playerHeard, done));
        };
        wire.say(turnStart('t'));
        for (const step of steps) {
          if (step.do === 'come') play(wire, (sent += 20) - 20, 20);
          else if (step.do === 'hear') hear(step.ms);
          else {
            player = connect(call).downlink;
            playerHeard = 0;
          }
        }
        wire.say(turnEnd('t'));
        hear(Infinity, true);
        expect(Int16Array.from(ears)).toEqual(samples(0, sent));
        expect(acks(wire).at(-1)).toMatchObject({ received_ms: sent, played_ms: sent, done: true });
        call.socket.close();
      }),
      { numRuns: 50 },
    );
  });
});
