/** Mu-law on the wire, PCM at the ports. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeMuLaw } from '../../../src/dsp/mu-law.ts';
import { NarrowBand } from '../../../src/gateway/narrow-band.ts';
import { acks, FakeWebSocket, given, liveCall, MU_LAW, PCM_16, PCM_24, turnStart, voice } from './fakes.ts';

const offers = { up: [PCM_16, MU_LAW], down: [PCM_24, MU_LAW] };

/** `ms` of a tone at this rate, in 16 bit. */
function tone(sampleRate: number, ms: number, hz = 1_000): Int16Array<ArrayBuffer> {
  return Int16Array.from({ length: (sampleRate * ms) / 1000 }, (_, i) =>
    Math.round(12_000 * Math.sin((2 * Math.PI * hz * i) / sampleRate)),
  );
}

/** Cut into frames of 20 ms at 16 kHz. */
function framesOf(samples: Int16Array<ArrayBuffer>): ArrayBuffer[] {
  return Array.from({ length: samples.length / 320 }, (_, i) => samples.slice(i * 320, (i + 1) * 320).buffer);
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  FakeWebSocket.all.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('NarrowBand', () => {
  it('halves the rate: 160 bytes for each 20 ms', () => {
    const narrow = new NarrowBand();
    const lengths = framesOf(tone(16_000, 200)).map((frame) => narrow.encode(frame).length);
    expect(lengths).toEqual(Array.from({ length: 10 }, () => 160));
  });

  it('keeps the sound, as well as mu-law can', () => {
    const narrow = new NarrowBand();
    const heard = framesOf(tone(16_000, 400)).flatMap((frame) => [...decodeMuLaw(narrow.encode(frame))]);
    // The filter's 40 samples of delay at 16 kHz; its beginning aside.
    const delay = 20;
    const meant = tone(8_000, 400);
    let signal = 0;
    let noise = 0;
    for (let i = 200; i < heard.length; i++) {
      signal += meant[i - delay]! ** 2;
      noise += (heard[i]! - meant[i - delay]!) ** 2;
    }
    expect(10 * Math.log10(signal / noise)).toBeGreaterThan(35);
  });

  it('takes out what a telephone cannot carry', () => {
    const narrow = new NarrowBand();
    const heard = framesOf(tone(16_000, 400, 6_000)).flatMap((frame) => [...decodeMuLaw(narrow.encode(frame))]);
    expect(Math.max(...heard.slice(200).map(Math.abs))).toBeLessThan(20);
  });

  it('goes on from frame to frame as if there were none', () => {
    const sound = tone(16_000, 200);
    const cut = new NarrowBand();
    const whole = new NarrowBand();
    const pieces = framesOf(sound).flatMap((frame) => [...cut.encode(frame)]);
    expect(pieces).toEqual([...whole.encode(sound.buffer)]);
  });

  it('takes frames of any length', () => {
    const narrow = new NarrowBand();
    const sound = tone(16_000, 200);
    const whole = [...new NarrowBand().encode(sound.buffer)];
    const pieces: number[] = [];
    for (let at = 0, length = 1; at < sound.length; at += length, length += 37) {
      pieces.push(...narrow.encode(sound.slice(at, at + length).buffer));
    }
    expect(pieces).toEqual(whole);
  });
});

describe('mu-law up', () => {
  it('is what the gateway gets, with what was said before ready', () => {
    const frames = framesOf(tone(16_000, 100));
    const expected = new NarrowBand().encode(tone(16_000, 100).buffer);
    const { uplink, wire } = liveCall({
      offers,
      audio: { up: MU_LAW, down: PCM_24 },
      early: frames.slice(0, 3),
    });
    for (const pcm of frames.slice(3)) uplink.give({ type: 'frame', pcm });
    expect(wire.audio.flatMap((bytes) => [...new Uint8Array(bytes)])).toEqual([...expected]);
    expect(uplink.posted.filter(({ type }) => type === 'spent')).toHaveLength(5);
  });

  it('has a backlog of 2 s, as PCM has', async () => {
    const { socket, uplink, wire } = liveCall({ offers, audio: { up: MU_LAW, down: PCM_24 } });
    for (let i = 0; i < 110; i++) uplink.give(voice(i));
    expect(wire.audio).toHaveLength(75);
    expect(await socket.getStats()).toMatchObject({ sentFrames: 75, droppedFrames: 10, backlogMs: 2_000 });
    wire.say({ type: 'ack', received: 75 });
    expect(wire.audio).toHaveLength(100);
    expect(await socket.getStats()).toMatchObject({ backlogMs: 500 });
  });
});

describe('mu-law down', () => {
  it('reaches the player as PCM at 8000 Hz, and counts as time by its own bytes', () => {
    const { downlink, wire } = liveCall({ offers, audio: { up: PCM_16, down: MU_LAW } });
    const bytes = Uint8Array.from({ length: 161 }, (_, i) => i);
    const pcm = decodeMuLaw(bytes).buffer;
    wire.say(turnStart('t1'));
    wire.play(bytes.buffer);
    expect(downlink.posted).toEqual([
      { type: 'format', sampleRate: 8_000 },
      { type: 'turn_start', turnId: 't1' },
      { type: 'frame', turnId: 't1', pcm },
    ]);
    expect(given(downlink, 't1')).toHaveLength(161);
    for (let i = 0; i < 7; i++) wire.play(bytes.slice().buffer);
    vi.advanceTimersByTime(200);
    expect(acks(wire)).toMatchObject([{ received_ms: 161 }]);
  });
});
