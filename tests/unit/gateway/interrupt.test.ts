/** The visitor presses stop. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  acks,
  asPort,
  clear,
  FakePort,
  FakeWebSocket,
  given,
  liveCall,
  numbered,
  speech,
  turnEnd,
  turnStart,
} from './fakes.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  FakeWebSocket.all.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const heard = (turnId: string, turnMs: number, playedMs = turnMs, done = false) =>
  ({ type: 'heard', turnId, turnMs, playedMs, done }) as const;

/** A call in which the second turn is being heard: the first took 100 ms, of the second 60 ms have come, 20 are heard. */
function speaking() {
  const call = liveCall();
  const { wire, downlink } = call;
  wire.say(turnStart('t1'));
  wire.play(speech(100));
  wire.say(turnEnd('t1'));
  downlink.give(heard('t1', 100, 100, true));
  wire.say(turnStart('t2'));
  wire.play(speech(60));
  downlink.give(heard('t2', 20, 120));
  wire.sent.length = downlink.posted.length = 0;
  return call;
}

describe('interrupt', () => {
  it('silences the player first, then says how much was heard, then that the turn is over', () => {
    const { socket, wire, downlink } = speaking();
    socket.interrupt();
    expect(downlink.posted).toEqual([{ type: 'clear', turnId: 't2' }]);
    expect(wire.sent).toEqual([]);
    downlink.give(heard('t2', 30.4, 130.4));
    expect(wire.sent).toEqual([]);
    downlink.give(heard('t2', 34.4, 134.4, true));
    expect(wire.said).toEqual([
      { type: 'interrupt', turn_id: 't2', played_ms: 34 },
      { type: 'ack', received_ms: 160, played_ms: 134, turn_id: 't2', done: true },
    ]);
  });

  it('waits 100 ms for a player that does not answer, and takes what it said last', () => {
    const { socket, wire, downlink } = speaking();
    socket.interrupt();
    downlink.give(heard('t2', 30, 130));
    vi.advanceTimersByTime(99);
    expect(wire.said).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(wire.said).toEqual([
      { type: 'interrupt', turn_id: 't2', played_ms: 30 },
      { type: 'ack', received_ms: 160, played_ms: 130, turn_id: 't2', done: true },
    ]);
    downlink.give(heard('t2', 32, 132, true));
    expect(wire.said.slice(2)).toEqual([{ type: 'ack', received_ms: 160, played_ms: 132, turn_id: 't2', done: true }]);
  });

  it('drops what comes of this turn and of later ones, until the gateway has cleared', () => {
    const { socket, wire, downlink } = speaking();
    socket.interrupt();
    wire.play(speech(20));
    wire.say(turnEnd('t2'));
    wire.say(turnStart('t3'));
    wire.play(speech(20));
    expect(downlink.posted.map(({ type }) => type)).toEqual(['clear', 'turn_end']);
    downlink.give(heard('t2', 20, 120, true));
    expect(acks(wire)).toMatchObject([{ received_ms: 200, played_ms: 120 }]);

    wire.say(clear('t2'));
    wire.play(speech(20));
    wire.say(turnStart('t4'));
    wire.play(numbered(0, 20));
    expect(given(downlink, 't3')).toHaveLength(0);
    expect(given(downlink, 't4')).toEqual(new Int16Array(numbered(0, 20)));
  });

  it("answers the gateway's clear as any other", () => {
    const { socket, wire, downlink } = speaking();
    socket.interrupt();
    downlink.give(heard('t2', 20, 120, true));
    wire.say(clear('t2'));
    expect(downlink.posted).toEqual([
      { type: 'clear', turnId: 't2' },
      { type: 'clear', turnId: 't2' },
    ]);
    downlink.give(heard('t2', 20, 120, true));
    expect(wire.said.map(({ type }) => type)).toEqual(['interrupt', 'ack', 'ack']);
  });

  it('is said once, however often stop is pressed', () => {
    const { socket, wire, downlink } = speaking();
    socket.interrupt();
    socket.interrupt();
    downlink.give(heard('t2', 20, 120, true));
    socket.interrupt();
    vi.advanceTimersByTime(100);
    expect(wire.said.filter(({ type }) => type === 'interrupt')).toHaveLength(1);
    expect(downlink.posted).toHaveLength(1);
  });

  it('names the oldest turn that was not heard, where none is being heard', () => {
    const { socket, wire, downlink } = liveCall();
    for (const turnId of ['t1', 't2', 't3']) {
      wire.say(turnStart(turnId));
      wire.play(speech(40));
      wire.say(turnEnd(turnId));
    }
    downlink.give(heard('t1', 40, 40, true));
    socket.interrupt();
    downlink.give(heard('t2', 0, 40, true));
    expect(wire.said.at(-2)).toEqual({ type: 'interrupt', turn_id: 't2', played_ms: 0 });
  });

  it('takes the end of the turn before, which comes meanwhile, for no answer', () => {
    const { socket, wire, downlink } = speaking();
    socket.interrupt();
    downlink.give(heard('t1', 100, 100, true));
    expect(wire.said.map(({ type }) => type)).toEqual(['ack']);
    downlink.give(heard('t2', 20, 120, true));
    expect(wire.said.at(-2)).toEqual({ type: 'interrupt', turn_id: 't2', played_ms: 20 });
  });

  it('says nothing where nothing is left to be heard', () => {
    const { socket, wire, downlink } = speaking();
    wire.say(turnEnd('t2'));
    downlink.give(heard('t2', 60, 160, true));
    wire.sent.length = downlink.posted.length = 0;
    socket.interrupt();
    vi.advanceTimersByTime(100);
    expect(wire.sent).toEqual([]);
    expect(downlink.posted).toEqual([]);
  });

  it('counts what a player before the present one has played', () => {
    const { socket, wire } = speaking();
    const downlink = new FakePort();
    socket.connect({ uplink: null, downlink: asPort(downlink) });
    downlink.give(heard('t2', 10, 10));
    socket.interrupt();
    downlink.give(heard('t2', 15, 15, true));
    expect(wire.said).toEqual([
      { type: 'interrupt', turn_id: 't2', played_ms: 35 },
      { type: 'ack', received_ms: 160, played_ms: 135, turn_id: 't2', done: true },
    ]);
  });

  it('waits for no player that was replaced', () => {
    const { socket, wire } = speaking();
    socket.interrupt();
    socket.connect({ uplink: null, downlink: asPort(new FakePort()) });
    expect(wire.said.map(({ type }) => type)).toEqual(['interrupt', 'ack']);
    vi.advanceTimersByTime(100);
    expect(wire.said.map(({ type }) => type)).toEqual(['interrupt', 'ack']);
  });

  it('stops an answer in writing at once', () => {
    const { socket, wire } = liveCall({ downlink: null });
    wire.say(turnStart('t1'));
    socket.interrupt();
    expect(wire.said.slice(-2)).toEqual([
      { type: 'interrupt', turn_id: 't1', played_ms: 0 },
      { type: 'ack', received_ms: 0, played_ms: 0, turn_id: 't1', done: true },
    ]);
  });

  it('leaves no timer behind a call that ends meanwhile', () => {
    const { socket, wire } = speaking();
    socket.interrupt();
    socket.close();
    socket.interrupt();
    expect(vi.getTimerCount()).toBe(0);
    expect(wire.sent).toEqual([]);
  });

  it('does not make the call mute for good where the gateway never answers', () => {
    const { socket, wire, downlink } = speaking();
    socket.interrupt();
    wire.say(turnStart('t3'));
    vi.advanceTimersByTime(5000);
    downlink.posted.length = 0;
    wire.say(turnStart('t4'));
    expect(downlink.posted).toEqual([{ type: 'turn_start', turnId: 't4' }]);
  });
});
